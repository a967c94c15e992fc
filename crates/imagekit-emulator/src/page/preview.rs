//! Small images of files and versions, drafts and private ones included.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::request::Parts;
use http::{HeaderValue, Response};

use super::content;
use crate::delivery::{Address, Plan};
use crate::emulator::Emulator;
use crate::ids::Id;
use crate::library::names::url_path;
use crate::response::{Handled, Problem};
use crate::route::query_pairs;

/// The longest side that may be asked for, in pixels.
const LARGEST: u32 = 1600;

/// Of an image that the emulator cannot decode the browser gets the bytes, if they are no more.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// An image is shown and does nothing else: a script in an SVG does not run.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// The image that the query names by `file`, `version` and the longest side, `size`.
pub(super) fn get(emulator: &Emulator, parts: &Parts) -> Handled {
    let pairs = query_pairs(parts.uri.query().unwrap_or_default());
    let value = |wanted| pairs.iter().find(|(name, _)| name == wanted).map(|(_, v)| v.as_str());
    let size: u32 = value("size").and_then(|size| size.parse().ok()).unwrap_or(LARGEST);
    let size = size.clamp(1, LARGEST);
    let id = |name| value(name).and_then(Id::parse).ok_or_else(missing);
    let (plan, original) = {
        let state = emulator.state();
        let file = state.library.file(id("file")?).ok_or_else(missing)?;
        let version = file.version(id("version")?).ok_or_else(missing)?;
        let original = version.content.clone();
        if !original.is_image() {
            return Err(missing());
        }
        let format = if original.mime() == "image/jpeg" { "jpg" } else { "png" };
        let url = format!(
            "{}/tr:w-{size},h-{size},c-at_max,f-{format}{}?ik-obj-version={}",
            state.url_endpoint,
            url_path(&file.path()),
            version.object.text(),
        );
        let address = Address::of_url(&state, &url).ok_or_else(missing)?;
        (Plan::owned(&state, &address)?, original)
    };
    match plan.render("") {
        Ok(Some(rendered)) => Ok(image(rendered.mime, rendered.bytes)),
        Err(problem) if original.blob.len() < original.size => Err(problem),
        Err(problem) if original.size > MOST_BYTES => Err(problem),
        Ok(None) | Err(_) => {
            let bytes = original.blob.read().map_err(|error| Problem::unreadable(&error))?;
            Ok(image(original.mime(), bytes))
        }
    }
}

fn image(mime: &str, bytes: Bytes) -> Response<Bytes> {
    let mut response = content(mime, bytes);
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    // The bytes of a version do not change; the page adds the start of the server to the URL.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    response
}

fn missing() -> Problem {
    Problem::not_found("There is no image of this version.")
}
