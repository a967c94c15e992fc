//! What the records of a data folder say: which parts of the state have which value.
//!
//! A record holds what a request has changed, as it is now, not what was done: a later version of
//! the emulator reads it in the same way. Usage alone is recorded by what is added to it.

mod record;
mod rows;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use record::Record;
use rows::Contents;

use crate::data::{Batch, Data, DataError, Files, Log};
use crate::library::Blob;
use crate::state::State;

/// Reads a data folder into the state, and keeps all later changes there.
pub(crate) fn open(state: &mut State, folder: &Path) -> Result<(), DataError> {
    record::reset(state);
    let mut contents = Contents::new();
    let data = Data::open(folder, |files, json| read(state, &mut contents, files, json))?;
    drop(contents);
    let used = used_files(state)?;
    data.clean(|id| used.contains(&id))?;
    record::track(state);
    state.data = Some(data);
    Ok(())
}

/// Appends what has changed since the last call to the log. Returns what a response has to wait
/// for, if anything.
pub(crate) fn commit(state: &mut State) -> Option<(Arc<Log>, Arc<Batch>)> {
    let mut data = state.data.take()?;
    let record = Record::changes(state);
    let unused = data.files.take_unused();
    let (json, is_awaited) = record.json().unwrap_or_default();
    // Otherwise somebody has only looked.
    let is_new = !record.adds_nothing() || json != data.last;
    if !json.is_empty() && (is_new || !unused.is_empty()) {
        let batch = data.log.append(&json, unused, is_awaited);
        if is_awaited {
            data.awaited = Some(batch);
        }
        data.last = json;
        if data.log.wants_snapshot() {
            // Otherwise the log stays as it is, and grows.
            let _ = data.log.replace(record::snapshot(state));
        }
    }
    // Who reads a change that is not yet on disk waits for it, too.
    let awaited = data.awaited.clone().map(|batch| (Arc::clone(&data.log), batch));
    state.data = Some(data);
    awaited
}

/// Goes back to what the log says, after something could not be written to it.
pub(crate) fn recover(state: &mut State) {
    let Some(mut data) = state.data.take() else { return };
    if data.log.can_recover() {
        let (ids, clock) = (state.ids.clone(), state.clock);
        data.files.forget();
        record::reset(state);
        let (mut contents, files) = (Contents::new(), Arc::clone(&data.files));
        let read = data.log.read(&mut |json| read(state, &mut contents, &files, json));
        // Otherwise all requests fail from now on.
        if read.is_ok() {
            data.log.resume();
            data.awaited = None;
            data.last.clear();
        }
        record::track(state);
        (state.ids, state.clock) = (ids, clock);
    }
    state.data = Some(data);
}

/// Makes the state what a record says. `false`: it cannot be read.
fn read(state: &mut State, contents: &mut Contents, files: &Files, json: &[u8]) -> bool {
    Record::read(json).is_ok_and(|record| record.apply(state, contents, files))
}

/// Checks that the bytes of all versions are there, and returns the ids of their files.
fn used_files(state: &State) -> Result<HashSet<u64>, DataError> {
    let mut used = HashSet::new();
    for version in state.library.files().flat_map(|file| &file.versions) {
        let Blob::Disk(stored) = &version.content.blob else { continue };
        if used.insert(stored.id) {
            stored.check()?;
        }
    }
    Ok(used)
}
