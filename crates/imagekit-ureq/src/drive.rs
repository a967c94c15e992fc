//! One call: the core decides, ureq sends, the thread sleeps.

use std::convert::Infallible;
use std::thread;
use std::time::{Duration, Instant};

use ureq::Agent;

use crate::attempt::exchange;
use crate::body::Watch;
use crate::entropy::entropy;
use crate::error::TransportError;
use crate::payload::Payload;
use crate::proto::error::{Failure, FailureKind};
use crate::proto::{Call, CallOptions, Config, Endpoint, Error, Outcome, Step};
use crate::upload::Lent;

/// Sends the request of `endpoint`, with retries, and returns the decoded response.
pub(crate) fn drive<E: Endpoint>(
    agent: &Agent,
    config: &Config,
    endpoint: E,
    options: CallOptions,
    payload: Option<&mut Payload<'_>>,
) -> Outcome<E::Output, TransportError> {
    let sleep = |time| {
        thread::sleep(time);
        Ok::<(), Infallible>(())
    };
    match drive_with(agent, config, endpoint, options, payload, sleep) {
        Ok(outcome) => outcome,
        Err(never) => match never {},
    }
}

/// Does the same with another `sleep`, whose error ends the call. It is asked before each attempt
/// too, with zero.
pub(crate) fn drive_with<E: Endpoint, S>(
    agent: &Agent,
    config: &Config,
    endpoint: E,
    options: CallOptions,
    payload: Option<&mut Payload<'_>>,
    sleep: impl Fn(Duration) -> Result<(), S>,
) -> Result<Outcome<E::Output, TransportError>, S> {
    if payload.is_some() {
        return run(agent, config, endpoint, options, payload, sleep);
    }
    let mut lent = Lent::take(&endpoint);
    let payload = lent.as_mut().and_then(Lent::payload);
    run(agent, config, endpoint, options, payload, sleep)
}

fn run<E: Endpoint, S>(
    agent: &Agent,
    config: &Config,
    endpoint: E,
    options: CallOptions,
    mut payload: Option<&mut Payload<'_>>,
    sleep: impl Fn(Duration) -> Result<(), S>,
) -> Result<Outcome<E::Output, TransportError>, S> {
    let mut call = match begin(config, endpoint, options, payload.as_deref()) {
        Ok(call) => call,
        Err(error) => return Ok(Err(error)),
    };
    let clock = Instant::now();
    loop {
        let watch = payload.as_ref().map(|payload| payload.watch());
        if watch.is_some_and(Watch::is_cancelled) {
            call.cancel(clock.elapsed(), TransportError::Cancelled);
        }
        match call.poll(clock.elapsed()) {
            Step::Send(attempt) => {
                sleep(Duration::ZERO)?;
                match exchange(agent, attempt, payload.as_deref_mut()) {
                    Ok(response) => call.on_response(clock.elapsed(), response),
                    Err(Failure {
                        kind: FailureKind::NotSent,
                        source: source @ TransportError::Cancelled,
                        ..
                    }) => call.cancel(clock.elapsed(), source),
                    Err(failure) => call.on_failure(clock.elapsed(), failure),
                }
            }
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
    config: &Config,
    endpoint: E,
    options: CallOptions,
    payload: Option<&Payload<'_>>,
) -> Result<Call<E, TransportError>, Error<TransportError>> {
    let operation = endpoint.operation().id;
    let not_begun = |kind, error| Error::not_begun(operation, Failure::new(kind, error));
    let entropy = entropy().map_err(|error| not_begun(FailureKind::NotSent, error))?;
    let call = Call::new(config, endpoint, options, entropy);
    let Some(payload) = payload else { return Ok(call) };
    let len = payload.len().map_err(|error| not_begun(FailureKind::Payload, error))?;
    Ok(if payload.is_once() { call.with_payload_once(len) } else { call.with_payload(len) })
}
