//! Copy, move and rename folders: their effect is there at once, their status is pending at
//! first.

mod jobs;

use http::StatusCode;
pub(crate) use jobs::Job;
pub(crate) use jobs::Jobs;
use jobs::Purge;
use serde_json::{Map, Value, json};

use super::folders::{check_depth, check_nested};
use super::{Exchange, cache, manage};
use crate::ids::Id;
use crate::instant::Instant;
use crate::library::{File, names};
use crate::progress::Progress;
use crate::response::{Handled, Problem, json_response};
use crate::state::State;

pub(crate) fn copy(mut exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let (source, target) = endpoints(&exchange, &body)?;
    let all = flag(&body, "includeVersions")?;
    let folders = folders_within(&exchange, &source);
    let state = &mut *exchange.state;
    for (file, folder) in plan(state, &source, &target) {
        manage::copy_to(state, &file, &folder, all, exchange.now)?;
    }
    make_folders(&mut exchange, &source, &target, &folders);
    exchange.note_storage();
    finish(exchange, "COPY_FOLDER", StatusCode::OK, [source, target], Purge::NotAsked)
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
    finish(exchange, "MOVE_FOLDER", StatusCode::OK, [source, target], Purge::NotAsked)
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
    check_unlocked(exchange.state, &source, exchange.now)?;
    check_nested(exchange.state.library.nested(&source))?;
    let purge = flag(&body, "purgeCache")?;
    relocate(&mut exchange, &source, &target)?;
    let purge = match purge.then(|| cache::start(exchange.state, exchange.now)) {
        None => Purge::NotAsked,
        Some(Some(id)) => Purge::Started(id),
        Some(None) => Purge::Failed,
    };
    finish(exchange, "RENAME_FOLDER", StatusCode::ACCEPTED, [source, target], purge)
}

pub(crate) fn status(exchange: Exchange<'_>) -> Handled {
    let missing = || Problem::not_found("The requested job does not exist.");
    let id = Id::parse(exchange.route.first()).ok_or_else(missing)?;
    let status = exchange.state.jobs.status(id, exchange.now);
    let (status, body) = status.ok_or_else(missing)?;
    Ok(json_response(status, &body))
}

/// The error of a locked folder.
pub(super) const LOCKED: &str =
    "A bulk job is running on given folder path, please try after sometime.";

/// A folder that a running job works on cannot be changed.
pub(super) fn check_unlocked(state: &State, folder: &str, now: Instant) -> Result<(), Problem> {
    if state.jobs.lock(folder, now) {
        return Err(Problem::new(StatusCode::LOCKED, LOCKED));
    }
    Ok(())
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
    let library = &exchange.state.library;
    if !library.has_folder(&source) {
        let message = format!("No files & folder found at sourceFolderPath `{asked}`.");
        return Err(Problem::not_found(message).reason("NO_FILES_FOLDER"));
    }
    let target = names::join(&names::folder_path(destination), names::last(&source));
    if target == source {
        let message = "sourceFolderPath and destinationPath is same";
        return Err(Problem::bad_request(message).reason("SAME_SOURCE_AND_DESTINATION"));
    }
    check_unlocked(exchange.state, &source, exchange.now)?;
    if exchange.state.jobs.lock(&target, exchange.now) {
        let message = "Destination folder path is already locked. Please try after sometime.";
        return Err(Problem::new(StatusCode::LOCKED, message));
    }
    check_nested(library.nested(&source))?;
    for folder in library.folders_within(&source) {
        check_depth(&under(&folder.path, &source, &target))?;
    }
    Ok((source, target))
}

/// Every file of a folder, and where it goes.
fn plan(state: &State, source: &str, target: &str) -> Vec<(File, String)> {
    let ids = state.library.files_within(source).into_iter();
    ids.filter_map(|id| state.library.file(id))
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
    for folder in &folders {
        let path = under(folder, source, target);
        state.library.continue_folder(folder, &path, exchange.now, &mut state.ids);
    }
    for (file, folder) in plan(state, source, target) {
        manage::move_to(state, &file, &folder, exchange.now)?;
    }
    state.library.remove_folder(source);
    Ok(())
}

fn folders_within(exchange: &Exchange<'_>, source: &str) -> Vec<String> {
    exchange.state.library.folders_within(source).map(|folder| folder.path.to_string()).collect()
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
    kind: &'static str,
    status: StatusCode,
    folders: [String; 2],
    purge: Purge,
) -> Handled {
    let Exchange { state, now, .. } = exchange;
    let id = state.ids.object(now);
    let progress = Progress::new(now, state.job_duration);
    state.jobs.insert(id, Job { kind: kind.into(), progress, folders, purge });
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
