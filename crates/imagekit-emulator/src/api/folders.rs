//! Folders: create and delete.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::Exchange;
use crate::answer::{Handled, Problem, empty, json_response};
use crate::library::names;

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
    exchange.state.library.make_folder(&path, exchange.now, &mut exchange.state.ids);
    Ok(json_response(StatusCode::CREATED, &json!({})))
}

pub(crate) fn delete(exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let asked = text(&body, "folderPath")?;
    let path = names::normal_path(asked);
    if path == "/" || !exchange.state.library.has_folder(&path) {
        return Err(Problem::not_found(format!("No folder found with folderPath `{asked}`."))
            .reason("FOLDER_NOT_FOUND"));
    }
    exchange.state.library.remove_folder(&path);
    Ok(empty(StatusCode::NO_CONTENT))
}

fn text<'a>(body: &'a Map<String, Value>, key: &str) -> Result<&'a str, Problem> {
    let text = body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    text.ok_or_else(|| {
        Problem::bad_request(format!("Your request is missing {key} parameter."))
            .reason("MISSING_PARAMETER")
    })
}
