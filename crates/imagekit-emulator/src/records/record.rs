//! One record, and the parts of the state that it holds.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::rows::{ContentRow, Contents, FileRow, FolderRow};
use crate::api::custom_metadata_fields::Field;
use crate::api::extensions::Pending;
use crate::api::folder_jobs::{Job, Jobs};
use crate::api::named_transformations::NamedTransformation;
use crate::api::origins::Origin;
use crate::api::saved_extensions::SavedExtension;
use crate::api::url_endpoints::UrlEndpoint;
use crate::api::webhooks::{self, AccountWebhook};
use crate::data::Files;
use crate::ids::{Id, Ids};
use crate::instant::Instant;
use crate::ledger::{Entry, Ledger};
use crate::library::{File, Library};
use crate::progress::Progress;
use crate::state::State;
use crate::tracked::{Tracked, TrackedMap};

/// A snapshot has this many files in a record.
const FILES_AT_ONCE: usize = 256;

/// Entries of a map that have changed, `None` for those that are gone.
type Entries<K, V> = Vec<(K, Option<V>)>;

/// What has changed; what is absent has not.
#[derive(Debug, Default)]
pub(super) struct Record {
    counters: Counters,
    parts: Parts,
}

/// What every request changes, and no response waits for.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Counters {
    /// The seed of the ids that follow.
    ids: u64,
    /// The time of a clock that does not go on its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<Instant>,
    /// How far the clock was advanced.
    #[serde(skip_serializing_if = "Duration::is_zero")]
    advanced: Duration,
    /// What was added to the ledger, by day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    usage: Vec<(i64, Entry)>,
}

/// What a response waits for.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Parts {
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger: Option<Ledger>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    folders: Vec<FolderRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed_folders: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contents: Vec<ContentRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<FileRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed_files: Vec<Id>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    transformations: Entries<Id, Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<Field>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_extensions: Option<Vec<SavedExtension>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    named_transformations: Option<Vec<NamedTransformation>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origins: Option<Vec<Origin>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url_endpoints: Option<Vec<UrlEndpoint>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhooks: Option<Vec<AccountWebhook>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pending: Option<Vec<Pending>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    jobs: Entries<Id, Job>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    purges: Entries<Id, Progress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purges_used: Option<BTreeMap<String, u32>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    used_tokens: Entries<String, Instant>,
}

impl Record {
    /// What has changed since the last call.
    pub(super) fn changes(state: &mut State) -> Self {
        let mut contents = Vec::new();
        let (mut files, mut removed_files) = (Vec::new(), Vec::new());
        for id in state.library.take_touched_files() {
            match state.library.file(id) {
                Some(file) => files.extend(FileRow::new(file, &mut contents)),
                None => removed_files.push(id),
            }
        }
        let (mut folders, mut removed_folders) = (Vec::new(), Vec::new());
        for path in state.library.take_touched_folders() {
            match state.library.folder(&path) {
                Some(folder) => folders.push(FolderRow::new(folder)),
                None => removed_folders.push(path.to_string()),
            }
        }
        let counters = Counters { usage: state.ledger.take_added(), ..Counters::now(state) };
        let parts = Parts {
            ledger: None,
            folders,
            removed_folders,
            contents,
            files,
            removed_files,
            transformations: state.transformations.take_changed(),
            fields: state.fields.take_changed(),
            saved_extensions: state.saved_extensions.take_changed(),
            named_transformations: state.named_transformations.take_changed(),
            origins: state.origins.take_changed(),
            url_endpoints: state.url_endpoints.take_changed(),
            webhooks: state.webhooks.take_changed(),
            pending: state.pending.take_changed(),
            jobs: state.jobs.0.take_changed(),
            purges: state.purges.requests.take_changed(),
            purges_used: state.purges.used.take_changed(),
            used_tokens: state.keys.used_tokens.take_changed(),
        };
        Self { counters, parts }
    }

    /// Everything but files.
    fn account(state: &State) -> Self {
        let parts = Parts {
            ledger: Some(state.ledger.clone()),
            folders: state.library.folders().map(FolderRow::new).collect(),
            removed_folders: Vec::new(),
            contents: Vec::new(),
            files: Vec::new(),
            removed_files: Vec::new(),
            transformations: state.transformations.all(),
            fields: Some(state.fields.clone()),
            saved_extensions: Some(state.saved_extensions.clone()),
            named_transformations: Some(state.named_transformations.clone()),
            origins: Some(state.origins.clone()),
            url_endpoints: Some(state.url_endpoints.clone()),
            webhooks: Some(state.webhooks.clone()),
            pending: Some(state.pending.clone()),
            jobs: state.jobs.0.all(),
            purges: state.purges.requests.all(),
            purges_used: Some(state.purges.used.clone()),
            used_tokens: state.keys.used_tokens.all(),
        };
        Self { counters: Counters::now(state), parts }
    }

