//! What a user does with the page, and what it then shows.

use super::browser::Browser;
use imagekit_emulator::{Emulator, Fault, Server, media};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A text that would run a script if it were taken for HTML.
const HOSTILE: &str = "<img src=x onerror=window.hacked=1>";

/// Uses the page of a new server from an empty library to a fault.
pub fn run(browser: &Browser, folder: &Path, photo: Option<&Path>) -> Result<(), String> {
    let server = Server::start(Emulator::new()).map_err(|error| error.to_string())?;
    let page = format!("{}/_emulator", server.url());
    let (first, second) = photos(folder, photo)?;
    let name = first.file_name().unwrap_or_default().to_string_lossy().into_owned();
    browser.resize(1280, 800)?;
    browser.prefer("light")?;
    browser.open(&page)?;
    browser.shows("#listing", "Drop a photo here")?;

    step("a dropped photo is uploaded and shown");
    browser.drop_files("#listing", &[&first])?;
    browser.shows("#uploads", "1 file uploaded")?;
    browser.shows(".card .name", &name)?;
    let image = "const image = document.querySelector('.card img'); \
        return image?.complete && image.naturalWidth > 0";
    browser.until("the thumbnail", image, json!([]))?;
    stored(&server, &name, 1)?;
    signed(&server)?;

    step("its details and EXIF are read");
    browser.click(".card")?;
    browser.shows("#details h2", &name)?;
    browser.shows("#details .facts-list", "mime")?;
    if photo.is_none() {
        browser.shows("#details .group dl", "2025:06:21 21:14:07")?;
    }
    browser.shows("#details .versions", "Version 1")?;

    step("a second version is dropped, and the first one made current again");
    browser.drop_files("#details .drop-zone", &[&second])?;
    browser.shows("#details .versions li.current", "Version 2")?;
    let size = stored(&server, &name, 2)?;
    browser.click("#details [aria-label='Make Version 1 current']")?;
    browser.shows("#details .versions li.current", "Version 1")?;
    if stored(&server, &name, 2)? == size {
        return Err("the current version did not change".to_owned());
    }

    step("the drawer closes by key, and the focus returns to the file");
    browser.press("Escape")?;
    let closed = "return !document.querySelector('#details').open \
        && !location.hash.includes('file') && document.activeElement.className === 'card'";
    browser.until("the closed drawer", closed, json!([]))?;

    several(browser, &server, &second)?;
    faults(browser, &page, &server, &second)?;
    texts(browser, &page, &server)?;
    documents(browser, &server)?;
    search(browser, &page)?;
    colours(browser, &page)?;
    login(browser)?;
    let complaints = browser.complaints()?;
    // A failed request is a complaint, too; the faults are the cause of those.
    let policy = complaints.iter().find(|line| line.contains("Content Security Policy"));
    policy.map_or(Ok(()), |line| Err(format!("the browser complains: {line}")))
}

/// The sample photo or the one given, and a smaller picture, as files.
fn photos(folder: &Path, photo: Option<&Path>) -> Result<(PathBuf, PathBuf), String> {
    let emulator = Emulator::new();
    emulator.put("/a.jpg", media::sample_photo()).map_err(|error| error.to_string())?;
    let url = "https://ik.imagekit.io/demo/tr:w-320,e-grayscale,f-jpg/a.jpg";
    let request = http::Request::get(url).body(bytes::Bytes::new());
    let grey = emulator.respond(request.map_err(|error| error.to_string())?).into_body();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok::<_, String>(path)
    };
    let first = match photo {
        Some(photo) => std::path::absolute(photo).map_err(|error| error.to_string())?,
        None => write("hills-at-dusk.jpg", &media::sample_photo())?,
    };
    Ok((first, write("grey.jpg", &grey)?))
}

/// Returns the size of a file that has so many versions.
fn stored(server: &Server, name: &str, versions: usize) -> Result<u64, String> {
    let file = server.emulator().file(&format!("/{name}")).ok_or("the file is not stored")?;
    if file.versions != versions {
        return Err(format!("{name} has {} versions, not {versions}", file.versions));
    }
    Ok(file.size)
}

/// Checks that the upload went to the API, and that no other request of the page is in the log.
fn signed(server: &Server) -> Result<(), String> {
    let log = server.emulator().requests();
    let operations: Vec<_> = log.iter().map(|request| request.operation).collect();
    if operations == [Some("upload-file")] {
        Ok(())
    } else {
        Err(format!("logged: {operations:?}"))
    }
}

