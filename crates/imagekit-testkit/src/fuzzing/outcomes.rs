//! Endpoints without a server behind them, and outcomes of their calls, for the machines of `flow`.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use imagekit_proto::error::{ApiError, Failure, FailureKind, ItemError};
use imagekit_proto::flow::{Bulk, Lookup, Paged, Pollable, Sighting, StartsJob};
use imagekit_proto::wire::Body;
use imagekit_proto::{
    BuildError, Call, CallOptions, Config, DecodeError, Endpoint, Error, Idempotency, Operation,
    Outcome, Reply, RequestContext, RetryPolicy, Step, decode,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// An error of a transport that has no error type.
pub(super) type TestError = Error<&'static str>;

/// An endpoint with any fields and any type of response.
#[derive(Debug)]
pub(super) struct Probe<R, O> {
    pub(super) request: R,
    output: PhantomData<O>,
}

impl<R, O> Probe<R, O> {
    pub(super) fn new(request: R) -> Self {
        Self { request, output: PhantomData }
    }
}

impl<R: Clone, O> Clone for Probe<R, O> {
    fn clone(&self) -> Self {
        Self::new(self.request.clone())
    }
}

impl<R, O: DeserializeOwned> Endpoint for Probe<R, O> {
    type Output = O;

    fn operation(&self) -> &'static Operation {
        PROBE
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(self.operation()).empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<O, DecodeError> {
        decode::json(response)
    }
}

const PROBE: &Operation =
    &Operation::new("probe", Method::POST, "/v1/probe", Idempotency::NonIdempotent, "");

/// A part of a list of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) skip: u64,
    pub(super) limit: Option<u32>,
}

/// A list of numbers.
pub(super) type Numbers = Probe<Span, Vec<u64>>;

impl Paged for Numbers {
    type Item = u64;

    const MAX_PAGE: u32 = 10;

    fn skipped(&self) -> u64 {
        self.request.skip
    }

    fn page_size(&self) -> Option<u32> {
        self.request.limit
    }

    fn page_at(&self, skip: u64, size: u32) -> Self {
        Self::new(Span { skip, limit: Some(size) })
    }

    fn item_id(item: &u64) -> Cow<'_, str> {
        Cow::Owned(item.to_string())
    }
}

/// Result for each file: the ids that succeeded, and those that failed.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Results {
    pub(super) succeeded: Vec<String>,
    pub(super) failed: Vec<String>,
}

/// An operation on three files at most.
pub(super) type Files = Probe<Vec<String>, Results>;

impl Bulk for Files {
    const MAX_IDS: usize = 3;

    fn ids(&self) -> &[String] {
        &self.request
    }

    fn with_ids(&self, ids: Vec<String>) -> Self {
        Self::new(ids)
    }

    fn results(output: Results) -> (Vec<String>, Vec<ItemError>) {
        let error = |id: String| {
            let json = serde_json::json!({ "fileId": id, "error": "broken" });
            serde_json::from_value(json).unwrap()
        };
        (output.succeeded, output.failed.into_iter().map(error).collect())
    }
}

/// The state of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum JobState {
    Pending,
    Complete,
    Partial,
}

impl Pollable for JobState {
    fn is_final(&self) -> bool {
        *self != Self::Pending
    }

    fn is_partial(&self) -> bool {
        *self == Self::Partial
    }
}

/// The status of the job with this number.
pub(super) type JobStatus = Probe<u64, JobState>;

/// Starts a job, and responds with its number.
pub(super) type StartJob = Probe<(), u64>;

impl StartsJob for StartJob {
    type Status = JobStatus;

    fn status_request(started: &u64) -> JobStatus {
        JobStatus::new(*started)
    }
}

/// A look-up: whether what it found is what was looked for, if it found anything.
pub(super) type Search = Probe<(), Option<bool>>;

impl Lookup for Search {
    type Found = bool;

    fn judge(found: Option<bool>) -> Sighting<bool> {
        match found {
            Some(true) => Sighting::Same(true),
            Some(false) => Sighting::Other(false),
            None => Sighting::Nothing,
        }
    }

    fn is_taken(error: &ApiError) -> bool {
        error.message.as_deref() == Some("taken")
    }
}

/// Creates what a [`Search`] looks for, and responds with its number.
pub(super) type Create = Probe<(), u64>;

/// Returns `value` as a successful call does.
pub(super) fn reply<O: Clone>(value: O) -> Reply<O> {
    match call(value, Idempotency::NonIdempotent, [Ok(Response::new(Bytes::new()))]) {
        Ok(reply) => reply,
        Err(error) => panic!("a success is an error: {error}"),
    }
}

/// Returns the error of a call that ends with this response.
pub(super) fn api_error(status: u16, body: &str, may_have_been_applied: bool) -> TestError {
    let mut response = Response::new(Bytes::copy_from_slice(body.as_bytes()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    if may_have_been_applied {
        let lost = Failure::new(FailureKind::Ambiguous, "lost");
        return error(Idempotency::Idempotent, [Err(lost), Ok(response)]);
    }
    error(Idempotency::NonIdempotent, [Ok(response)])
}

/// Returns the error of a call that ends with a 429 and its waiting time.
pub(super) fn busy(millis: u64) -> TestError {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert("X-RateLimit-Reset", millis.into());
    error(Idempotency::NonIdempotent, [Ok(response)])
}

/// Returns the error of a call whose request could not be sent.
pub(super) fn not_sent() -> TestError {
    Error::not_begun("probe", Failure::new(FailureKind::NotSent, "down"))
}

type Received = Result<Response<Bytes>, Failure<&'static str>>;

fn error<const N: usize>(idempotency: Idempotency, received: [Received; N]) -> TestError {
    match call((), idempotency, received) {
        Ok(_) => panic!("an error is a success"),
        Err(error) => error,
    }
}

/// Makes a call of one attempt for each element of `received`. Success decodes to `value`.
fn call<O: Clone, const N: usize>(
    value: O,
    idempotency: Idempotency,
    received: [Received; N],
) -> Outcome<O, &'static str> {
    let retry = RetryPolicy::default().max_attempts(N as u32);
    let options = CallOptions::default().retry(retry);
    let config = Config::new("private_fuzz_key").unwrap();
    let mut call = Call::new(&config, Fixed { value, idempotency }, options, 0);
    let (mut now, mut received) = (Duration::ZERO, received.into_iter());
    loop {
        match call.poll(now) {
            Step::Send(_) => match received.next() {
                Some(Ok(response)) => call.on_response(now, response),
                Some(Err(failure)) => call.on_failure(now, failure),
                None => panic!("more attempts than allowed"),
            },
            Step::Sleep(wait) => now += wait,
            Step::Done(outcome) => return outcome,
        }
    }
}

/// An endpoint that decodes each response to the same value.
struct Fixed<O> {
    value: O,
    idempotency: Idempotency,
}

impl<O: Clone> Endpoint for Fixed<O> {
    type Output = O;

    fn operation(&self) -> &'static Operation {
        PROBE
    }

    fn idempotency(&self) -> Idempotency {
        self.idempotency
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(self.operation()).empty()
    }

    fn decode(&self, _: &Response<Bytes>) -> Result<O, DecodeError> {
        Ok(self.value.clone())
    }
}
