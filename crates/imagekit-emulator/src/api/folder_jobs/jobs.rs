//! The folder jobs of an account: their status, and the folders that they lock.

use std::borrow::Cow;

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::ids::Id;
use crate::instant::Instant;
use crate::library::names;
use crate::progress::Progress;
use crate::tracked::TrackedMap;

/// All jobs, by id.
#[derive(Debug, Default)]
pub(crate) struct Jobs(pub(crate) TrackedMap<Id, Job>);

/// A job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(super) kind: Cow<'static, str>,
    pub(super) progress: Progress,
    /// The folders that no other operation may change meanwhile.
    pub(super) folders: [String; 2],
    pub(super) purge: Purge,
}

/// The result of the purge that a rename can ask for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Purge {
    NotAsked,
    Started(Id),
    /// The quota was used up.
    Failed,
}

impl Jobs {
    pub(super) fn insert(&mut self, id: Id, job: Job) {
        self.0.insert(id, job);
    }

    /// Whether a running job locks a folder.
    pub(crate) fn lock(&self, folder: &str, now: Instant) -> bool {
        self.0.values().filter(|job| job.progress.is_running(now)).any(|job| {
            job.folders
                .iter()
                .any(|locked| names::is_within(folder, locked) || names::is_within(locked, folder))
        })
    }

    /// The response to a status request.
    pub(super) fn status(&mut self, id: Id, now: Instant) -> Option<(StatusCode, Value)> {
        let job = self.0.get_mut(&id)?;
        let mut body = json!({ "jobId": id, "type": job.kind, "status": "Pending" });
        let completed = job.progress.is_completed(now);
        let fields = body.as_object_mut()?;
        if completed {
            fields.insert("status".to_owned(), "Completed".into());
        }
        match job.purge {
            Purge::Failed if completed => {
                fields.insert("status".to_owned(), "Partial success".into());
                let message =
                    "Folder renamed successfully but purging cache on nested files failed.";
                fields.insert("message".to_owned(), message.into());
                return Some((StatusCode::MULTI_STATUS, body));
            }
            Purge::Started(purge) => {
                fields.insert("purgeRequestId".to_owned(), json!(purge));
            }
            Purge::Failed | Purge::NotAsked => {}
        }
        Some((StatusCode::OK, body))
    }
}
