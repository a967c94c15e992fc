//! The web page at `/_emulator`: its files, and the requests that its script sends.
//!
//! `guard` decides who may send them, `session` is the login of emulators with a key of their own.
//! `assets` serves the files, `state` what is shown of the emulator itself, `journal` holds the
//! requests that the server got; `preview` shrinks images, `signature` authorises uploads, `faults`
//! and `limit` change what happens to requests. Operations of the API are handled as for the owner
//! of the account. None of these requests is logged, delayed or limited.

mod assets;
mod faults;
mod guard;
mod journal;
mod limit;
mod preview;
mod session;
mod signature;
mod state;

use bytes::Bytes;
use guard::Access;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, Response, StatusCode};
pub(crate) use journal::{Entry, Journal, Outcome};
use serde_json::{Map, Value};

use crate::emulator::Emulator;
use crate::response::{Handled, Problem, empty, ok, set_length};
use crate::route::Route;

/// The most bytes of a request's body; uploads go to the API.
pub(crate) const MAX_BODY: usize = 1024 * 1024;

/// Where the page is, and all that belongs to it.
const ROOT: &str = "/_emulator";

/// What the page may load and do: its own files and requests to its own server, no script in the
/// text of the page, no frame around it, no form.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'";

/// Whether a request is for the page.
pub(crate) fn is_for_page(parts: &Parts) -> bool {
    below_root(parts.uri.path()).is_some()
}

/// Responds to a request of the page. Takes its time: images are decoded.
pub(crate) fn respond(
    emulator: &Emulator,
    journal: &Journal,
    parts: &Parts,
    body: &Bytes,
) -> Response<Bytes> {
    let path = below_root(parts.uri.path()).unwrap_or_default();
    let handled = match assets::find(path) {
        Some(asset) if parts.method == Method::GET => Ok(asset.response()),
        _ => control(emulator, journal, parts, path, body),
    };
    let mut response = handled.unwrap_or_else(Problem::into_response);
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(CONTENT_SECURITY_POLICY, POLICY);
    put(X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(CACHE_CONTROL, "no-store");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(HeaderName::from_static("referrer-policy"), "no-referrer");
    set_length(&mut response);
    response
}

/// Responds to a request of the page's script.
fn control(
    emulator: &Emulator,
    journal: &Journal,
    parts: &Parts,
    path: &str,
    body: &Bytes,
) -> Handled {
    let logs_in = (&parts.method, path) == (&Method::POST, "/session");
    match guard::check(emulator, parts) {
        Access::Allowed => {}
        Access::NeedsLogin if logs_in => {}
        Access::NeedsLogin => {
            return Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "Enter the private key that the emulator was started with.",
            ));
        }
        Access::Refused(why) => return Err(Problem::forbidden(why)),
    }
    if let Some(target) = path.strip_prefix("/api/") {
        return operation(emulator, parts, target, body);
    }
    match (&parts.method, path) {
        (&Method::GET, "/state") => Ok(state::get(emulator, journal, parts)),
        (&Method::GET, "/operations") => Ok(ok(&state::operation_ids())),
        (&Method::GET, "/preview") => preview::get(emulator, parts),
        (&Method::POST, "/session") => session::open(emulator, &parts.headers),
        (&Method::POST, "/signature") => signature::sign(emulator),
        (&Method::POST, "/faults") => faults::inject(emulator, &json(body)?),
        (&Method::DELETE, "/faults") => faults::remove(emulator, parts),
        (&Method::PUT, "/rate-limit") => limit::set(emulator, &json(body)?),
        _ => Err(Problem::not_found("The emulator's page has no such path.")),
    }
}

/// Handles an operation of the API other than an upload.
fn operation(emulator: &Emulator, parts: &Parts, target: &str, body: &Bytes) -> Handled {
    let route = Route::find(&parts.method, &format!("/{target}"));
    match route.filter(|route| !route.is_upload()) {
        Some(route) => Ok(emulator.handle_as_owner(&route, parts, body)),
        None => Err(Problem::not_found("No operation has this path, or it is an upload.")),
    }
}

/// What follows the page's address: empty or with a slash; `None` for other paths.
fn below_root(path: &str) -> Option<&str> {
    path.strip_prefix(ROOT).filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn json(body: &Bytes) -> Result<Map<String, Value>, Problem> {
    serde_json::from_slice(body)
        .map_err(|_| Problem::bad_request("The body of the request is not a JSON object."))
}

/// 204.
fn done() -> Response<Bytes> {
    empty(StatusCode::NO_CONTENT)
}

/// A response with bytes of this type.
fn content(mime: &str, bytes: Bytes) -> Response<Bytes> {
    let mut response = Response::new(bytes);
    if let Ok(mime) = HeaderValue::from_str(mime) {
        response.headers_mut().insert(CONTENT_TYPE, mime);
    }
    response
}
