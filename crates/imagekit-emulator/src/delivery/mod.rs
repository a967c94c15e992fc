//! Delivery: `GET /demo/tr:w-300/a.jpg`.
//!
//! `address` reads the URL, `access` checks its signature and the file, `plan` finds what is needed
//! while the library is locked and renders it afterwards, `serve` writes the response.

mod access;
mod address;
mod content_type;
mod plan;
mod range;
mod serve;

pub(crate) use address::Address;
use bytes::Bytes;
use http::header::{ACCEPT, ACCESS_CONTROL_ALLOW_ORIGIN, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, Uri};
pub(crate) use plan::Plan;
use serve::Ready;
use sha2::{Digest, Sha256};

use crate::emulator::Emulator;
use crate::events::record_video;
use crate::instant::Instant;
use crate::response::Problem;
use crate::state::State;

/// Whether a request that is none of the API's can be one for a file.
pub(crate) fn is_delivery(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// Whether a path is below the URL endpoint.
pub(crate) fn is_of_file(state: &State, uri: &Uri) -> bool {
    Address::of_request(state, target(uri)).is_some()
}

/// Lets pages of all origins read a response, as ImageKit does for files.
pub(crate) fn open_to_pages(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
}

fn target(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", |target| target.as_str())
}

/// Responds to a request for a file; `None` if its path is not below the URL endpoint.
pub(crate) fn deliver(
    emulator: &Emulator,
    now: Instant,
    request_id: &str,
    parts: &Parts,
) -> Option<Response<Bytes>> {
    let (address, plan) = {
        let mut state = emulator.state();
        let address = Address::of_request(&state, target(&parts.uri))?;
        let plan = Plan::public(&state, &address, now);
        if plan.as_ref().is_ok_and(Plan::is_video_transformation) {
            let user_agent = header(parts, &USER_AGENT);
            record_video(&mut state, now, request_id, address.shown(), user_agent);
        }
        (address, plan)
    };
    let ready = plan.and_then(|plan| ready(plan, &address, parts));
    Some(ready.map_or_else(Problem::into_response, |ready| ready.respond(parts)))
}

fn ready(plan: Plan, address: &Address, parts: &Parts) -> Result<Ready, Problem> {
    let rendered = plan.render(header(parts, &ACCEPT).unwrap_or_default())?;
    let attachment = address.attachment.then(|| plan.name.clone());
    let is_private = plan.is_private;
    Ok(match rendered {
        None => Ready {
            mime: content_type::of(&plan.name, &plan.content),
            bytes: plan.bytes()?,
            etag: plan.version,
            is_private,
            negotiated: false,
            attachment,
        },
        Some(rendered) => Ready {
            mime: rendered.mime.to_owned(),
            etag: digest(&rendered.bytes),
            bytes: rendered.bytes,
            is_private,
            negotiated: rendered.negotiated,
            attachment,
        },
    })
}

fn header<'a>(parts: &'a Parts, name: &HeaderName) -> Option<&'a str> {
    parts.headers.get(name)?.to_str().ok()
}

/// 32 hex digits of the SHA-256 of some bytes.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
