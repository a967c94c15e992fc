//! Copy, move and rename folders: jobs that are completed at once.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Exchange, manage};
use crate::answer::{Handled, Problem, json_response, ok};
use crate::library::{File, names};

pub(crate) fn copy(mut exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let (source, target) = endpoints(&exchange, &body)?;
    let all = flag(&body, "includeVersions")?;
    let folders = folders_within(&exchange, &source);
    let state = &mut *exchange.state;
    for (file, folder) in plan(&source, &target, state.library.files()) {
        manage::copy_to(state, &file, &folder, all, exchange.now)?;
    }
    make_folders(&mut exchange, &source, &target, &folders);
    finish(exchange, "COPY_FOLDER", StatusCode::OK, None)
}

pub(crate) fn move_folder(mut exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let (source, target) = endpoints(&exchange, &body)?;
    if names::is_within(&target, &source) {
        return Err(Problem::bad_request(
            "This operation is not allowed because parent folder cannot be moved into child folder.",
        )
        .reason("INVALID_DESTINATION_PATH"));
    }
    relocate(&mut exchange, &source, &target)?;
    finish(exchange, "MOVE_FOLDER", StatusCode::OK, None)
}

pub(crate) fn rename(mut exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let missing = |key: &str| Problem::bad_request(format!("{key} parameter is missing."));
    let text = |key: &str| text(&body, key).ok_or_else(|| missing(key));
    let (source, name) = (names::normal_path(text("folderPath")?), text("newFolderName")?);
    if source == "/" {
        return Err(Problem::bad_request("folderPath cannot be root."));
    }
    if !exchange.state.library.has_folder(&source) {
        return Err(Problem::not_found("Source folder not found."));
    }
    let name = names::folder_name(name);
    let target = names::join(names::parent(&source), &name);
    if exchange.state.library.has_folder(&target) {
        let message = format!("Folder with name {name} already exists at the same location.");
        return Err(Problem::new(StatusCode::CONFLICT, message));
    }
    let purge = flag(&body, "purgeCache")?;
    relocate(&mut exchange, &source, &target)?;
    let purge = purge.then(|| {
        let id = exchange.state.ids.object(exchange.now);
        let url = format!("{}{}/*", exchange.state.url_endpoint, names::url_path(&source));
        exchange.state.purges.insert(id.clone(), url);
        id
    });
    finish(exchange, "RENAME_FOLDER", StatusCode::ACCEPTED, purge)
}

pub(crate) fn status(exchange: &Exchange<'_>) -> Handled {
    let job = exchange.state.jobs.get(exchange.route.first());
    job.map(ok).ok_or_else(|| Problem::not_found("The requested job does not exist."))
}

/// The folder to copy or move, and the one that it becomes.
fn endpoints(
    exchange: &Exchange<'_>,
    body: &Map<String, Value>,
) -> Result<(String, String), Problem> {
    let wanted = |key: &str| {
        let message = format!("{key} parameter is missing.");
        text(body, key).ok_or_else(|| Problem::bad_request(message).reason("MISSING_PARAMETER"))
    };
    let (asked, destination) = (wanted("sourceFolderPath")?, wanted("destinationPath")?);
    let source = names::normal_path(asked);
    if source == "/" {
        let message = "sourceFolderPath cannot be root.";
        return Err(Problem::bad_request(message).reason("SOURCE_IS_ROOT"));
    }
    if destination.split('/').any(|segment| matches!(segment, "." | "..")) {
        let message = "destinationPath is invalid.";
        return Err(Problem::bad_request(message).reason("INVALID_FOLDER_PATH"));
    }
    if !exchange.state.library.has_folder(&source) {
        let message = format!("No files & folder found at sourceFolderPath `{asked}`.");
        return Err(Problem::not_found(message).reason("NO_FILES_FOLDER"));
    }
    let target = names::join(&names::folder_path(destination), names::last(&source));
    if target == source {
        let message = "sourceFolderPath and destinationPath is same";
        return Err(Problem::bad_request(message).reason("SAME_SOURCE_AND_DESTINATION"));
    }
    Ok((source, target))
}

/// Every file of a folder, and where it goes.
fn plan<'a>(
    source: &str,
    target: &str,
    files: impl Iterator<Item = &'a File>,
) -> Vec<(File, String)> {
    files
        .filter(|file| names::is_within(&file.folder, source))
        .map(|file| (file.clone(), under(&file.folder, source, target)))
        .collect()
}

/// The path below `target` that `path` is below `source`.
fn under(path: &str, source: &str, target: &str) -> String {
    format!("{target}{}", path.strip_prefix(source).unwrap_or_default())
}

fn relocate(exchange: &mut Exchange<'_>, source: &str, target: &str) -> Result<(), Problem> {
    let folders = folders_within(exchange, source);
    let state = &mut *exchange.state;
    for (file, folder) in plan(source, target, state.library.files()) {
        manage::move_to(state, &file, &folder, exchange.now)?;
    }
    make_folders(exchange, source, target, &folders);
    exchange.state.library.remove_folder(source);
    Ok(())
}

fn folders_within(exchange: &Exchange<'_>, source: &str) -> Vec<String> {
    let paths = exchange.state.library.folders().map(|folder| folder.path.clone());
    paths.filter(|path| names::is_within(path, source)).collect()
}

/// Makes the folders of the source at the target, empty ones too.
fn make_folders(exchange: &mut Exchange<'_>, source: &str, target: &str, folders: &[String]) {
    let state = &mut *exchange.state;
    for folder in folders {
        let path = under(folder, source, target);
        state.library.make_folder(&path, exchange.now, &mut state.ids);
    }
}

fn finish(
    exchange: Exchange<'_>,
    kind: &str,
    status: StatusCode,
    purge: Option<String>,
) -> Handled {
    let id = exchange.state.ids.object(exchange.now);
    let mut job = json!({ "jobId": id, "type": kind, "status": "Completed" });
    if let (Some(job), Some(purge)) = (job.as_object_mut(), purge) {
        job.insert("purgeRequestId".to_owned(), purge.into());
    }
    exchange.state.jobs.insert(id.clone(), job);
    Ok(json_response(status, &json!({ "jobId": id })))
}

fn text<'a>(body: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
}

fn flag(body: &Map<String, Value>, key: &str) -> Result<bool, Problem> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(false),
        Some(flag) => flag.as_bool().ok_or_else(|| {
            Problem::bad_request(format!("{key} parameter is invalid.")).reason("INVALID_PARAMETER")
        }),
    }
}