/// Four files at once, three of which are sent at a time, and one of which is cancelled.
fn several(browser: &Browser, server: &Server, photo: &Path) -> Result<(), String> {
    step("several files are uploaded at once, and one is cancelled");
    let names = ["one.jpg", "two.jpg", "three.jpg", "four.jpg"];
    let paths: Vec<PathBuf> = names.iter().map(|name| photo.with_file_name(name)).collect();
    for path in &paths {
        std::fs::copy(photo, path).map_err(|error| error.to_string())?;
    }
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    // The file is stored, and its response never comes.
    let slow = Fault::delay(Duration::from_secs(3600)).on("upload-file");
    server.emulator().inject(slow.map_err(|error| error.to_string())?);
    browser.drop_files("#listing", &paths)?;
    let three = "return document.querySelectorAll('#uploads .done').length === 3";
    browser.until("three uploads", three, json!([]))?;
    browser.shows("#uploads h2", "Uploading 1 file")?;
    browser.shows("#uploads .running", "Reading the file")?;
    browser.click("#uploads .running button")?;
    browser.shows("#uploads h2", "3 files uploaded")?;
    browser.click("[data-section='requests']")?;
    browser.shows(".log", "client left")?;
    browser.shows(".log", "held 3600.0 s")?;
    browser.click("[data-section='library']")?;
    browser.shows(".files", "three.jpg")
}

fn faults(browser: &Browser, page: &str, server: &Server, photo: &Path) -> Result<(), String> {
    step("a fault is switched on, happens, is logged, and is switched off");
    browser.click("[data-section='faults']")?;
    browser.click("input[value='unavailable']")?;
    let choose = "const list = document.querySelector(arguments[0]); \
        return [...list.options].some(each => each.value === arguments[1] && (each.selected = true))";
    browser.until("operation", choose, json!(["#fault-operation", "upload-file"]))?;
    browser.click("#faults .panel form [type='submit']")?;
    browser.shows("#fault-list", "503")?;
    browser.shows("#fault-list", "upload-file, 1 request left")?;
    browser.click("[data-section='library']")?;
    browser.drop_files("#listing", &[photo])?;
    browser.shows("#uploads .failed", "503")?;
    browser.click("[data-section='requests']")?;
    browser.shows(".log tbody tr:first-child", "503")?;
    browser.shows(".log tbody tr:first-child", "fault")?;
    browser.click("#uploads .failed button")?;
    browser.shows("#uploads", "uploaded")?;
    browser.shows(".log tbody tr:first-child .result", "200")?;
    browser.click("[data-section='faults']")?;
    browser.click("input[value='delay']")?;
    browser.run("document.querySelector('#fault-times').value = ''", json!([]))?;
    browser.click("#faults .panel form [type='submit']")?;
    browser.shows("#fault-list", "until switched off")?;
    browser.click("#fault-list button")?;
    browser.shows("#fault-list", "None")?;
    if server.emulator().faults_left() != 0 {
        return Err("a fault is left".to_owned());
    }
    step("the rate limit is set, and its waits are logged");
    let limit = "document.querySelector('#limit-mode').value = 'enforced'; \
        document.querySelector('#limit-requests').value = 1; \
        document.querySelector('#limit-interval').value = 60000;";
    browser.run(limit, json!([]))?;
    browser.click("#faults .stack form [type='submit']")?;
    browser.shows("#announcer", "The rate limit is set")?;
    for _ in 0..2 {
        let _ = ureq::get(&format!("{}/v1/files", server.url()))
            .header("authorization", "Basic cHJpdmF0ZV9lbXVsYXRvcjo=")
            .call();
    }
    browser.open(&format!("{page}#/requests"))?;
    browser.shows(".log tbody tr:first-child", "429")?;
    browser.shows(".log tbody tr:first-child", "retry after")?;
    server.emulator().clone().with_rate_limit(imagekit_emulator::RateLimit::default());
    Ok(())
}

fn texts(browser: &Browser, page: &str, server: &Server) -> Result<(), String> {
    step("texts of files are shown as text");
    let api = |method: &str, path: &str, body: serde_json::Value| {
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", "Basic cHJpdmF0ZV9lbXVsYXRvcjo=")
            .body(bytes::Bytes::from(body.to_string()))
            .map_err(|error| error.to_string())?;
        let response = server.emulator().respond(request);
        let text = String::from_utf8_lossy(response.body()).into_owned();
        if response.status().is_success() { Ok(text) } else { Err(format!("{path}: {text}")) }
    };
    let photo = hostile_photo(server)?;
    let file = server.emulator().put("/unsafe.jpg", photo).map_err(|error| error.to_string())?;
    let schema = json!({ "name": "note", "label": "note", "schema": { "type": "Text" } });
    api("POST", "/v1/customMetadataFields", schema)?;
    let change =
        json!({ "tags": [HOSTILE], "customMetadata": { "note": HOSTILE }, "description": HOSTILE });
    api("PATCH", &format!("/v1/files/{}/details", file.id), change)?;
    let _ = ureq::get(&format!("{}/v1/%3Cimg%20src=x%20onerror=window.hacked=1%3E", server.url()))
        .call();
    browser.open(&format!("{page}#/file/{}", file.id))?;
    for place in [".badge", ".facts-list dd", "p"] {
        browser.shows(&format!("#details {place}"), HOSTILE)?;
    }
    for section in ["EXIF and image", "Embedded metadata"] {
        browser.shows(&format!("#details [aria-label='{section}'] dd"), HOSTILE)?;
    }
    browser.open(&format!("{page}#/requests"))?;
    browser.shows(".log .path", HOSTILE)?;
    match browser.run("return window.hacked ?? 0", json!([]))?.as_u64() {
        Some(0) => Ok(()),
        _ => Err("a text of a file ran as a script".to_owned()),
    }
}