    /// Some files, and what their bytes are, unless `written` names them.
    fn files(state: &State, files: &[&File], written: &mut HashSet<u64>) -> Self {
        let mut parts = Parts::default();
        for file in files {
            parts.files.extend(FileRow::new(file, &mut Vec::new()));
            for content in file.versions.iter().map(|version| &version.content) {
                let row = ContentRow::new(content);
                parts.contents.extend(row.filter(|row| written.insert(row.id)));
            }
        }
        Self { counters: Counters::now(state), parts }
    }

    /// The record as JSON, and whether a response waits for it.
    pub(super) fn json(&self) -> serde_json::Result<(Vec<u8>, bool)> {
        let parts = serde_json::to_string(&self.parts)?;
        let counters = serde_json::to_string(&self.counters)?;
        Ok((format!("[{counters},{parts}]").into_bytes(), parts != "{}"))
    }

    /// Whether the same record twice says the same as once.
    pub(super) fn adds_nothing(&self) -> bool {
        self.counters.usage.is_empty()
    }

    pub(super) fn read(json: &[u8]) -> serde_json::Result<Self> {
        let (counters, parts) = serde_json::from_slice(json)?;
        Ok(Self { counters, parts })
    }

    /// Makes the state what the record says. `false`: it cannot be read.
    pub(super) fn apply(self, state: &mut State, contents: &mut Contents, files: &Files) -> bool {
        let Self { counters, parts } = self;
        counters.apply(state);
        for content in parts.contents {
            contents.insert(content.id, content.read(files, &mut state.facts));
        }
        let library = &mut state.library;
        let changed = parts.files.iter().map(|file| &file.id);
        changed.chain(&parts.removed_files).for_each(|id| library.drop_file(*id));
        parts.removed_folders.iter().for_each(|path| library.drop_folder(path));
        parts.folders.into_iter().for_each(|folder| library.restore_folder(folder.read()));
        for file in parts.files {
            let Some(file) = file.read(contents) else { return false };
            library.restore_file(file);
        }
        state.transformations.apply(parts.transformations);
        state.jobs.0.apply(parts.jobs);
        state.purges.requests.apply(parts.purges);
        state.keys.used_tokens.apply(parts.used_tokens);
        set(&mut state.fields, parts.fields);
        set(&mut state.saved_extensions, parts.saved_extensions);
        set(&mut state.named_transformations, parts.named_transformations);
        set(&mut state.origins, parts.origins);
        set(&mut state.url_endpoints, parts.url_endpoints);
        set(&mut state.webhooks, parts.webhooks);
        set(&mut state.pending, parts.pending);
        set(&mut state.purges.used, parts.purges_used);
        if let Some(ledger) = parts.ledger {
            state.ledger = ledger;
        }
        true
    }
}

impl Counters {
    fn now(state: &State) -> Self {
        let (time, advanced) = state.clock.state();
        Self { ids: state.ids.seed(), time, advanced, usage: Vec::new() }
    }

    fn apply(self, state: &mut State) {
        state.ids = Ids::seeded(self.ids);
        state.clock.resume((self.time, self.advanced));
        self.usage.iter().for_each(|(day, entry)| state.ledger.count(*day, entry));
    }
}

/// The records of the whole state.
pub(super) fn snapshot(state: &State) -> impl Iterator<Item = serde_json::Result<Vec<u8>>> {
    let mut written = HashSet::new();
    let files: Vec<&File> = state.library.files().collect();
    let starts = (0..files.len()).step_by(FILES_AT_ONCE);
    let files = starts.map(move |start| {
        let some = files.iter().skip(start).take(FILES_AT_ONCE).copied().collect::<Vec<_>>();
        Record::files(state, &some, &mut written)
    });
    [Record::account(state)].into_iter().chain(files).map(|record| Ok(record.json()?.0))
}

/// Empties what records hold.
pub(super) fn reset(state: &mut State) {
    state.library = Library::default();
    state.transformations = TrackedMap::default();
    state.fields = Tracked::default();
    state.saved_extensions = Tracked::default();
    state.named_transformations = Tracked::default();
    state.origins = Tracked::default();
    state.url_endpoints = Tracked::new(vec![UrlEndpoint::default_endpoint()]);
    state.webhooks = Tracked::default();
    state.pending = Tracked::default();
    state.jobs = Jobs::default();
    state.purges.requests = TrackedMap::default();
    state.purges.used = Tracked::default();
    state.keys.used_tokens = TrackedMap::default();
    state.ledger = Ledger::default();
}

/// Begins to note what changes, after records were read.
pub(super) fn track(state: &mut State) {
    webhooks::register(state);
    state.library.take_changes();
    state.library.track();
    state.transformations.track();
    state.jobs.0.track();
    state.purges.requests.track();
    state.keys.used_tokens.track();
    state.ledger.track();
}

fn set<T>(part: &mut Tracked<T>, value: Option<T>) {
    if let Some(value) = value {
        *part = Tracked::new(value);
    }
}
