//! Folders: create and delete.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Exchange, folder_jobs};
use crate::library::{MAX_DEPTH, MAX_NESTED, names};
use crate::response::{Handled, Problem, empty, json_response};

pub(crate) fn create(exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let (name, parent) = (text(&body, "folderName")?, text(&body, "parentFolderPath")?);
    let dots = |segment| matches!(segment, "." | "..");
    if dots(name) || parent.split('/').any(dots) {
        return Err(Problem::bad_request("'.' & '..' can not be used as folder-name")
            .reason("INVALID_FOLDER_PATH"));
    }
    if name.contains('/') {
        return Err(Problem::bad_request("folderName parameter cannot have a slash."));
    }
    let path = names::join(&names::folder_path(parent), &names::folder_name(name));
    check_depth(&path)?;
    exchange.state.library.make_folder(&path, exchange.now, &mut exchange.state.ids);
    Ok(json_response(StatusCode::CREATED, &json!({})))
}

pub(crate) fn delete(mut exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let asked = text(&body, "folderPath")?;
    let path = names::normal_path(asked);
    let state = &mut *exchange.state;
    if path == "/" || !state.library.has_folder(&path) {
        return Err(Problem::not_found(format!("No folder found with folderPath `{asked}`."))
            .reason("FOLDER_NOT_FOUND"));
    }
    folder_jobs::check_unlocked(state, &path, exchange.now)?;
    check_nested(state.library.nested(&path))?;
    for id in state.library.files_within(&path) {
        super::manage::forget(state, id);
    }
    state.library.remove_folder(&path);
    exchange.note_storage();
    Ok(empty(StatusCode::NO_CONTENT))
}

/// Folders nest 50 deep (the OpenAPI file).
pub(super) fn check_depth(path: &str) -> Result<(), Problem> {
    if path.split('/').filter(|segment| !segment.is_empty()).count() <= MAX_DEPTH {
        return Ok(());
    }
    Err(Problem::bad_request(format!("Folders can be nested up to {MAX_DEPTH} levels."))
        .reason("INVALID_FOLDER_PATH"))
}

/// Operations on folders have a limit of nested items.
pub(super) fn check_nested(items: usize) -> Result<(), Problem> {
    if items <= MAX_NESTED {
        return Ok(());
    }
    Err(Problem::bad_request(format!(
        "Total nested assets (files, folders and file versions) are more than allowed limit of \
         {MAX_NESTED} items."
    ))
    .reason("TOO_MANY_OBJECTS"))
}

fn text<'a>(body: &'a Map<String, Value>, key: &str) -> Result<&'a str, Problem> {
    let text = body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    text.ok_or_else(|| {
        Problem::bad_request(format!("Your request is missing {key} parameter."))
            .reason("MISSING_PARAMETER")
    })
}
