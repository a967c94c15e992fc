//! Events of files and versions.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::ids::Id;
use crate::instant::Instant;
use crate::library::Change;
use crate::library::render::Details;
use crate::state::State;

/// Records an event for each change of the library since the last call.
pub(crate) fn record_changes(state: &mut State, now: Instant) {
    let changes = state.library.take_changes();
    let mut told: HashSet<Id> = HashSet::new();
    for change in changes {
        let (event_type, data) = match change {
            Change::Created(file) => {
                told.insert(file);
                ("file.created", details(state, file, None))
            }
            // One request may change a file in several steps.
            Change::Updated(file) if !told.insert(file) => continue,
            Change::Updated(file) => ("file.updated", details(state, file, None)),
            Change::Deleted(file) => ("file.deleted", Some(json!({ "fileId": file }))),
            Change::VersionCreated { file, version } => {
                ("file-version.created", details(state, file, Some(version)))
            }
            Change::VersionDeleted { file, version } => {
                let data = json!({ "fileId": file, "versionId": version });
                ("file-version.deleted", Some(data))
            }
        };
        // A file that is gone at the end of the request has no details.
        if let Some(data) = data {
            let fields = Map::from_iter([("data".to_owned(), data)]);
            state.outbox.record(event_type, now, fields);
        }
    }
}

/// The details of a file, or of one of its versions.
fn details(state: &State, file: Id, version: Option<Id>) -> Option<Value> {
    let file = state.library.file(file)?;
    let shown = match version {
        Some(version) => file.version(version),
        None => file.current(),
    };
    let mut details = json!(Details::new(&state.url_endpoint, file, shown?));
    if version.is_some() {
        details.as_object_mut()?.insert("type".to_owned(), "file-version".into());
    }
    Some(details)
}
