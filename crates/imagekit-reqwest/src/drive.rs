//! One call: the core decides, reqwest sends, the runtime sleeps.

use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use crate::attempt::exchange;
use crate::entropy::entropy;
use crate::error::TransportError;
use crate::payload::Payload;
use crate::pool::Pool;
use crate::proto::error::{Failure, FailureKind};
use crate::proto::{Call, CallOptions, Config, Endpoint, Error, Outcome, Step};
use crate::upload::Lent;

/// Sends the request of `endpoint`, with retries, and returns the decoded response.
pub(crate) async fn drive<E: Endpoint>(
    client: &reqwest::Client,
    config: &Config,
    pool: &Pool,
    endpoint: E,
    options: &CallOptions,
    payload: Option<&mut Payload>,
) -> Outcome<E::Output, TransportError> {
    let mut lent = if payload.is_none() { Lent::take(&endpoint) } else { None };
    let mut payload = payload.or_else(|| lent.as_mut().and_then(Lent::payload));
    let operation = endpoint.operation().id;
    let not_begun = |kind, error| Error::not_begun(operation, Failure::new(kind, error));
    let entropy = prerequisites().map_err(|error| not_begun(FailureKind::NotSent, error))?;
    let mut call = Call::new(config, endpoint, options.clone(), entropy);
    if let Some(payload) = &mut payload {
        // Boxed, as all that only an upload awaits: see `exchange`.
        let len = Box::pin(payload.prepare()).await;
        let len = len.map_err(|error| not_begun(FailureKind::Payload, error))?;
        call = if payload.is_once() { call.with_payload_once(len) } else { call.with_payload(len) };
    }
    let clock = Instant::now();
    let mut now = Duration::ZERO;
    loop {
        // Taken apart before anything is awaited: a step can hold an outcome, which is large.
        let attempt = {
            if payload.as_ref().is_some_and(|payload| payload.watch().is_cancelled()) {
                call.cancel(now, TransportError::Cancelled);
            }
            let due = match call.poll(now) {
                Step::Send(attempt) => Ok(attempt),
                Step::Sleep(wait) => Err(wait),
                Step::Done(outcome) => return outcome,
            };
            match due {
                Ok(attempt) => attempt,
                Err(wait) => {
                    match &payload {
                        Some(payload) => Box::pin(payload.watch().sleep(wait)).await,
                        None => sleep(wait).await,
                    }
                    now = clock.elapsed();
                    continue;
                }
            }
        };
        pool.notice_closed(clock + now).await;
        let exchanged = exchange(client, attempt, payload.as_deref_mut()).await;
        now = clock.elapsed();
        match exchanged {
            Ok(response) => call.on_response(now, response),
            Err(Failure {
                kind: FailureKind::NotSent,
                source: source @ TransportError::Cancelled,
                ..
            }) => call.cancel(now, source),
            Err(failure) => call.on_failure(now, failure),
        }
    }
}

/// Returns fresh entropy, inside a runtime.
fn prerequisites() -> Result<u128, TransportError> {
    // Tokio's timers and reqwest would panic without a runtime.
    Handle::try_current().map_err(|_| TransportError::NoRuntime)?;
    entropy()
}
