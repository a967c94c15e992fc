//! A library to look at, and pictures of the page that shows it.

use super::browser::Browser;
use bytes::Bytes;
use imagekit_emulator::{Emulator, Fault, Server, media};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// The largest picture that is kept with the sources, in bytes.
const LARGEST: u64 = 200 * 1000;

/// Variants of the sample photo: a path, and the transformation that makes it.
const PHOTOS: [(&str, &str); 8] = [
    ("/hills-at-dusk.jpg", "w-400,h-300,cm-extract,x-200,y-150"),
    ("/grey-hills.jpg", "w-480,h-360,e-grayscale"),
    ("/sun.jpg", "w-240,h-180,cm-extract,x-320,y-120"),
    ("/mist.jpg", "w-480,h-360,bl-30"),
    ("/reflection.jpg", "w-480,h-360,rt-180"),
    ("/products/card.jpg", "w-320,h-240"),
    ("/team/portrait.jpg", "w-320,h-240"),
    ("/trips/2025/first.jpg", "w-320,h-240"),
];

/// A server over a library of variants of the sample photo.
fn filled() -> Result<Server, String> {
    let source = Emulator::new();
    source.put("/a.jpg", media::sample_photo()).map_err(|error| error.to_string())?;
    let emulator = Emulator::new();
    let put = |path: &str, bytes: Bytes| {
        emulator.put(path, bytes).map(drop).map_err(|error| error.to_string())
    };
    for (path, transformation) in PHOTOS {
        let url = format!("https://ik.imagekit.io/demo/tr:{transformation},f-jpg/a.jpg");
        let request = http::Request::get(url).body(Bytes::new());
        let response = source.respond(request.map_err(|error| error.to_string())?);
        if !response.status().is_success() {
            return Err(format!("{path}: {}", String::from_utf8_lossy(response.body())));
        }
        put(path, response.into_body())?;
    }
    put("/prices.csv", Bytes::from("name,price\ncard,4\n"))?;
    put("/hills-at-dusk.jpg", media::sample_photo().into())?;
    let server = Server::start(emulator).map_err(|error| error.to_string())?;
    let _ = server.emulator().clone().with_url_endpoint(&format!("{}/demo", server.url()));
    Ok(server)
}

/// Writes pictures of the page into a folder.
pub fn pictures(browser: &Browser, folder: &Path) -> Result<(), String> {
    let server = filled()?;
    let page = format!("{}/_emulator", server.url());
    let loaded = "return [...document.images].filter(each => each.checkVisibility()) \
        .every(each => each.complete && each.naturalWidth > 0) && document.images.length > 0";
    let take = |name: &str| {
        browser.run("document.activeElement?.blur()", json!([]))?;
        let path = folder.join(name);
        browser.picture(&path)?;
        let size = path.metadata().map_err(|error| error.to_string())?.len();
        println!("{}: {} KB", path.display(), size / 1000);
        if size > LARGEST { Err(format!("{name} has more than {LARGEST} bytes")) } else { Ok(()) }
    };
    browser.prefer("light")?;
    browser.resize(1100, 660)?;
    browser.run("localStorage.clear()", json!([]))?;
    browser.open(&page)?;
    browser.shows(".card .name", "hills-at-dusk.jpg")?;
    browser.until("images", loaded, json!([]))?;
    take("library-light.png")?;

    browser.prefer("dark")?;
    browser.resize(1100, 1100)?;
    browser.click("[title='/hills-at-dusk.jpg']")?;
    browser.shows("#details", "Make current")?;
    browser.until("images", loaded, json!([]))?;
    take("details-dark.png")?;
    browser.press("Escape")?;

    let emulator = server.emulator();
    let once = Fault::rate_limited(Duration::from_millis(1500)).on("list-and-search-assets");
    emulator.inject(once.map_err(|error| error.to_string())?);
    emulator.inject(Fault::delay(Duration::from_millis(300)).on_path("/demo/"));
    traffic(&server)?;
    browser.prefer("light")?;
    browser.resize(1100, 660)?;
    browser.open(&format!("{page}#/requests"))?;
    browser.shows(".log", "retry after 1.50 s")?;
    browser.shows(".log", "get-file-details")?;
    take("requests-light.png")?;
    let later = Fault::status(503).on("upload-file").map_err(|error| error.to_string())?;
    emulator.inject(later.times(3));
    browser.open(&format!("{page}#/faults"))?;
    browser.shows("#fault-list", "3 requests left")?;
    browser.resize(1100, 860)?;
    take("faults-light.png")?;

    browser.resize(390, 844)?;
    for section in ["library", "requests", "faults"] {
        browser.open(&format!("{page}#/{section}"))?;
        let shown = "return document.querySelector(arguments[0]).checkVisibility()";
        browser.until(section, shown, json!([format!("#{section}")]))?;
        take(&format!("phone-{section}.png"))?;
    }
    browser.open(&format!("{page}#/library/"))?;
    browser.click("[title='/hills-at-dusk.jpg']")?;
    browser.shows("#details", "Make current")?;
    take("phone-details.png")
}

/// Requests as an application sends them.
fn traffic(server: &Server) -> Result<(), String> {
    use imagekit_proto::Config;
    use imagekit_proto::api::assets::ListAndSearchAssets;
    use imagekit_proto::api::files::GetFileDetails;
    let config = Config::new(Emulator::PRIVATE_KEY)
        .and_then(|config| config.with_api_url(&server.url()))
        .and_then(|config| config.with_upload_url(&server.url()))
        .map_err(|error| error.to_string())?;
    let client = imagekit_ureq::Client::new(config).map_err(|error| error.to_string())?;
    let url = format!("{}/demo/tr:w-200/sun.jpg", server.url());
    ureq::get(&url).call().map_err(|error| error.to_string())?;
    let list = ListAndSearchAssets::new().path("/").limit(20);
    client.send(list).map_err(|error| error.to_string())?;
    let file = server.emulator().file("/sun.jpg").ok_or("the file is gone")?;
    client.send(GetFileDetails::new(&file.id)).map_err(|error| error.to_string())?;
    Ok(())
}
