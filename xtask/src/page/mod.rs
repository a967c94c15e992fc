//! `cargo xtask page`: the emulator's web page, used in headless Chromium.

mod browser;
mod library;
mod scenario;

use crate::tool;
use browser::Browser;
use std::path::Path;
use std::process::ExitCode;

pub const USAGE: &str = "cargo xtask page [--pictures FOLDER] [PHOTO]";

/// Runs the scenario, and writes pictures of the page when asked.
pub fn main(arguments: &[&str]) -> ExitCode {
    let (pictures, rest) = match arguments {
        ["--pictures", folder, rest @ ..] => (Some(Path::new(*folder)), rest),
        rest => (None, rest),
    };
    let photo = match rest {
        [] => None,
        [photo] if !photo.starts_with('-') => Some(Path::new(*photo)),
        _ => {
            eprintln!("usage: {USAGE}");
            return ExitCode::from(2);
        }
    };
    tool::exit(run(pictures, photo))
}

/// Whether the programs that the task needs are installed.
pub fn is_possible() -> bool {
    Browser::installed().is_some()
}

fn run(pictures: Option<&Path>, photo: Option<&Path>) -> Result<(), String> {
    let Some((chromium, chromedriver)) = Browser::installed() else {
        return Err("chromium or chromedriver is missing (Debian: apt-get install chromium \
                    chromium-driver)"
            .to_owned());
    };
    let folder = tool::target_dir()?.join("page");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let browser = Browser::start((&chromium, &chromedriver), &folder)?;
    scenario::run(&browser, &folder, photo)?;
    match pictures {
        None => Ok(()),
        Some(pictures) => library::pictures(&browser, pictures),
    }
}
