//! What runs in Node and Chromium: calls of the emulator, and single attempts.

mod attempt;

use std::io;
use std::time::Duration;

use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::files::GetFileDetails;
use imagekit_proto::api::folders::CreateFolder;
use imagekit_proto::api::upload::UploadFile;
use imagekit_proto::transport::{AsyncPayload, AsyncTransport, chunks_of, drive_async};
use imagekit_proto::{Call, CallOptions, Config};
use transport_fetch::Fetch;
use wasm_bindgen::prelude::wasm_bindgen;

type Checked = Result<(), Box<dyn std::error::Error>>;

/// Makes calls of the emulator at `url`, as the test has prepared it. `sends_once` is whether `fetch`
/// sends a request once when a kept connection ends.
///
/// # Errors
///
/// What a call should have done.
#[wasm_bindgen]
pub async fn calls(url: String, key: String, sends_once: bool) -> Result<(), String> {
    check_calls(&url, &key, sends_once).await.map_err(|error| error.to_string())
}

async fn check_calls(url: &str, key: &str, sends_once: bool) -> Checked {
    let config = Config::new(key)?.with_api_url(url)?.with_upload_url(url)?;
    let options = CallOptions::default();
    let clock = Fetch.clock();

    // A rate limit first. The page sees the headers that the emulator exposes to other origins.
    let begun = clock();
    let list = ListAndSearchAssets::new().path("/images");
    let list = Call::new(&config, list, options.clone(), 1);
    let page = drive_async(&Fetch, list, AsyncPayload::none()).await?;
    ensure((page.len(), page.attempts) == (1, 2), "lists in two attempts")?;
    ensure(clock() - begun >= Duration::from_millis(700), "waits as long as the server asks")?;
    ensure(page.meta.request_id.is_some(), "sees the request id")?;
    ensure(page.meta.rate_limit.is_some(), "sees the rate limit")?;

    // A rate limit first, then a response that takes longer than the idle timeout.
    let bytes = vec![7; 3_000_001];
    let open = move || Ok(chunks_of(io::Cursor::new(bytes.clone())));
    let payload = AsyncPayload::reopen(3_000_001, open);
    let upload = UploadFile::new("large.bin").use_unique_file_name(false);
    let impatient = options.clone().idle_timeout(Duration::from_millis(500));
    let upload = Call::new(&config, upload, impatient, 2);
    let uploaded = drive_async(&Fetch, upload, payload).await?;
    ensure(uploaded.attempts == 2, "opens a payload again")?;

    // A connection that ends without a response.
    let create = Call::new(&config, CreateFolder::new("a", "/"), options.clone(), 3);
    let lost = drive_async(&Fetch, create, AsyncPayload::none()).await;
    match lost {
        Ok(_) => ensure(!sends_once, "a lost response is no success")?,
        Err(error) => {
            ensure(error.may_have_been_applied() && error.attempts() == 1, &error.to_string())?;
            ensure(!format!("{error} {error:?}").contains(key), "prints no key")?;
        }
    }

    // A response after 20 seconds.
    let details = GetFileDetails::new("598821f949c0a938d57563bd");
    let hasty = options.deadline(Duration::from_millis(300));
    let details = Call::new(&config, details, hasty, 4);
    let late = drive_async(&Fetch, details, AsyncPayload::none()).await;
    let error = late.err().ok_or("waits beyond the deadline")?;
    ensure(error.is_timeout(), &error.to_string())
}

fn ensure(holds: bool, what: &str) -> Checked {
    if holds { Ok(()) } else { Err(what.into()) }
}
