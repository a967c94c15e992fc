//! One call: the core decides, ureq sends, the thread sleeps.

use std::convert::Infallible;
use std::thread;
use std::time::Duration;

use crate::attempt::exchange;
use crate::body::Watch;
use crate::clock::now;
use crate::entropy::entropy;
use crate::error::TransportError;
use crate::payload::Payload;
use crate::proto::error::{Failure, FailureKind};
#[cfg(feature = "tracing")]
use crate::proto::event::call_span;
use crate::proto::transport::LentPayload;
use crate::proto::{Call, CallOptions, Endpoint, Outcome, Step};
use crate::shared::Shared;

/// Sends the request of `endpoint`, with retries, and returns the decoded response.
pub(crate) fn drive<E: Endpoint>(
    shared: &Shared,
    endpoint: E,
    options: CallOptions,
    payload: Option<&mut Payload<'_>>,
) -> Outcome<E::Output, TransportError> {
    let sleep = |time| {
        thread::sleep(time);
        Ok::<(), Infallible>(())
    };
    match drive_with(shared, endpoint, options, payload, sleep) {
        Ok(outcome) => outcome,
        Err(never) => match never {},
    }
}

/// Does the same with another `sleep`, whose error ends the call. It is asked before each step too,
/// with zero: a call that ends takes no permit.
pub(crate) fn drive_with<E: Endpoint, S>(
    shared: &Shared,
    endpoint: E,
    options: CallOptions,
    payload: Option<&mut Payload<'_>>,
    sleep: impl Fn(Duration) -> Result<(), S>,
) -> Result<Outcome<E::Output, TransportError>, S> {
    if payload.is_some() {
        return run(shared, endpoint, options, payload, sleep);
    }
    let mut lent = LentPayload::take(&endpoint);
    let payload = lent.as_mut().and_then(LentPayload::get);
    run(shared, endpoint, options, payload, sleep)
}

fn run<E: Endpoint, S>(
    shared: &Shared,
    endpoint: E,
    options: CallOptions,
    mut payload: Option<&mut Payload<'_>>,
    sleep: impl Fn(Duration) -> Result<(), S>,
) -> Result<Outcome<E::Output, TransportError>, S> {
    #[cfg(feature = "tracing")]
    let span = call_span(endpoint.operation());
    #[cfg(feature = "tracing")]
    let _entered = span.enter();
    let mut call = begin(shared, endpoint, options, payload.as_deref());
    #[cfg(feature = "tracing")]
    {
        call = call.with_span(&span);
    }
    loop {
        sleep(Duration::ZERO)?;
        let watch = payload.as_ref().map(|payload| payload.watch());
        if watch.is_some_and(Watch::is_cancelled) {
            call.cancel(now(), TransportError::Cancelled);
        }
        match call.poll(now()) {
            Step::Send(attempt) => match exchange(&shared.agent, attempt, payload.as_deref_mut()) {
                Ok(response) => call.on_response(now(), response),
                Err(Failure {
                    kind: FailureKind::NotSent,
                    source: source @ TransportError::Cancelled,
                    ..
                }) => call.cancel(now(), source),
                Err(failure) => call.on_failure(now(), failure),
            },
            Step::Sleep(wait) => match watch {
                Some(watch) => watch.sleep(wait, &sleep)?,
                None => sleep(wait)?,
            },
            Step::Done(outcome) => return Ok(outcome),
        }
    }
}

/// Creates the call, with the length of its payload.
fn begin<E: Endpoint>(
    shared: &Shared,
    endpoint: E,
    options: CallOptions,
    payload: Option<&Payload<'_>>,
) -> Call<E, TransportError> {
    let begin = |entropy| {
        let mut call = Call::new(&shared.config, endpoint, options, entropy);
        if let Some(pace) = &shared.pace {
            call = call.with_pace(pace);
        }
        if let Some(observer) = &shared.observer {
            call = call.with_observer(observer);
        }
        call
    };
    let call = match entropy() {
        Ok(entropy) => begin(entropy),
        Err(error) => return begin(0).not_begun(Failure::new(FailureKind::NotSent, error)),
    };
    match payload.map(|payload| (payload.len(), payload.is_once())) {
        None => call,
        Some((Ok(len), true)) => call.with_payload_once(len),
        Some((Ok(len), false)) => call.with_payload(len),
        Some((Err(error), _)) => call.not_begun(Failure::new(FailureKind::Payload, error)),
    }
}
