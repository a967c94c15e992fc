//! One thing done to more files than one request may name.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;

use super::Bulk;
use crate::error::ItemError;

/// Splits a long list of files into requests of the size that the API takes, and adds up what
/// came of each: no file is counted as done that an answer does not name.
///
/// A request that fails does not keep the next from being sent; to stop, call
/// [`finish`](Self::finish). `F` is the error of a whole request.
///
/// ```
/// use imagekit_proto::api::files::DeleteMultipleFiles;
/// use imagekit_proto::flow::{Batch, BatchStep};
/// use imagekit_proto::{Config, Endpoint, EndpointExt, RequestContext};
///
/// # let config = Config::new("private_abc")?;
/// # let mut sizes = Vec::new();
/// # let mut send = |endpoint: DeleteMultipleFiles| {
/// #     endpoint.build(&RequestContext::new(&config, 7)).map_err(|error| error.to_string())?;
/// #     sizes.push(endpoint.file_ids.len());
/// #     let body = serde_json::json!({"successfullyDeletedFileIds": endpoint.file_ids});
/// #     let response = http::Response::new(body.to_string().into());
/// #     endpoint.parse(&response).map_err(|error| error.to_string())
/// # };
/// let ids = (0..250).map(|number| format!("file{number}"));
/// let mut batch = Batch::new(DeleteMultipleFiles::new(ids));
/// let report = loop {
///     match batch.step() {
///         BatchStep::Send(endpoint) => match send(endpoint) {
///             Ok(answer) => batch.on_answer(answer),
///             Err(error) => batch.on_failure(error),
///         },
///         BatchStep::Done(report) => break report,
///     }
/// };
/// assert!(report.is_complete());
/// assert_eq!(report.succeeded.len(), 250);
/// # assert_eq!(sizes, [100, 100, 50]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "a batch does nothing until its steps are taken"]
pub struct Batch<E: Bulk, F> {
    /// The request without its files.
    template: E,
    size: usize,
    waiting: VecDeque<String>,
    /// The files of the request that has no answer yet.
    asked: Vec<String>,
    report: BatchReport<F>,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a driver has to handle every case")]
#[must_use = "what it says has to be done"]
pub enum BatchStep<E, F> {
    /// Send this and hand its result to [`Batch::on_answer`] or [`Batch::on_failure`]. Until then
    /// it is asked for again.
    Send(E),
    /// There is nothing left to send.
    Done(BatchReport<F>),
}

/// What became of each file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[must_use = "it may say that something was not done: see `is_complete`"]
pub struct BatchReport<F> {
    /// It was done to these.
    pub succeeded: Vec<String>,
    /// It was not done to these, and why.
    pub failed: Vec<ItemError>,
    /// The answer names these neither as done nor as failed.
    pub unmentioned: Vec<String>,
    /// These were in requests that failed as a whole.
    pub refused: Vec<RefusedRequest<F>>,
    /// There was no answer for these, because the batch was ended before.
    pub unanswered: Vec<String>,
}

/// A request that failed as a whole.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RefusedRequest<F> {
    /// Its files.
    pub ids: Vec<String>,
    /// Why it failed. It may have been applied all the same: the error tells.
    pub error: F,
}

impl<F> BatchReport<F> {
    /// Whether it was done to every file.
    pub fn is_complete(&self) -> bool {
        self.failed.is_empty()
            && self.unmentioned.is_empty()
            && self.refused.is_empty()
            && self.unanswered.is_empty()
    }
}

impl<F> Default for BatchReport<F> {
    fn default() -> Self {
        Self {
            succeeded: Vec::new(),
            failed: Vec::new(),
            unmentioned: Vec::new(),
            refused: Vec::new(),
            unanswered: Vec::new(),
        }
    }
}

impl<E: Bulk, F> Batch<E, F> {
    /// Does what `endpoint` does to its files, however many they are.
    pub fn new(endpoint: E) -> Self {
        Self {
            waiting: endpoint.ids().iter().cloned().collect(),
            template: endpoint.with_ids(Vec::new()),
            size: E::MAX_IDS.max(1),
            asked: Vec::new(),
            report: BatchReport::default(),
        }
    }

    /// Puts `size` files into a request, at least one and at most [`Bulk::MAX_IDS`].
    pub fn size(mut self, size: usize) -> Self {
        self.size = size.min(E::MAX_IDS).max(1);
        self
    }

    /// What comes next. After `Done` the report is empty.
    pub fn step(&mut self) -> BatchStep<E, F> {
        if self.asked.is_empty() {
            let count = self.size.min(self.waiting.len());
            self.asked = self.waiting.drain(..count).collect();
        }
        if self.asked.is_empty() {
            BatchStep::Done(std::mem::take(&mut self.report))
        } else {
            BatchStep::Send(self.template.with_ids(self.asked.clone()))
        }
    }

    /// The answer to what [`step`](Self::step) told to send. One that nobody asked for is
    /// ignored.
    pub fn on_answer(&mut self, answer: E::Output) {
        let mut asked = std::mem::take(&mut self.asked);
        if asked.is_empty() {
            return;
        }
        let (succeeded, failed) = E::results(answer);
        let named: BTreeSet<&str> = succeeded
            .iter()
            .map(String::as_str)
            .chain(failed.iter().map(|error| error.file_id.as_str()))
            .collect();
        asked.retain(|id| !named.contains(id.as_str()));
        self.report.unmentioned.extend(asked);
        self.report.succeeded.extend(succeeded);
        self.report.failed.extend(failed);
    }

