//! One operation on more files than one request may name.

mod outcome;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::machine::{FlowStep, InFlight, Machine, RequestKey};
use super::traits::Bulk;
use crate::error::{Error, ItemError};
use crate::reply::Reply;

pub use outcome::{BatchOutcome, FailedFile, FailureReason, UnknownFile, UnknownReason};

/// Does one thing to any number of files: splits the list into requests of the size that the API
/// takes, and merges their outcomes.
///
/// A [`Machine`] without items, whose output is a [`BatchOutcome`]. Every id ends in exactly one of
/// its lists; an id that is given twice is sent once. A request that fails does not keep the others
/// from being sent, unless [`stop_on_error`](Self::stop_on_error) is set.
///
/// ImageKit refuses a whole request when one of its files does not exist. The batch then repeats the
/// request without the missing files, which end in [`BatchOutcome::missing`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/drive.rs"));
/// # fn main() {
/// # let client = Client::responding(
/// #     207,
/// #     r#"{"successfullyDeletedFileIds": ["598821f949c0a938d57563bd"],
/// #         "errors": [{"fileId": "598821f949c0a938d57563be", "error": "Error in deleting file"}]}"#,
/// # );
/// use imagekit_proto::api::files::DeleteMultipleFiles;
/// use imagekit_proto::flow::Batch;
///
/// let ids = ["598821f949c0a938d57563bd", "598821f949c0a938d57563be"]; // or 100,000 of them
/// let batch = Batch::new(DeleteMultipleFiles::new(ids)).concurrency(4);
/// let outcome = drive(&client, batch, |_| {});
/// println!("{} deleted, {} did not exist", outcome.succeeded.len(), outcome.missing.len());
/// for file in &outcome.failed {
///     println!("{file}"); // 598821f949c0a938d57563be: Error in deleting file
/// }
/// for file in &outcome.unknown {
///     println!("look whether {} was deleted: {}", file.id, file.reason);
/// }
/// # assert_eq!((outcome.succeeded.len(), outcome.failed.len()), (1, 1));
/// let again = Batch::<_, std::io::Error>::new(DeleteMultipleFiles::new(outcome.remaining()));
/// # let _ = again;
/// # }
/// ```
#[must_use = "a batch does nothing until it is polled"]
pub struct Batch<E: Bulk, T> {
    /// The request without its files.
    template: E,
    size: usize,
    concurrency: usize,
    skip_missing: bool,
    stop_on_error: bool,
    /// Requests to repeat without their missing files.
    repeats: VecDeque<Vec<String>>,
    waiting: VecDeque<String>,
    in_flight: InFlight<Vec<String>>,
    is_stopped: bool,
    is_over: bool,
    outcome: BatchOutcome<T>,
}

impl<E: Bulk, T> Batch<E, T> {
    /// Creates a batch that does what `endpoint` does to its files, however many they are.
    pub fn new(endpoint: E) -> Self {
        let mut known = BTreeSet::new();
        let ids = endpoint.ids().iter().filter(|id| known.insert(id.as_str()));
        Self {
            waiting: ids.cloned().collect(),
            template: endpoint.with_ids(Vec::new()),
            size: E::MAX_IDS.max(1),
            concurrency: 1,
            skip_missing: true,
            stop_on_error: false,
            repeats: VecDeque::new(),
            in_flight: InFlight::new(),
            is_stopped: false,
            is_over: false,
            outcome: BatchOutcome::default(),
        }
    }

    /// Puts `files` files into a request, at least one and at most [`Bulk::MAX_IDS`] (the default).
    pub fn size(mut self, files: usize) -> Self {
        self.size = files.min(E::MAX_IDS).max(1);
        self
    }

    /// Keeps up to `requests` requests in flight. 1 by default; 0 counts as 1.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Repeats a request without the files that do not exist (the default), or counts all of its
    /// files as failed.
    pub fn skip_missing(mut self, yes: bool) -> Self {
        self.skip_missing = yes;
        self
    }

    /// Sends nothing more after the first request or file that failed, or goes on (the default).
    /// Missing files that are skipped do not count as failed.
    pub fn stop_on_error(mut self, yes: bool) -> Self {
        self.stop_on_error = yes;
        self
    }

    fn next_request(&mut self) -> Option<Vec<String>> {
        if self.is_stopped {
            return None;
        }
        if let Some(repeat) = self.repeats.pop_front() {
            return Some(repeat);
        }
        let count = self.size.min(self.waiting.len());
        (count > 0).then(|| self.waiting.drain(..count).collect())
    }

    fn stop_after_error(&mut self) {
        self.is_stopped |= self.stop_on_error;
    }

