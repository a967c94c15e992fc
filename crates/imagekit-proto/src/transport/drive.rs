//! The loops around a call: the core decides, the transport sends and sleeps.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::Response;

use super::chunk_body::Hold;
use super::judge::judge;
use super::payload::{AsyncPayload, Payload};
use super::progress::{Timeouts, within};
use super::read_body::Sending;
use super::{AsyncTransport, Transport};
use crate::call::{Attempt, Call, Outcome, Step};
use crate::endpoint::Endpoint;
use crate::error::{Failure, FailureKind};

/// Sends the request of `call` over a blocking transport, with retries, and returns the decoded
/// response. The length of the payload is announced from here.
///
/// # Errors
///
/// As [`Error`](crate::Error) describes them.
pub fn drive<X: Transport, E: Endpoint>(
    transport: &X,
    call: Call<E, X::Error>,
    mut payload: Payload<'_>,
) -> Outcome<E::Output, X::Error> {
    let mut call = payload.announce(call);
    let now = transport.clock();
    loop {
        match call.poll(now()) {
            Step::Send(attempt) => match send(transport, attempt, &mut payload) {
                Ok(response) => call.on_response(now(), response),
                Err(failure) => call.on_failure(now(), failure),
            },
            Step::Sleep(wait) => transport.sleep(wait),
            Step::Done(outcome) => return outcome,
        }
    }
}

/// Sends the request of `call` over an async transport, with retries, and returns the decoded
/// response. The length of the payload is announced from here, and each attempt ends by its timeouts.
///
/// # Errors
///
/// As [`Error`](crate::Error) describes them.
pub async fn drive_async<X: AsyncTransport, E: Endpoint>(
    transport: &X,
    call: Call<E, X::Error>,
    mut payload: AsyncPayload,
) -> Outcome<E::Output, X::Error> {
    let mut call = payload.announce(call);
    let now = transport.clock();
    loop {
        // Taken apart before anything is awaited: a step can hold an outcome, which is large.
        let due = match call.poll(now()) {
            Step::Send(attempt) => Ok(attempt),
            Step::Sleep(wait) => Err(wait),
            Step::Done(outcome) => return outcome,
        };
        match due {
            Ok(attempt) => match send_async(transport, &now, attempt, &mut payload).await {
                Ok(response) => call.on_response(now(), response),
                Err(failure) => call.on_failure(now(), failure),
            },
            Err(wait) => transport.sleep(wait).await,
        }
    }
}

type Sent<T> = Result<Response<Bytes>, Failure<T>>;

fn send<X: Transport>(
    transport: &X,
    attempt: Attempt,
    payload: &mut Payload<'_>,
) -> Sent<X::Error> {
    let payload = payload.open().map_err(of_payload)?;
    let (attempt, body) = attempt.take_body();
    let mut sending = Sending::new(body, payload);
    let result = transport.send(attempt.with_body(sending.body()));
    judge(result, sending.fate())
}

async fn send_async<X: AsyncTransport>(
    transport: &X,
    now: impl Fn() -> Duration,
    attempt: Attempt,
    payload: &mut AsyncPayload,
) -> Sent<X::Error> {
    let payload = payload.open().map_err(of_payload)?;
    let (attempt, body) = attempt.take_body();
    let timeouts = Timeouts { total: attempt.timeout, idle: attempt.idle_timeout };
    let (body, hold) = Hold::new(body, payload);
    let progress = body.progress();
    let exchange = transport.send(attempt.with_body(body));
    let result = within(transport, now, timeouts, &progress, exchange).await;
    judge(result, hold.fate())
}

fn of_payload<T: From<io::Error>>(error: io::Error) -> Failure<T> {
    Failure::new(FailureKind::Payload, error.into())
}
