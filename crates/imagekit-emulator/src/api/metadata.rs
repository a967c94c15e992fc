//! Metadata of files, by id and by URL.

use super::Exchange;
use crate::answer::{Handled, Problem, ok};
use crate::library::Version;
use crate::route::{percent_decode, query_pairs};

pub(crate) fn of_file(exchange: &Exchange<'_>) -> Handled {
    let file = exchange.file().map_err(|problem| problem.instead_of_404(MISSING))?;
    response(file.current())
}

/// A URL of the emulator's own library; there is no network.
pub(crate) fn of_url(exchange: &Exchange<'_>) -> Handled {
    let pairs = query_pairs(exchange.query);
    let url = pairs.iter().find(|(name, _)| name == "url").map(|(_, value)| value.as_str());
    let url = url.filter(|url| !url.is_empty());
    let url = url.ok_or_else(|| Problem::bad_request("Your request is missing url parameter."))?;
    let foreign =
        || Problem::bad_request("The url should be accessible using your ImageKit.io account.");
    let address = Address::read(url, &exchange.state.url_endpoint).ok_or_else(foreign)?;
    if address.transformed {
        return Err(Problem::not_emulated("the metadata of transformed images"));
    }
    let file = exchange.state.library.at_path(&address.path);
    response(file.and_then(|file| match &address.object {
        Some(object) => file.versions.iter().find(|version| version.object.text() == *object),
        None => file.current(),
    }))
}

const MISSING: &str = "The requested file does not exist or is inaccessible at this time.";

fn response(version: Option<&Version>) -> Handled {
    let content = &version.ok_or_else(|| Problem::not_found(MISSING))?.content;
    if content.facts.inspection.is_image && content.facts.inspection.metadata.width.is_none() {
        return Err(Problem::bad_request("The requested file is corrupt or invalid."));
    }
    Ok(ok(&content.metadata()))
}

/// What the URL of a file says.
pub(crate) struct Address {
    pub(crate) path: String,
    /// The version, when it is not the current one.
    pub(crate) object: Option<String>,
    pub(crate) transformed: bool,
}

impl Address {
    /// `None`: the URL is not below the URL endpoint.
    pub(crate) fn read(url: &str, url_endpoint: &str) -> Option<Self> {
        let rest = url.strip_prefix(url_endpoint)?;
        let rest = rest.split('#').next().unwrap_or(rest);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        if !path.starts_with('/') {
            return None;
        }
        let query = query_pairs(query);
        let value = |wanted| query.iter().find(|(name, _)| name == wanted).map(|(_, v)| v.clone());
        let transformed =
            path.split('/').any(|segment| segment.starts_with("tr:")) || value("tr").is_some();
        Some(Self { path: percent_decode(path), object: value("ik-obj-version"), transformed })
    }
}