/// A photo whose EXIF and XMP hold the text.
fn hostile_photo(server: &Server) -> Result<Vec<u8>, String> {
    let photo = server.emulator().stored_bytes("/grey.jpg").ok_or("grey.jpg is gone")?;
    let xmp = format!(
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
         xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
         xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title><rdf:Alt><rdf:li \
         xml:lang='x-default'>{}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>\
         </x:xmpmeta>",
        HOSTILE.replace('<', "&lt;")
    );
    // One directory with one entry, ImageDescription, whose text lies behind it.
    let length = u32::try_from(HOSTILE.len() + 1).unwrap_or_default().to_be_bytes();
    let entry = [b"\x01\x0e\0\x02".as_slice(), &length, &26_u32.to_be_bytes()].concat();
    let exif =
        [b"Exif\0\0MM\0*\0\0\0\x08\0\x01".as_slice(), &entry, &[0; 4], HOSTILE.as_bytes(), &[0]];
    let segment = |content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap_or_default().to_be_bytes();
        [b"\xff\xe1".as_slice(), &length, content].concat()
    };
    let rest = photo.get(2..).ok_or("grey.jpg is empty")?;
    Ok([b"\xff\xd8", &*segment(&exif.concat()), &segment(xmp.as_bytes()), rest].concat())
}

fn documents(browser: &Browser, server: &Server) -> Result<(), String> {
    step("a document of the library cannot use the page's requests");
    let document = "<p>0</p><script>const show = (text) => { document.querySelector('p').textContent = text; }; \
        fetch('/_emulator/signature', { method: 'POST' }) \
        .then((response) => show(`response ${response.status}`), () => show('refused'))</script>";
    server.emulator().put("/unsafe.html", document).map_err(|error| error.to_string())?;
    browser.open(&format!("{}/demo/unsafe.html", server.url()))?;
    browser.shows("p", "refused")
}

fn search(browser: &Browser, page: &str) -> Result<(), String> {
    step("searches find by name and by query, and say what is wrong");
    browser.open(&format!("{page}#/library/"))?;
    browser.type_into("#query", "UNSAFE.J")?;
    browser.until(
        "one file",
        "return document.querySelectorAll('.files .card').length === 1",
        json!([]),
    )?;
    browser.run("document.querySelector('#query').value = ''", json!([]))?;
    browser.type_into("#query", "width < 400")?;
    browser.shows(".files", "grey.jpg")?;
    browser.type_into("#query", " AND")?;
    browser.shows("#listing [role='alert']", "invalid searchQuery")?;
    browser.run("document.querySelector('#query').value = ''", json!([]))?;
    browser.type_into("#query", "nowhere")?;
    browser.shows("#listing", "Nothing found")
}

fn colours(browser: &Browser, page: &str) -> Result<(), String> {
    step("light and dark follow the system, and the switch");
    browser.open(page)?;
    let lightness = "const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g); \
        return r + g + b > 0 && Number(r) + Number(g) + Number(b) > 380 ? 'light' : 'dark'";
    let is = |wanted: &str| {
        let script = format!("return (() => {{ {lightness} }})() === arguments[0]");
        browser.until(wanted, &script, json!([wanted])).map(drop)
    };
    is("light")?;
    browser.prefer("dark")?;
    is("dark")?;
    browser.click("#theme")?;
    is("light")?;
    browser.open(page)?;
    is("light")?;
    browser.click("#theme")?;
    is("dark")?;
    browser.prefer("light")
}

fn login(browser: &Browser) -> Result<(), String> {
    step("an emulator with a key of its own wants that key");
    let emulator = Emulator::with_keys("private_own", "public_own");
    emulator.put("/mine.txt", "mine").map_err(|error| error.to_string())?;
    let server = Server::start(emulator).map_err(|error| error.to_string())?;
    browser.open(&format!("{}/_emulator", server.url()))?;
    browser.type_into("#prompt input", "private_wrong")?;
    browser.press("Enter")?;
    browser.shows("#prompt", "cannot be authenticated")?;
    browser.type_into("#prompt input", "private_own")?;
    browser.press("Enter")?;
    browser.shows(".card .name", "mine.txt")?;
    let cookie = browser.run("return document.cookie", json!([]))?;
    if cookie == json!("") { Ok(()) } else { Err(format!("a script reads the cookie {cookie}")) }
}

fn step(what: &str) {
    println!("   {what}");
}
