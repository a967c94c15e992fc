//! Delete, copy, move and rename files.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Exchange, cache};
use crate::ids::Id;
use crate::instant::Instant;
use crate::library::{File, MAX_VERSIONS, ObjectVersion, Version, names};
use crate::response::{HELP, Handled, Problem, empty, json_response, ok};
use crate::state::State;

pub(crate) fn delete(mut exchange: Exchange<'_>) -> Handled {
    let id = exchange.file()?.id;
    forget(exchange.state, id);
    exchange.note_storage();
    Ok(empty(StatusCode::NO_CONTENT))
}

/// Deletes a file with all its versions.
pub(super) fn forget(state: &mut State, id: Id) {
    let file = state.library.remove(id);
    for version in file.iter().flat_map(|file| &file.versions) {
        state.transformations.remove(&version.id);
    }
}

pub(crate) fn copy(mut exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let (source, destination) = endpoints(&exchange, &body)?;
    let all = flag(&body, "includeFileVersions")?;
    copy_to(exchange.state, &source, &destination, all, exchange.now)?;
    exchange.note_storage();
    Ok(empty(StatusCode::NO_CONTENT))
}

pub(crate) fn move_file(exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let (source, destination) = endpoints(&exchange, &body)?;
    move_to(exchange.state, &source, &destination, exchange.now)?;
    Ok(empty(StatusCode::NO_CONTENT))
}

/// Copies a file into a folder: its current version, or all of them.
pub(super) fn copy_to(
    state: &mut State,
    source: &File,
    destination: &str,
    all: bool,
    now: Instant,
) -> Result<(), Problem> {
    let mut versions: Vec<Version> = source
        .versions
        .iter()
        .filter(|version| all || source.is_current(version))
        .cloned()
        .collect();
    // The current version comes last: the newest of the copy.
    versions.sort_by_key(|version| version.id == source.current);
    for version in &mut versions {
        version.id = state.ids.object(now);
        version.object = ObjectVersion(state.ids.bits());
    }
    append(state, versions, destination, &source.name, now)
}

/// Moves a file into a folder; where its name is taken, its versions go to that file.
pub(super) fn move_to(
    state: &mut State,
    source: &File,
    destination: &str,
    now: Instant,
) -> Result<(), Problem> {
    if state.library.at_path(&names::join(destination, &source.name)).is_some() {
        let mut versions = source.versions.clone();
        versions.sort_by_key(|version| version.id == source.current);
        append(state, versions, destination, &source.name, now)?;
        state.library.remove(source.id);
    } else {
        let path = (destination, &*source.name);
        state.library.relocate(source.id, path, now, &mut state.ids);
    }
    Ok(())
}

pub(crate) fn rename(exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let (path, name) = (text(&body, "filePath")?, text(&body, "newFileName")?);
    let purge = flag(&body, "purgeCache")?;
    let name = names::new_file_name(name);
    let Exchange { state, now, .. } = exchange;
    let missing = || {
        Problem::not_found(format!("No file found in media library at filePath {path}"))
            .reason("FILE_MISSING")
    };
    let file = state.library.at_path(&names::normal_path(path)).ok_or_else(missing)?;
    if *file.name == *name {
        return Err(Problem::bad_request("newFileName cannot be the same as its existing name.")
            .reason("SAME_OLD_AND_NEW_NAME"));
    }
    let (id, folder) = (file.id, Arc::clone(&file.folder));
    if state.library.at_path(&names::join(&folder, &name)).is_some() {
        let message = format!("File with name {name} already exists at the same location.");
        return Err(Problem::new(StatusCode::CONFLICT, message).reason("FILE_ALREADY_EXISTS"));
    }
    state.library.relocate(id, (&folder, &name), now, &mut state.ids);
    if !purge {
        return Ok(ok(&json!({})));
    }
    Ok(match cache::start(state, now) {
        Some(request) => ok(&json!({ "purgeRequestId": request })),
        None => json_response(
            StatusCode::MULTI_STATUS,
            &json!({
                "message": "File renamed successfully but we could not purge the CDN cache for \
                            old URL because of rate limits on purge API.",
                "reason": "PURGE_FAILED",
                "help": HELP,
            }),
        ),
    })
}

/// The file to copy or move, and the folder it goes to.
fn endpoints(
    exchange: &Exchange<'_>,
    body: &Map<String, Value>,
) -> Result<(File, String), Problem> {
    let (source, destination) = (text(body, "sourceFilePath")?, text(body, "destinationPath")?);
    if destination.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err(bad_parameters("INVALID_FOLDER_PATH"));
    }
    let missing = || {
        Problem::not_found(format!("No file found with filePath `{source}`."))
            .reason("SOURCE_FILE_MISSING")
    };
    let file = exchange.state.library.at_path(&names::normal_path(source)).ok_or_else(missing)?;
    let destination = names::folder_path(destination);
    if *file.folder == *destination {
        return Err(bad_parameters("SAME_SOURCE_AND_DESTINATION"));
    }
    Ok((file.clone(), destination))
}

/// Appends versions to the file at the destination, or makes one of them.
fn append(
    state: &mut State,
    mut versions: Vec<Version>,
    folder: &str,
    name: &str,
    now: Instant,
) -> Result<(), Problem> {
    let existing = state.library.at_path(&names::join(folder, name));
    let (held, mut number) =
        existing.map_or((0, 1), |file| (file.versions.len(), file.next_number()));
    if held + versions.len() > MAX_VERSIONS {
        return Err(bad_parameters("VERSION_LIMIT_EXCEEDED"));
    }
    for version in &mut versions {
        version.number = number;
        number += 1;
    }
    let Some(current) = versions.last().map(|version| version.id) else { return Ok(()) };
    match existing.map(|file| file.id) {
        Some(existing) => {
            state.library.edit(existing, |file| {
                file.versions.append(&mut versions);
                file.current = current;
            });
        }
        None => {
            let id = state.ids.object(now);
            let (folder, name) = (folder.into(), name.into());
            let file = File { id, number: 0, folder, name, versions, current };
            state.library.add(file, now, &mut state.ids);
        }
    }
    Ok(())
}

fn bad_parameters(reason: &str) -> Problem {
    Problem::bad_request("Your request is missing parameters / contains invalid parameters.")
        .reason(reason)
}

fn text<'a>(body: &'a Map<String, Value>, key: &str) -> Result<&'a str, Problem> {
    let text = body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    text.ok_or_else(|| bad_parameters("MISSING_PARAMETER"))
}

fn flag(body: &Map<String, Value>, key: &str) -> Result<bool, Problem> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(false),
        Some(flag) => flag.as_bool().ok_or_else(|| bad_parameters("INVALID_PARAMETER")),
    }
}
