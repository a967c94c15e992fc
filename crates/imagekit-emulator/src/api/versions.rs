//! Versions of a file.

use http::StatusCode;

use super::Exchange;
use crate::ids::Id;
use crate::library::render::Details;
use crate::library::{File, Version};
use crate::response::{Handled, Problem, empty, ok};

/// The current version first, then the others, newest first.
pub(crate) fn list(exchange: &Exchange<'_>) -> Handled {
    let file = exchange.file()?;
    let mut versions: Vec<&Version> = file.versions.iter().rev().collect();
    versions.sort_by_key(|version| !file.is_current(version));
    let base = &exchange.state.url_endpoint;
    let details = versions.into_iter().map(|version| Details::new(base, file, version));
    Ok(ok(&details.collect::<Vec<_>>()))
}

pub(crate) fn get(exchange: &Exchange<'_>) -> Handled {
    let (file, version) = find(exchange)?;
    Ok(ok(&Details::new(&exchange.state.url_endpoint, file, version)))
}

pub(crate) fn delete(mut exchange: Exchange<'_>) -> Handled {
    let (file, version) = find(&exchange)
        .map_err(|problem| problem.instead_of_404("The requested asset does not exist."))?;
    if file.is_current(version) {
        return Err(Problem::bad_request("You cannot delete current version of a file."));
    }
    let id = version.id;
    exchange.edit(|file| file.versions.retain(|version| version.id != id))?;
    exchange.state.transformations.remove(&id);
    exchange.note_storage();
    Ok(empty(StatusCode::NO_CONTENT))
}

pub(crate) fn restore(mut exchange: Exchange<'_>) -> Handled {
    let (_, version) = find(&exchange)?;
    let id = version.id;
    let now = exchange.now;
    exchange.edit(|file| {
        file.current = id;
        if let Some(version) = file.current_mut() {
            version.updated_at = now;
        }
    })?;
    get(&exchange)
}

fn find<'a>(exchange: &'a Exchange<'_>) -> Result<(&'a File, &'a Version), Problem> {
    let missing = || Problem::not_found("The requested file version does not exist.");
    let invalid = || Problem::bad_request("Your request contains invalid versionId parameter.");
    let id = Id::parse(exchange.route.second()).ok_or_else(invalid)?;
    let file = exchange
        .file()
        .map_err(|problem| problem.instead_of_404("The requested file version does not exist."))?;
    Ok((file, file.version(id).ok_or_else(missing)?))
}
