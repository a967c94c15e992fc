//! Who may see a file: signatures, private files and drafts.

use http::StatusCode;
use imagekit_proto::delivery::{UrlBase, UrlSigner};
use imagekit_proto::types::UnixTime;

use super::address::Address;
use crate::instant::Instant;
use crate::library::{File, Version};
use crate::render::{Item, Step};
use crate::response::Problem;
use crate::state::State;

/// Checks the signature of a URL, if it has one. 401 if it is wrong or has expired (the public
/// docs, "signed URLs"), whether the file is private or not.
pub(super) fn check_signature(
    state: &State,
    address: &Address,
    now: Instant,
) -> Result<(), Problem> {
    if !address.signed {
        return Ok(());
    }
    let seconds = u64::try_from(now.unix_seconds()).unwrap_or(0);
    // A client may be configured with either URL endpoint.
    let named = format!("{}/{}", state.url_endpoint, address.endpoint);
    let candidates = [
        (named.as_str(), address.relative.clone()),
        (state.url_endpoint.as_str(), format!("{}/{}", address.endpoint, address.relative)),
    ];
    let valid = candidates.iter().any(|(endpoint, relative)| {
        let signer = UrlBase::new(endpoint)
            .ok()
            .and_then(|base| UrlSigner::new(base, state.keys.private()).ok());
        signer.is_some_and(|signer| {
            let url = format!("{}{relative}", signer.base().as_str());
            signer.verify(&url, UnixTime::from_secs(seconds)).is_ok()
        })
    });
    if valid { Ok(()) } else { Err(unauthorized("The signature is invalid or has expired.")) }
}

/// Checks that a version may be delivered: a private one by a signed URL or by named
/// transformations alone, an unpublished one by `ik-obj-version` only (the OpenAPI file,
/// `isPrivateFile` and `isPublished`).
pub(super) fn check_version(
    version: &Version,
    address: &Address,
    steps: &[Step],
) -> Result<(), Problem> {
    if !version.fields.is_published && address.object.is_none() {
        return Err(missing());
    }
    check_private(version, address, steps)
}

/// Checks that a version may be seen in a delivery, itself or in a layer.
pub(super) fn check_private(
    version: &Version,
    address: &Address,
    steps: &[Step],
) -> Result<(), Problem> {
    if version.fields.is_private && !address.signed && !only_named(steps) {
        return Err(unauthorized("The file is private, or one that a layer shows."));
    }
    Ok(())
}

/// The version that a URL names.
pub(super) fn version<'a>(file: &'a File, address: &Address) -> Option<&'a Version> {
    match &address.object {
        Some(object) => file.versions.iter().find(|version| version.object.text() == *object),
        None => file.current(),
    }
}

pub(super) fn missing() -> Problem {
    Problem::not_found("The requested file does not exist.")
}

fn only_named(steps: &[Step]) -> bool {
    let items = || steps.iter().flat_map(|step| &step.items);
    let named = |item: &Item| item.parameter().is_some_and(|(code, _)| code == "n");
    items().next().is_some() && items().all(named)
}

fn unauthorized(message: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, message)
}
