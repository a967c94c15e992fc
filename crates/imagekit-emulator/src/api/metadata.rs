//! Metadata of files, by id and by URL.

use super::Exchange;
use crate::delivery::{Address, Plan};
use crate::library::Version;
use crate::media;
use crate::response::{Handled, Problem, ok};
use crate::route::query_pairs;
use crate::state::State;

pub(crate) fn of_file(exchange: &Exchange<'_>) -> Handled {
    let file = exchange.file().map_err(|problem| problem.instead_of_404(MISSING))?;
    response(file.current())
}

/// The plan of the transformed image that a request asks about; `None` if the URL has no
/// transformation, or is refused by [`of_url`].
pub(crate) fn plan(state: &State, query: &str) -> Option<Result<Plan, Problem>> {
    let address = address(state, query).ok().filter(Address::is_transformed)?;
    let missing = |problem: Problem| problem.instead_of_404(MISSING).in_api();
    Some(Plan::owned(state, &address).map_err(missing))
}

/// Measures a transformed image.
pub(crate) fn of_transformed(plan: Plan) -> Handled {
    let bytes = plan.into_bytes().map_err(Problem::in_api)?.0;
    let metadata = media::inspect(&bytes).metadata;
    Ok(ok(&metadata))
}

fn address(state: &State, query: &str) -> Result<Address, Problem> {
    let pairs = query_pairs(query);
    let url = pairs.iter().find(|(name, _)| name == "url").map(|(_, value)| value.as_str());
    let url = url.filter(|url| !url.is_empty());
    let url = url.ok_or_else(|| Problem::bad_request("Your request is missing url parameter."))?;
    let foreign =
        || Problem::bad_request("The url should be accessible using your ImageKit.io account.");
    Address::of_url(state, url).ok_or_else(foreign)
}

/// A URL of the emulator's own library; there is no network.
pub(crate) fn of_url(exchange: &Exchange<'_>) -> Handled {
    let address = address(exchange.state, exchange.query)?;
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
