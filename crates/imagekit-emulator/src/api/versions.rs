//! Versions of a file.

use http::StatusCode;
use serde_json::Value;

use super::Exchange;
use crate::answer::{Handled, Problem, empty, ok};
use crate::library::{File, Version, render};

/// The current version first, then the others, newest first.
pub(crate) fn list(exchange: &Exchange<'_>) -> Handled {
    let file = exchange.file()?;
    let mut versions: Vec<&Version> = file.versions.iter().rev().collect();
    versions.sort_by_key(|version| !file.is_current(version));
    let row = |version: &&Version| render::details(&exchange.state.url_endpoint, file, version);
    Ok(ok(&versions.iter().map(row).collect::<Value>()))
}

pub(crate) fn get(exchange: &Exchange<'_>) -> Handled {
    let (file, version) = find(exchange)?;
    Ok(ok(&render::details(&exchange.state.url_endpoint, file, version)))
}

pub(crate) fn delete(mut exchange: Exchange<'_>) -> Handled {
    let (file, version) = find(&exchange)
        .map_err(|problem| problem.instead_of_404("The requested asset does not exist."))?;
    if file.is_current(version) {
        return Err(Problem::bad_request("You cannot delete current version of a file."));
    }
    let id = version.id.clone();
    exchange.file_mut()?.versions.retain(|version| version.id != id);
    Ok(empty(StatusCode::NO_CONTENT))
}

pub(crate) fn restore(mut exchange: Exchange<'_>) -> Handled {
    let (_, version) = find(&exchange)?;
    let id = version.id.clone();
    let now = exchange.now;
    let file = exchange.file_mut()?;
    file.current = id;
    if let Some(version) = file.current_mut() {
        version.updated_at = now;
    }
    get(&exchange)
}

fn find<'a>(exchange: &'a Exchange<'_>) -> Result<(&'a File, &'a Version), Problem> {
    let missing = || Problem::not_found("The requested file version does not exist.");
    let id = exchange.version_id()?;
    let file = exchange
        .file()
        .map_err(|problem| problem.instead_of_404("The requested file version does not exist."))?;
    Ok((file, file.version(id).ok_or_else(missing)?))
}
