//! One exchange: a request out, a response in.

use std::io::{self, Read};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use ureq::{Agent, SendBody};

use crate::classify::classify;
use crate::error::TransportError;
use crate::payload::Payload;
use crate::proto::Attempt;
use crate::proto::error::{Failure, FailureKind};
use crate::proto::wire::Body;

type Exchanged = Result<Response<Bytes>, Failure<TransportError>>;

/// Response bodies up to this size are allocated in one piece when their length is announced.
const ALLOCATED_AT_ONCE: u64 = 4 << 20;

/// A timeout as ureq takes it: it adds it to a clock, which must not overflow.
pub(crate) fn bounded(timeout: Option<Duration>) -> Option<Duration> {
    timeout.filter(|timeout| timeout.as_secs() < 1 << 32)
}

/// Sends the request of `attempt` and reads the whole response.
pub(crate) fn exchange(
    agent: &Agent,
    attempt: Attempt,
    payload: Option<&mut Payload<'_>>,
) -> Exchanged {
    let Attempt { request, timeout, max_response, .. } = attempt;
    let (parts, body) = request.into_parts();
    check(&body, payload.as_deref()).map_err(of_payload)?;

    let timeout = bounded(timeout);
    let answer = match body.as_bytes().cloned() {
        Some(bytes) if bytes.is_empty() => {
            run(agent, Request::from_parts(parts, SendBody::none()), timeout)
        }
        Some(bytes) => {
            let body = &mut &bytes[..];
            run(agent, Request::from_parts(parts, SendBody::from_reader(body)), timeout)
        }
        None => {
            let payload: Box<dyn Read + '_> = match payload {
                Some(payload) => payload.open().map_err(of_payload)?,
                None => Box::new(io::empty()),
            };
            let mut body = Watched { body: body.into_reader(payload), failure: None };
            let request = Request::from_parts(parts, SendBody::from_reader(&mut body));
            let answer = run(agent, request, timeout);
            if let Some(error) = body.failure {
                return Err(of_payload(TransportError::Payload(error)));
            }
            answer
        }
    };
    receive(answer.map_err(classify)?, max_response)
}

/// A request is sent only with the payload it announces.
fn check(body: &Body, payload: Option<&Payload<'_>>) -> Result<(), TransportError> {
    match (body.external_len(), payload) {
        (None, None) => Ok(()),
        (Some(_), None) => Err(TransportError::PayloadMissing),
        (None, Some(_)) => Err(TransportError::PayloadUnused),
        (Some(announced), Some(payload)) => match payload.announced_len()? {
            supplied if supplied == announced => Ok(()),
            supplied => Err(TransportError::PayloadLen { announced, supplied }),
        },
    }
}

fn of_payload(error: TransportError) -> Failure<TransportError> {
    Failure::new(FailureKind::Payload, error)
}

fn run(
    agent: &Agent,
    request: Request<SendBody<'_>>,
    timeout: Option<Duration>,
) -> Result<Response<ureq::Body>, ureq::Error> {
    // Most attempts have the timeout that the agent has: they cost no configuration of their own.
    if timeout == agent.config().timeouts().global {
        agent.run(request)
    } else {
        agent.run(agent.configure_request(request).timeout_global(timeout).build())
    }
}

fn receive(response: Response<ureq::Body>, limit: u64) -> Exchanged {
    let (parts, body) = response.into_parts();
    let announced = body.content_length();
    let too_large =
        || Failure::new(FailureKind::TooLarge, TransportError::TooLarge { limit, announced });
    if announced.is_some_and(|announced| announced > limit) {
        return Err(too_large());
    }
    let expected = announced.unwrap_or_default().min(ALLOCATED_AT_ONCE);
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
    body.into_reader()
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| classify(error.into()))?;
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    Ok(Response::from_parts(parts, bytes.into()))
}

/// A body whose failure is kept: to ureq it looks like one of the connection's.
struct Watched<R> {
    body: R,
    failure: Option<io::Error>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.body.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    return Err(io::Error::other("the payload failed"));
                }
                read => return read,
            }
        }
    }
}
