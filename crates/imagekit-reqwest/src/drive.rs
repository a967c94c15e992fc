//! One call: the core decides, reqwest sends, the runtime sleeps.

use tokio::runtime::Handle;
use tokio::time::sleep;
#[cfg(feature = "tracing")]
use tracing::Instrument as _;

use crate::attempt::exchange;
use crate::clock::Clock;
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
    options: &CallOptions,
    payload: Option<&mut Payload>,
) -> impl Future<Output = Outcome<E::Output, TransportError>> {
    #[cfg(feature = "tracing")]
    {
        let span = call_span(endpoint.operation());
        run(shared, endpoint, options, payload, span.clone()).instrument(span)
    }
    #[cfg(not(feature = "tracing"))]
    run(shared, endpoint, options, payload)
}

async fn run<E: Endpoint>(
    shared: &Shared,
    endpoint: E,
    options: &CallOptions,
    payload: Option<&mut Payload>,
    #[cfg(feature = "tracing")] span: tracing::Span,
) -> Outcome<E::Output, TransportError> {
    let mut lent = if payload.is_none() { LentPayload::take(&endpoint) } else { None };
    let mut payload = payload.or_else(|| lent.as_mut().and_then(LentPayload::get));
    let mut call = begin(shared, endpoint, options.clone());
    #[cfg(feature = "tracing")]
    {
        call = call.with_span(&span);
    }
    if let Some(payload) = &mut payload {
        // Boxed, as all that only an upload awaits: see `exchange`.
        call = match Box::pin(payload.prepare()).await {
            Ok(len) if payload.is_once() => call.with_payload_once(len),
            Ok(len) => call.with_payload(len),
            Err(error) => call.not_begun(Failure::new(FailureKind::Payload, error)),
        };
    }
    let clock = Clock::start();
    let mut now = clock.began();
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
                    now = clock.now();
                    continue;
                }
            }
        };
        shared.pool.notice_closed(now).await;
        let exchanged = exchange(&shared.http, attempt, payload.as_deref_mut()).await;
        now = clock.now();
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

/// Creates the call.
fn begin<E: Endpoint>(
    shared: &Shared,
    endpoint: E,
    options: CallOptions,
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
    match prerequisites() {
        Ok(entropy) => begin(entropy),
        Err(error) => begin(0).not_begun(Failure::new(FailureKind::NotSent, error)),
    }
}

/// Returns fresh entropy, inside a runtime.
fn prerequisites() -> Result<u128, TransportError> {
    // Tokio's timers and reqwest would panic without a runtime.
    Handle::try_current().map_err(|_| TransportError::NoRuntime)?;
    entropy()
}
