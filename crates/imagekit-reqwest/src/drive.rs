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
use crate::proto::{Call, Config, Endpoint, Error, Outcome, RetryPolicy, Step};

/// Carries `endpoint` to its outcome.
pub(crate) async fn drive<E: Endpoint>(
    client: &reqwest::Client,
    config: &Config,
    pool: &Pool,
    endpoint: E,
    policy: &RetryPolicy,
    mut payload: Option<&mut Payload>,
) -> Outcome<E::Output, TransportError> {
    let entropy = match prerequisites() {
        Ok(entropy) => entropy,
        Err(error) => return Err(not_begun(&endpoint, FailureKind::NotSent, error)),
    };
    let mut call = Call::new(config, endpoint, policy.clone(), entropy);
    if payload.as_ref().is_some_and(|payload| payload.is_once()) {
        call = call.payload_once();
    }
    let clock = Instant::now();
    pool.notice_hang_ups(clock).await;
    let mut now = Duration::ZERO;
    loop {
        // Taken apart before anything is awaited: a step has room for an outcome, which is large.
        let attempt = {
            let due = match call.poll(now) {
                Step::Send(attempt) => Ok(attempt),
                Step::Sleep(wait) => Err(wait),
                Step::Done(outcome) => return outcome,
            };
            match due {
                Ok(attempt) => attempt,
                Err(wait) => {
                    sleep(wait).await;
                    now = clock.elapsed();
                    continue;
                }
            }
        };
        let exchanged = exchange(client, attempt, payload.as_deref_mut()).await;
        now = clock.elapsed();
        pool.heard_of(clock + now);
        match exchanged {
            Ok(response) => call.on_response(now, response),
            Err(failure) => call.on_failure(now, failure),
        }
    }
}

/// The outcome of a call that nothing was done for.
pub(crate) fn not_begun<E: Endpoint>(
    endpoint: &E,
    kind: FailureKind,
    error: TransportError,
) -> Error<TransportError> {
    Error::not_begun(endpoint.operation(), Failure::new(kind, error))
}

/// Fresh entropy, inside of a runtime.
fn prerequisites() -> Result<u128, TransportError> {
    // Tokio's timers and reqwest would panic without a runtime.
    Handle::try_current().map_err(|_| TransportError::NoRuntime)?;
    entropy()
}
