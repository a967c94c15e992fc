//! One attempt: sends a request, reads the whole response.

use std::io::{self, Read};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use ureq::{Agent, SendBody};

use crate::body::Outgoing;
use crate::classify::classify;
use crate::connect::CutOff;
use crate::error::TransportError;
use crate::payload::Payload;
use crate::proto::Attempt;
use crate::proto::error::{Failure, FailureKind};

type Exchanged = Result<Response<Bytes>, Failure<TransportError>>;

/// A response body that is longer than this, in bytes, is read into [`ROOM`].
const LONG: u64 = 128 << 10;

/// Capacity for a long response body. glibc keeps as much memory as the largest piece that was
/// freed: with an exact allocation it returns the heap to the system at the end of every call,
/// and gets it back page by page in the next one, for 900 page faults with a list of 1,000 files.
const ROOM: usize = 4 << 20;

/// Returns a timeout as ureq takes it: it adds it to a clock, which must not overflow.
pub(crate) fn bounded(timeout: Option<Duration>) -> Option<Duration> {
    timeout.filter(|timeout| timeout.as_secs() < 1 << 32)
}

/// The timeouts of an attempt.
#[derive(Clone, Copy)]
struct Timeouts {
    total: Option<Duration>,
    idle: Option<Duration>,
}

/// Sends the request of `attempt` and reads the whole response.
pub(crate) fn exchange(
    agent: &Agent,
    attempt: Attempt,
    payload: Option<&mut Payload<'_>>,
) -> Exchanged {
    let Attempt { request, timeout, idle_timeout, max_response, .. } = attempt;
    let timeouts = Timeouts { total: bounded(timeout), idle: bounded(idle_timeout) };
    let (parts, body) = request.into_parts();
    let response = match body.as_bytes().cloned() {
        Some(bytes) if bytes.is_empty() => {
            run(agent, Request::from_parts(parts, SendBody::none()), timeouts)
        }
        Some(bytes) => {
            let body = &mut &bytes[..];
            run(agent, Request::from_parts(parts, SendBody::from_reader(body)), timeouts)
        }
        None => {
            let empty = || Box::new(io::empty());
            let (payload, watch): (Box<dyn Read + '_>, _) = match (body.external_len(), payload) {
                (Some(len), Some(payload)) => {
                    let (reader, watch) = payload.open(len).map_err(of_payload)?;
                    (reader, Some(watch))
                }
                _ => (empty(), None),
            };
            let mut body = Outgoing::new(body, payload, watch, timeouts.total);
            body.begin()?;
            let request = Request::from_parts(parts, SendBody::from_reader(&mut body));
            let response = run(agent, request, timeouts);
            body.into_failure().map_or(response, Err)
        }
    }?;
    receive(response, max_response)
}

fn of_payload(error: TransportError) -> Failure<TransportError> {
    Failure::new(FailureKind::Payload, error)
}

fn run(
    agent: &Agent,
    request: Request<SendBody<'_>>,
    timeouts: Timeouts,
) -> Result<Response<ureq::Body>, Failure<TransportError>> {
    CutOff::reset();
    let config = agent.config();
    let Timeouts { total, idle } = timeouts;
    // Most attempts have the timeouts that the agent has: they cost no configuration of their own.
    let response = if idle.is_none() && total == config.timeouts().global {
        agent.run(request)
    } else {
        let request = agent
            .configure_request(request)
            .timeout_global(total)
            .timeout_resolve(shorter(config.timeouts().resolve, idle))
            .timeout_connect(shorter(config.timeouts().connect, idle))
            .timeout_per_read(shorter(config.timeout_per_read(), idle))
            .timeout_per_write(shorter(config.timeout_per_write(), idle));
        agent.run(request.build())
    };
    let response = response.map_err(classify)?;
    let status = response.status();
    if status.is_success() && CutOff::happened() {
        let error = TransportError::EarlyResponse { status };
        return Err(Failure::new(FailureKind::Ambiguous, error));
    }
    Ok(response)
}

/// Returns the shorter one of two timeouts.
fn shorter(one: Option<Duration>, other: Option<Duration>) -> Option<Duration> {
    one.into_iter().chain(other).min()
}

fn receive(response: Response<ureq::Body>, limit: u64) -> Exchanged {
    let (parts, body) = response.into_parts();
    let announced = body.content_length();
    let too_large =
        || Failure::new(FailureKind::TooLarge, TransportError::TooLarge { limit, announced });
    if announced.is_some_and(|announced| announced > limit) {
        return Err(too_large());
    }
    let expected = usize::try_from(announced.unwrap_or_default().min(LONG)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(expected);
    let mut reader = body.into_reader().take(limit.saturating_add(1).min(LONG));
    reader.read_to_end(&mut bytes).map_err(|error| classify(error.into()))?;
    if bytes.len() as u64 == LONG {
        bytes.reserve(ROOM);
        reader.set_limit(limit.saturating_add(1).saturating_sub(LONG));
        reader.read_to_end(&mut bytes).map_err(|error| classify(error.into()))?;
    }
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    Ok(Response::from_parts(parts, bytes.into()))
}
