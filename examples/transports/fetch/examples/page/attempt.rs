//! One attempt of the case table, whose server, clock and retries are outside of the page.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use std::{error, io};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Method, Request, Response};
use imagekit_proto::error::Failure;
use imagekit_proto::transport::{AsyncPayload, AsyncTransport, ChunkBody, drive_async};
use imagekit_proto::wire::Body;
use imagekit_proto::{
    Attempt, BuildError, Call, CallOptions, Config, DecodeError, Endpoint, Idempotency, Operation,
    RequestContext, RetryPolicy,
};
use js_sys::Promise;
use serde_json::{Value, json};
use transport_fetch::Fetch;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

/// Sends the request that `job` describes, with this body, and returns a description of its response or failure;
/// nothing if `stop` comes first.
///
/// # Errors
///
/// The job is not one.
#[wasm_bindgen]
pub async fn attempt(job: String, body: Vec<u8>, stop: Promise) -> Result<Option<String>, String> {
    let mut result = pin!(send(&job, body.into()));
    let mut stop = JsFuture::from(stop);
    poll_fn(|cx| match result.as_mut().poll(cx) {
        Poll::Ready(Ok(result)) => Poll::Ready(Ok(Some(result.to_string()))),
        Poll::Ready(Err(error)) => Poll::Ready(Err(error.to_string())),
        Poll::Pending => pin!(&mut stop).poll(cx).map(|_| Ok(None)),
    })
    .await
}

async fn send(job: &str, bytes: Bytes) -> Result<Value, Box<dyn error::Error>> {
    let job: Value = serde_json::from_str(job)?;
    let text = |name: &str| job[name].as_str().unwrap_or_default();
    let mut request = Request::builder().method(text("method")).uri(text("url"));
    for header in job["headers"].as_array().into_iter().flatten() {
        let part = |index: usize| header[index].as_str().unwrap_or_default();
        request = request.header(part(0), part(1));
    }
    let body = match bytes.len() as u64 {
        0 => Body::empty(),
        len => Body::external(Bytes::new(), len, Bytes::new()),
    };
    let payload = if bytes.is_empty() { AsyncPayload::none() } else { AsyncPayload::bytes(bytes) };
    let options = CallOptions::default()
        .retry(RetryPolicy::default().max_attempts(1))
        .attempt_timeout(None)
        .idle_timeout(None)
        .max_response(job["maxResponse"].as_u64().unwrap_or_default());
    let raw = Raw(RefCell::new(Some(request.body(body)?)));
    let recorder = Recorder::default();
    let call = Call::new(&Config::without_key(), raw, options, 0);
    let outcome = drive_async(&recorder, call, payload).await;
    Ok(match recorder.0.into_inner() {
        Some(recorded) => recorded,
        None => return Err(outcome.err().map_or("nothing was sent".into(), Into::into)),
    })
}

/// An endpoint whose request is given.
struct Raw(RefCell<Option<Request<Body>>>);

static RAW: Operation = Operation::new("raw", Method::POST, "/", Idempotency::NonIdempotent, "");

impl Endpoint for Raw {
    type Output = ();

    fn operation(&self) -> &'static Operation {
        &RAW
    }

    fn build(&self, _: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        self.0.borrow_mut().take().ok_or(BuildError::PayloadMissing)
    }

    fn decode(&self, _: &Response<Bytes>) -> Result<(), DecodeError> {
        Ok(())
    }
}

/// Describes what `fetch` made of the attempt.
#[derive(Default)]
struct Recorder(RefCell<Option<Value>>);

impl AsyncTransport for Recorder {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        Fetch.clock()
    }

    async fn sleep(&self, wait: Duration) {
        Fetch.sleep(wait).await;
    }

    async fn send(
        &self,
        attempt: Attempt<ChunkBody>,
    ) -> Result<Response<Bytes>, Failure<io::Error>> {
        let result = Fetch.send(attempt).await;
        *self.0.borrow_mut() = Some(match &result {
            Ok(response) => {
                let headers = response.headers().iter();
                let headers = headers.map(|(name, value)| {
                    json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())])
                });
                json!({
                    "status": response.status().as_u16(),
                    "headers": headers.collect::<Vec<_>>(),
                    "body": STANDARD.encode(response.body()),
                })
            }
            Err(failure) => {
                json!({ "kind": format!("{:?}", failure.kind), "error": failure.source.to_string() })
            }
        });
        result
    }
}