    /// Sorts the files of a request that succeeded.
    fn sort(&mut self, ids: Vec<String>, succeeded: Vec<String>, failed: Vec<ItemError>) {
        let mut succeeded: BTreeSet<String> = succeeded.into_iter().collect();
        let mut failed: BTreeMap<String, ItemError> =
            failed.into_iter().map(|error| (error.file_id.clone(), error)).collect();
        for id in ids {
            let is_done = succeeded.remove(&id);
            if let Some(error) = failed.remove(&id) {
                self.outcome.failed.push(FailedFile { id, reason: FailureReason::File(error) });
                self.stop_after_error();
            } else if is_done {
                self.outcome.succeeded.push(id);
            } else {
                self.outcome.unknown.push(UnknownFile { id, reason: UnknownReason::Unnamed });
                self.stop_after_error();
            }
        }
        self.outcome.unexpected.extend(succeeded.into_iter().chain(failed.into_keys()));
    }

    /// Sorts the files of a request that failed.
    fn sort_failed(&mut self, ids: Vec<String>, error: Error<T>) {
        let is_unknown = error.may_have_been_applied();
        let named: BTreeSet<&str> = match error.api() {
            Some(api) if api.is_not_found() => {
                api.missing_file_ids.iter().map(String::as_str).collect()
            }
            _ => BTreeSet::new(),
        };
        let (missing, rest): (Vec<_>, Vec<_>) =
            ids.into_iter().partition(|id| named.contains(id.as_str()));
        let repeats = self.skip_missing && !missing.is_empty();
        let error = Arc::new(error);
        if is_unknown {
            // An earlier attempt may have deleted what is missing now.
            self.set_unknown(missing, &error);
        } else {
            self.outcome.missing.extend(missing);
        }
        if repeats {
            if !rest.is_empty() {
                self.repeats.push_back(rest);
            }
            return;
        }
        self.stop_after_error();
        if is_unknown {
            self.set_unknown(rest, &error);
        } else {
            let failed = rest.into_iter().map(|id| {
                let reason = FailureReason::Request(Arc::clone(&error));
                FailedFile { id, reason }
            });
            self.outcome.failed.extend(failed);
        }
        self.outcome.failed_requests.push(error);
    }

    fn set_unknown(&mut self, ids: Vec<String>, error: &Arc<Error<T>>) {
        self.outcome.unknown.extend(ids.into_iter().map(|id| {
            let reason = UnknownReason::Request(Arc::clone(error));
            UnknownFile { id, reason }
        }));
    }

    fn end(&mut self) -> BatchOutcome<T> {
        self.is_over = true;
        let mut outcome = std::mem::take(&mut self.outcome);
        let interrupted = self.in_flight.drain().flatten();
        outcome
            .unknown
            .extend(interrupted.map(|id| UnknownFile { id, reason: UnknownReason::Finished }));
        outcome.not_sent = self.repeats.drain(..).flatten().chain(self.waiting.drain(..)).collect();
        outcome
    }
}

impl<E: Bulk, T> Machine for Batch<E, T> {
    type Request = E;
    type TransportError = T;
    type Item = Infallible;
    type Output = BatchOutcome<T>;

    fn poll(&mut self, _: Duration) -> FlowStep<E, Infallible, BatchOutcome<T>> {
        if self.is_over {
            return FlowStep::Done(BatchOutcome::polled_after_done());
        }
        if self.in_flight.has_room(self.concurrency) {
            if let Some(ids) = self.next_request() {
                let request = self.template.with_ids(ids.clone());
                return FlowStep::Send(self.in_flight.insert(ids), request);
            }
        }
        if self.in_flight.is_empty() { FlowStep::Done(self.end()) } else { FlowStep::Pending }
    }

    fn on_response(&mut self, _: Duration, key: RequestKey, response: Reply<E::Output>) {
        if let Some(ids) = self.in_flight.remove(key, &mut self.outcome.misuse) {
            let (succeeded, failed) = E::results(response.into_value());
            self.sort(ids, succeeded, failed);
        }
    }

    fn on_failure(&mut self, _: Duration, key: RequestKey, error: Error<T>) {
        if let Some(ids) = self.in_flight.remove(key, &mut self.outcome.misuse) {
            self.sort_failed(ids, error);
        }
    }

    fn limit_concurrency(&mut self, requests: usize) {
        self.in_flight.limit(requests);
    }

    fn finish(&mut self) -> BatchOutcome<T> {
        if self.is_over { BatchOutcome::polled_after_done() } else { self.end() }
    }
}

impl<E: Bulk, T> fmt::Debug for Batch<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("operation", &self.template.operation().id)
            .field("waiting", &self.waiting.len())
            .field("in_flight", &self.in_flight.len())
            .finish_non_exhaustive()
    }
}