    /// The failure of what [`step`](Self::step) told to send. Its files are not sent again.
    /// One that nobody asked for is ignored.
    pub fn on_failure(&mut self, error: F) {
        let ids = std::mem::take(&mut self.asked);
        if !ids.is_empty() {
            self.report.refused.push(RefusedRequest { ids, error });
        }
    }

    /// Ends the batch: what is neither sent nor answered is `unanswered`.
    pub fn finish(self) -> BatchReport<F> {
        let mut report = self.report;
        report.unanswered = self.asked.into_iter().chain(self.waiting).collect();
        report
    }
}

impl<E: Bulk, F> fmt::Debug for Batch<E, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("operation", &self.template.operation().id)
            .field("waiting", &self.waiting.len())
            .field("asked", &self.asked.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::Response;

    use super::*;
    use crate::api::files::{AddTagsBulk, BulkOutcome, UpdatedFiles};
    use crate::endpoint::EndpointExt as _;

    fn ids(range: std::ops::Range<u32>) -> Vec<String> {
        range.map(|number| number.to_string()).collect()
    }

    fn batch(count: u32) -> Batch<AddTagsBulk, &'static str> {
        Batch::new(AddTagsBulk::new(ids(0..count), ["t"]).extra("new", 1))
    }

    fn answer(body: &'static str) -> BulkOutcome<UpdatedFiles> {
        let response = Response::builder().status(207).body(Bytes::from(body)).unwrap();
        AddTagsBulk::new(["a"], ["t"]).parse(&response).unwrap()
    }

    fn sent(batch: &mut Batch<AddTagsBulk, &'static str>) -> AddTagsBulk {
        match batch.step() {
            BatchStep::Send(endpoint) => endpoint,
            BatchStep::Done(report) => panic!("{report:?}"),
        }
    }

    #[test]
    fn every_file_is_sent_once_and_the_rest_of_the_request_every_time() {
        for (count, sizes) in
            [(0, vec![]), (1, vec![1]), (50, vec![50]), (51, vec![50, 1]), (120, vec![50, 50, 20])]
        {
            let mut batch = batch(count);
            let mut all = Vec::new();
            for size in sizes {
                let endpoint = sent(&mut batch);
                assert_eq!(endpoint.file_ids.len(), size);
                assert_eq!((endpoint.tags.len(), endpoint.extra.len()), (1, 1));
                all.extend(endpoint.file_ids);
                batch.on_failure("down");
            }
            assert_eq!(all, ids(0..count));
            assert!(matches!(batch.step(), BatchStep::Done(_)));
        }
    }

    #[test]
    fn the_size_stays_within_the_limit() {
        for (size, first) in [(0, 1), (7, 7), (50, 50), (51, 50)] {
            assert_eq!(sent(&mut batch(60).size(size)).file_ids.len(), first);
        }
    }

    #[test]
    fn each_file_ends_in_one_list() {
        let mut batch = batch(7).size(3);
        sent(&mut batch);
        batch.on_answer(answer(
            r#"{"successfullyUpdatedFileIds":["0"],"errors":[{"fileId":"1","error":"e"}]}"#,
        ));
        sent(&mut batch);
        batch.on_failure("down");
        sent(&mut batch);
        batch.on_answer(answer(r#"{"successfullyUpdatedFileIds":["6"]}"#));
        let BatchStep::Done(report) = batch.step() else { panic!("all is sent") };
        assert!(!report.is_complete());
        assert_eq!(report.succeeded, ["0", "6"]);
        assert_eq!(report.failed[0].file_id, "1");
        assert_eq!(report.unmentioned, ["2"]);
        assert_eq!(report.refused, [RefusedRequest { ids: ids(3..6), error: "down" }]);
        assert_eq!(report.unanswered, ids(0..0));
    }

    #[test]
    fn one_list_is_enough_to_be_incomplete() {
        let body = r#"{"successfullyUpdatedFileIds":["0"]}"#;
        let mut complete = batch(1);
        sent(&mut complete);
        complete.on_answer(answer(body));
        let BatchStep::Done(report) = complete.step() else { panic!("all is sent") };
        assert!(report.is_complete());

        let mut unmentioned = batch(2);
        sent(&mut unmentioned);
        unmentioned.on_answer(answer(body));
        assert!(!unmentioned.finish().is_complete());

        let mut refused = batch(1);
        sent(&mut refused);
        refused.on_failure("down");
        assert!(!refused.finish().is_complete());

        assert!(!batch(1).finish().is_complete());
    }

    #[test]
    fn what_is_in_flight_at_the_end_is_unanswered() {
        let mut batch = batch(5).size(2);
        sent(&mut batch);
        batch.on_answer(answer(r#"{"successfullyUpdatedFileIds":["0","1"]}"#));
        let again = sent(&mut batch);
        assert_eq!(sent(&mut batch), again);
        assert_eq!(batch.finish().unanswered, ids(2..5));
    }

    #[test]
    fn answers_that_nobody_asked_for_are_ignored() {
        let mut batch = batch(1);
        batch.on_answer(answer(r#"{"successfullyUpdatedFileIds":["x"]}"#));
        batch.on_failure("down");
        assert_eq!(batch.finish(), BatchReport { unanswered: ids(0..1), ..BatchReport::default() });
    }
}
