//! `upload-file`, versions 1 and 2.

mod store;
mod transformation;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use serde_json::json;
pub(crate) use store::{New, place};

use super::upload_form::{RawForm, Source, UploadForm, invalid};
use crate::delivery::{Address, Plan};
use crate::emulator::{Emulator, Payload};
use crate::events::{Transformed, record_changes, record_pre_error, record_transformed};
use crate::fetch;
use crate::instant::Instant;
use crate::library::{Blob, Content, names};
use crate::media;
use crate::response::{Handled, Problem, json_response, ok};
use crate::route::Route;
use crate::transform::Pre;

/// Downloads a file from a URL; for a server, which can.
pub(crate) type Fetch = fn(&str) -> Result<Bytes, Problem>;

/// Where an upload comes from.
pub(crate) struct Origin<'a> {
    pub(crate) now: Instant,
    pub(crate) request_id: &'a str,
    pub(crate) headers: &'a HeaderMap,
}

pub(crate) fn upload(
    emulator: &Emulator,
    route: &Route,
    origin: &Origin<'_>,
    payload: Payload,
) -> Handled {
    let Origin { now, request_id, headers } = *origin;
    let Payload { form, fetch, .. } = payload;
    let raw = RawForm::read(form.unwrap_or_else(|| Ok(Vec::new())))?;
    let mut form = {
        let mut state = emulator.state();
        if route.operation == "upload-file" {
            state.keys.check_upload(headers, &raw.texts, now)?;
        } else {
            state.keys.check_upload_v2(headers, &raw.texts, now)?;
        }
        UploadForm::read(raw)?
    };
    let (bytes, size) = match std::mem::replace(&mut form.source, Source::Bytes(Bytes::new(), 0)) {
        Source::Bytes(bytes, size) => (bytes, size),
        Source::Url(url) => read_url(emulator, &url, fetch)?,
    };
    let mut content = measure(emulator, bytes.clone(), size);
    if let Some(checks) = &form.checks {
        checks.run(&form, &content)?;
    }
    let asked = form.transformation.as_ref().map(|field| transformation::read(field, &content));
    let asked = asked.transpose()?;
    let pre = asked.and_then(|asked| asked.pre);
    if let Some(pre) = pre.filter(|_| content.is_image()) {
        // Rendering takes its time: the state must not be locked.
        let read = Pre::read(&emulator.state(), pre);
        let applied = read.and_then(|read| read.apply(&bytes));
        let bytes = applied.map_err(|refusal| {
            let path = names::join(&form.folder, &form.file_name);
            let state = &mut emulator.state();
            record_pre_error(state, now, request_id, (pre, &path), &refusal);
            refusal.problem().in_api()
        })?;
        let size = bytes.len() as u64;
        content = measure(emulator, bytes, size);
    }
    // The file of a queued upload is there as soon as a client can look for it.
    let queued = pre.is_some() && !content.is_image();
    let transformation = form.transformation.clone();
    content.blob = emulator.keep(content.blob).map_err(Problem::not_written)?;
    let state = &mut emulator.state();
    let body = store::store(state, form, content, now)?;
    record_changes(state, now);
    if let Some(transformation) = &transformation {
        let upload = Transformed { request_id, transformation, file: &body };
        record_transformed(state, now, &upload);
    }
    Ok(if queued { accepted() } else { ok(&body) })
}

/// Inspects a file. Decoding an image takes its time, and others are served meanwhile: the
/// state must not be locked.
pub(crate) fn measure(emulator: &Emulator, bytes: Bytes, size: u64) -> Content {
    let inspection = media::inspect(&bytes);
    let facts = emulator.state().facts.share(inspection);
    Content { blob: Blob::Memory(bytes), size, facts }
}

/// The bytes behind a URL: of the library itself, of a folder that is allowed, or of this machine.
fn read_url(
    emulator: &Emulator,
    url: &str,
    download: Option<Fetch>,
) -> Result<(Bytes, u64), Problem> {
    let own = {
        let state = emulator.state();
        Address::of_url(&state, url).map(|address| Plan::owned(&state, &address))
    };
    if let Some(plan) = own {
        return plan.and_then(Plan::into_bytes).map_err(|_| invalid("file"));
    }
    let bytes = if fetch::names_file(url) {
        let folders = emulator.state().fetch_folders.clone();
        folders.read(url).ok_or_else(|| {
            let why = "is not a file in a folder that --fetch-from or with_fetch_folder names";
            invalid("file").with("errors", json!({ "file": why }))
        })?
    } else {
        download.ok_or_else(|| invalid("file"))?(url)?
    };
    let size = bytes.len() as u64;
    Ok((bytes, size))
}

fn accepted() -> Response<Bytes> {
    let message = "The pre-transformation has been queued successfully.";
    json_response(StatusCode::ACCEPTED, &json!({ "message": message }))
}
