//! One call: the core decides, ureq sends, the thread sleeps.

use std::thread;
use std::time::Instant;

use ureq::Agent;

use crate::attempt::exchange;
use crate::entropy::entropy;
use crate::error::TransportError;
use crate::payload::Payload;
use crate::proto::error::{Failure, FailureKind};
use crate::proto::{Call, CallOptions, Config, Endpoint, Error, Outcome, Step};

/// Sends the request of `endpoint`, with retries, and returns the decoded response.
pub(crate) fn drive<E: Endpoint>(
    agent: &Agent,
    config: &Config,
    endpoint: E,
    options: CallOptions,
    mut payload: Option<Payload<'_>>,
) -> Outcome<E::Output, TransportError> {
    let operation = endpoint.operation().id;
    let not_begun = |kind, error| Error::not_begun(operation, Failure::new(kind, error));
    let entropy = entropy().map_err(|error| not_begun(FailureKind::NotSent, error))?;
    let mut call = Call::new(config, endpoint, options, entropy);
    if let Some(payload) = &payload {
        let len = payload.len().map_err(|error| not_begun(FailureKind::Payload, error))?;
        call = if payload.is_once() { call.with_payload_once(len) } else { call.with_payload(len) };
    }
    let clock = Instant::now();
    loop {
        match call.poll(clock.elapsed()) {
            Step::Send(attempt) => match exchange(agent, attempt, payload.as_mut()) {
                Ok(response) => call.on_response(clock.elapsed(), response),
                Err(failure) => call.on_failure(clock.elapsed(), failure),
            },
            Step::Sleep(wait) => thread::sleep(wait),
            Step::Done(outcome) => return outcome,
        }
    }
}
