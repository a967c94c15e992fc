//! Methods for tests: prepare files, inspect the state, inject faults.

use std::time::Duration;

use bytes::Bytes;

use super::{Emulator, HEAD};
use crate::api::extensions::settle;
use crate::api::upload::{New, measure, place};
use crate::callback::Callback;
use crate::events::{RecordedEvent, Webhook, WebhookAttempt, record_changes};
use crate::faults::Fault;
use crate::library::{Blob, Fields, names};
use crate::request_log::LoggedRequest;
use crate::stored_file::{PutError, StoredFile};

impl Emulator {
    /// Puts a file into the library without a request: published, not private, without tags. An
    /// existing file gets a new version.
    ///
    /// # Errors
    ///
    /// No uploaded file can have this path, or the file has 100 versions.
    ///
    /// ```
    /// use imagekit_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// let file = emulator.put("/images/a.jpg", imagekit_emulator::media::sample_photo())?;
    /// assert_eq!((file.path.as_str(), file.mime.as_str()), ("/images/a.jpg", "image/jpeg"));
    /// # Ok::<(), imagekit_emulator::PutError>(())
    /// ```
    pub fn put(&self, path: &str, bytes: impl Into<Bytes>) -> Result<StoredFile, PutError> {
        let bytes = bytes.into();
        if path != cleaned(path) || matches!(names::last(path), "" | "." | "..") {
            return Err(PutError::Path(path.to_owned()));
        }
        let size = bytes.len() as u64;
        let mut content = measure(self, bytes.clone(), size);
        if self.state().discard_bytes {
            content.blob = Blob::Memory(bytes.slice(..bytes.len().min(HEAD)));
        }
        let not_stored = |reason: String| PutError::NotStored { path: path.to_owned(), reason };
        content.blob = self.keep(content.blob).map_err(not_stored)?;
        let mut state = self.state();
        let now = state.clock.tick();
        let fields = Fields { is_published: true, ..Fields::default() };
        let new = New { folder: names::parent(path), name: names::last(path), content, fields };
        let placed = place(&mut state, new, now).ok();
        // A test prepares its files this way: no webhook event is recorded.
        state.library.take_changes();
        let stored = placed.and_then(|id| state.stored(state.library.file(id)?));
        drop(state);
        self.commit().map_err(not_stored)?;
        stored.ok_or_else(|| PutError::TooManyVersions(path.to_owned()))
    }

    /// Returns the file at `path`, such as `/images/cat.jpg`: what an application under test stored.
    pub fn file(&self, path: &str) -> Option<StoredFile> {
        let state = self.state();
        state.stored(state.library.at_path(path)?)
    }

    /// Returns the last 10,000 requests, oldest first.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.state().log.entries()
    }

    /// Removes the requests from the log and returns them, oldest first.
    pub fn take_requests(&self) -> Vec<LoggedRequest> {
        self.state().log.take()
    }

    /// Returns the requests that ImageKit would have sent to `webhookUrl`, oldest first.
    pub fn callbacks(&self) -> Vec<Callback> {
        let mut state = self.state();
        let now = state.clock.now();
        settle(&mut state, now);
        record_changes(&mut state, now);
        let callbacks = state.callbacks.clone();
        drop(state);
        let _ = self.commit();
        callbacks
    }

    /// The webhook events so far, oldest first: the last 10,000 of them. Files that are
    /// [put](Self::put) into the library make none.
    ///
    /// ```
    /// use imagekit_emulator::{Emulator, body_bytes};
    /// use imagekit_proto::api::upload::{FileSource, UploadFile};
    /// use imagekit_proto::{Config, Endpoint, RequestContext};
    ///
    /// let emulator = Emulator::new();
    /// let config = Config::new(Emulator::PRIVATE_KEY)?;
    /// let upload = UploadFile::new("a.txt").file(FileSource::bytes("a"));
    /// let request = upload.build(&RequestContext::new(&config, 7))?;
    /// emulator.respond(request.map(body_bytes));
    /// assert_eq!(emulator.events()[0].event_type, "file.created");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn events(&self) -> Vec<RecordedEvent> {
        let mut state = self.state();
        let now = state.clock.now();
        settle(&mut state, now);
        record_changes(&mut state, now);
        let events = state.outbox.events();
        drop(state);
        let _ = self.commit();
        events
    }

    /// Adds a receiver of all later events, for all clones.
    pub fn add_webhook(&self, webhook: Webhook) {
        self.state().outbox.add(webhook);
    }

    /// The requests that servers have sent to webhooks and to `webhookUrl`s so far, oldest first:
    /// the last 10,000 of them.
    pub fn webhook_attempts(&self) -> Vec<WebhookAttempt> {
        self.state().outbox.attempts()
    }

    /// How many messages a server has still to send, or to send again.
    pub fn webhooks_unsent(&self) -> usize {
        self.state().outbox.unsent()
    }

    /// Injects a fault into the next requests that it applies to.
    pub fn inject(&self, fault: Fault) {
        self.state().faults.push(fault);
    }

    /// Returns how many injected faults have not happened yet.
    pub fn faults_left(&self) -> usize {
        self.state().faults.left()
    }

    /// Removes the faults that have not happened yet.
    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// Returns the emulator's time in seconds since 1970, as signatures of uploads need it.
    pub fn now_unix(&self) -> u64 {
        u64::try_from(self.state().clock.now().unix_seconds()).unwrap_or(0)
    }

    /// Advances the emulator's clock.
    pub fn advance(&self, by: Duration) {
        self.state().clock.advance(by);
        // A failure is reported by the next request.
        let _ = self.commit();
    }

    /// Returns the bytes of the current version of the file at `path`, such as `/images/cat.jpg`.
    /// With [`discard_bytes`](Self::discard_bytes) these are the first 16 MiB.
    pub fn stored_bytes(&self, path: &str) -> Option<Bytes> {
        let state = self.state();
        state.library.at_path(path)?.current()?.content.blob.read().ok()
    }
}

/// The path that an upload gives a file.
pub(crate) fn cleaned(path: &str) -> String {
    let name = names::file_name(names::last(path));
    names::join(&names::folder_path(names::parent(path)), &name)
}
