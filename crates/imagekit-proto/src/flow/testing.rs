//! Endpoints and outcomes without a wire, for the tests of all machines.

use std::any::Any;
use std::borrow::Cow;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::traits::{Bulk, Lookup, Paged, Pollable, Sighting, StartsJob};
use crate::decode;
use crate::endpoint::{Endpoint, Idempotency, Operation, RequestContext};
use crate::error::{
    ApiError, BuildError, DecodeError, Error, ErrorKind, Failure, FailureKind, ItemError,
};
use crate::meta::Meta;
use crate::reply::Reply;
use crate::wire::Body;

/// An error of a transport that has no error type.
pub(crate) type TestError = Error<&'static str>;

/// An endpoint that is its own description: its fields and the type of its response.
#[derive(Debug)]
pub(crate) struct Probe<R, O> {
    pub(crate) request: R,
    output: PhantomData<O>,
}

impl<R, O> Probe<R, O> {
    pub(crate) fn new(request: R) -> Self {
        Self { request, output: PhantomData }
    }
}

impl<R: Clone, O> Clone for Probe<R, O> {
    fn clone(&self) -> Self {
        Self::new(self.request.clone())
    }
}

impl<R: Any, O: DeserializeOwned> Endpoint for Probe<R, O> {
    type Output = O;

    fn operation(&self) -> &'static Operation {
        const PROBE: &Operation =
            &Operation::new("probe", Method::POST, "/v1/probe", Idempotency::NonIdempotent, "");
        PROBE
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(self.operation()).empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<O, DecodeError> {
        decode::json(response)
    }

    fn attachment(&self) -> Option<&dyn Any> {
        Some(&self.request)
    }
}

/// A part of a list of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Span {
    pub(crate) skip: u64,
    pub(crate) limit: Option<u32>,
}

/// A list of numbers.
pub(crate) type Numbers = Probe<Span, Vec<u64>>;

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

/// What was done to files: the ids that succeeded, and those that failed.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Results {
    pub(crate) succeeded: Vec<String>,
    pub(crate) failed: Vec<String>,
}

/// An operation on three files at most.
pub(crate) type Files = Probe<Vec<String>, Results>;

impl Bulk for Files {
    const MAX_IDS: usize = 3;

    fn ids(&self) -> &[String] {
        &self.request
    }

    fn with_ids(&self, ids: Vec<String>) -> Self {
        Self::new(ids)
    }

    fn results(output: Results) -> (Vec<String>, Vec<ItemError>) {
        let error = |id: String| ItemError {
            file_id: id,
            error: Some("broken".to_owned()),
            extra: serde_json::Map::new(),
        };
        (output.succeeded, output.failed.into_iter().map(error).collect())
    }
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum JobState {
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
pub(crate) type JobStatus = Probe<u64, JobState>;

/// Starts a job, and responds with its number.
pub(crate) type StartJob = Probe<(), u64>;

impl StartsJob for StartJob {
    type Status = JobStatus;

    fn status_request(started: &u64) -> JobStatus {
        JobStatus::new(*started)
    }
}

/// A look-up: whether what it found is what was looked for, if it found anything.
pub(crate) type Search = Probe<(), Option<bool>>;

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
pub(crate) type Create = Probe<(), u64>;

pub(crate) fn reply<O>(value: O) -> Reply<O> {
    let meta = Meta::of(&Response::new(()));
    Reply { value, meta, body: Bytes::new(), attempts: 1 }
}

/// An error of the API.
pub(crate) fn api_error(status: u16, body: &str, may_have_been_applied: bool) -> TestError {
    let mut response = Response::new(Bytes::copy_from_slice(body.as_bytes()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    let error = ApiError::of("probe", &response);
    Error::new("probe", 1, may_have_been_applied, ErrorKind::Api(Box::new(error)))
}

/// An error of the API that asks for a wait.
pub(crate) fn busy(millis: u64) -> TestError {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert("X-RateLimit-Reset", millis.into());
    let error = ApiError::of("probe", &response);
    Error::new("probe", 1, false, ErrorKind::Api(Box::new(error)))
}

/// A request that could not be sent.
pub(crate) fn not_sent() -> TestError {
    Error::not_begun("probe", Failure::new(FailureKind::NotSent, "down"))
}
