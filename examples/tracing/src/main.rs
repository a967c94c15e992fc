//! Prints the spans of a few calls to the emulator, which limits their rate once.
//!
//! `cargo run -p example-tracing`

use std::time::Duration;

use imagekit_emulator::{Emulator, Fault, Server};
use imagekit_ureq::proto::api::assets::ListAndSearchAssets;
use imagekit_ureq::{Client, Config};
use tracing_subscriber::fmt::format::FmtSpan;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // INFO has the spans, DEBUG each attempt and wait.
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(FmtSpan::CLOSE)
        .init();
    let emulator = Emulator::new();
    emulator.inject(Fault::rate_limited(Duration::from_millis(50)));
    let server = Server::start(emulator)?;
    let config = Config::new(Emulator::PRIVATE_KEY)?
        .with_api_url(&server.url())?
        .with_upload_url(&server.url())?;
    let client = Client::new(config)?;
    let _request = tracing::info_span!("request", path = "/gallery").entered();
    let page = client.send(ListAndSearchAssets::new().path("/gallery"))?;
    tracing::info!(assets = page.len(), "listed");
    Ok(())
}
