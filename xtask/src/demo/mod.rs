//! `cargo xtask demo [--live] [PHOTO]`: the main job on a real photo, through both adapters.

mod clients;
mod show;
mod tour;

use clients::Client;
use imagekit_emulator::{Emulator, Fault, Server, media};
use imagekit_proto::Config;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tour::{Photo, Tour};

pub const USAGE: &str = "cargo xtask demo [--live] [PHOTO]";

/// The wait that the rate-limited response of the emulator asks for.
const BREAK: Duration = Duration::from_millis(1_200);

pub fn main(arguments: &[&str]) -> ExitCode {
    let live = arguments.contains(&"--live");
    let photos: Vec<&&str> = arguments.iter().filter(|argument| **argument != "--live").collect();
    let result = match photos.as_slice() {
        [] => sample().and_then(|photo| run(live, &photo)),
        [path] if !path.starts_with('-') => {
            Photo::at(Path::new(path)).and_then(|photo| run(live, &photo))
        }
        _ => Err(format!("usage: {USAGE}")),
    };
    crate::tool::exit(result)
}

/// The emulator's sample photo, with EXIF and GPS, as a temporary file.
fn sample() -> Result<Photo, String> {
    let folder: PathBuf = crate::tool::target_dir()?;
    let path = folder.join("hills-at-dusk.jpg");
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&path, media::sample_photo()))
        .map_err(|error| format!("{}: {error}", path.display()))?;
    println!("No photo was given, so here is one made for the occasion: {}", path.display());
    Photo::at(&path)
}

fn run(live: bool, photo: &Photo) -> Result<(), String> {
    if live { on_the_service(photo) } else { on_the_emulator(photo) }
}

fn on_the_service(photo: &Photo) -> Result<(), String> {
    let blocking = imagekit_ureq::Client::from_env().map_err(|error| error.to_string())?;
    let on_runtime = imagekit_reqwest::Client::from_env().map_err(|error| error.to_string())?;
    println!("On the real service, as the account of IMAGEKIT_PRIVATE_KEY.");
    for client in [Client::blocking(blocking), Client::on_runtime(on_runtime)?] {
        Tour { client: &client, photo, asked_break: None }.go()?;
    }
    Ok(())
}

fn on_the_emulator(photo: &Photo) -> Result<(), String> {
    let emulator = Emulator::new();
    let server = Server::start(emulator.clone()).map_err(|error| error.to_string())?;
    println!("ImageKit on this machine: an emulator listens at {}", server.url());
    let config = Config::new(Emulator::PRIVATE_KEY)
        .and_then(|config| config.with_api_url(&server.url()))
        .and_then(|config| config.with_upload_url(&server.url()))
        .map_err(|error| error.to_string())?;
    let blocking = imagekit_ureq::Client::new(config.clone()).map_err(|error| error.to_string())?;
    let on_runtime = imagekit_reqwest::Client::new(config).map_err(|error| error.to_string())?;
    for client in [Client::blocking(blocking), Client::on_runtime(on_runtime)?] {
        let fault = Fault::rate_limited(BREAK).on("get-file-details");
        emulator.inject(fault.map_err(|error| error.to_string())?);
        Tour { client: &client, photo, asked_break: Some(BREAK) }.go()?;
    }
    println!();
    println!("Both adapters took the same tour. With --live and IMAGEKIT_PRIVATE_KEY it goes");
    println!("through the real service, and deletes what it made.");
    Ok(())
}
