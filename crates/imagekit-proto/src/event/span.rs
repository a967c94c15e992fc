//! The events of a call as a span of `tracing`.

use std::time::Duration;

use tracing::Span;
use tracing::field::Empty;

use super::{CallEvent, EventKind};
use crate::endpoint::Operation;

/// Returns the span of one call, named `call`, with the target `imagekit` and the level INFO.
///
/// Give it to the call with [`Call::with_span`](crate::Call::with_span), and let the call run in it:
/// blocking code enters it, async code instruments the future. Its fields are `operation` and
/// `method`, and once the call has ended `end`, `attempts`, `status`, `request_id`, `wait_ms` (the
/// time that it waited, in all) and `may_have_been_applied`. What the call does in between are events
/// in it, of the level DEBUG, with the facts of [`EventKind`].
pub fn call_span(operation: &Operation) -> Span {
    tracing::info_span!(
        target: "imagekit",
        "call",
        operation = operation.id,
        method = operation.method.as_str(),
        end = Empty,
        attempts = Empty,
        status = Empty,
        request_id = Empty,
        wait_ms = Empty,
        may_have_been_applied = Empty,
    )
}

/// Writes the events of a call to its span.
pub(super) struct Recorder {
    span: Span,
    /// When the wait began that goes on.
    waits_since: Option<Duration>,
    waited: Duration,
}

impl Recorder {
    pub(super) fn new(span: Span) -> Self {
        Self { span, waits_since: None, waited: Duration::ZERO }
    }

    pub(super) fn record(&mut self, event: &CallEvent) {
        let CallEvent { attempt, elapsed, .. } = *event;
        match &event.kind {
            // The span has begun with it.
            EventKind::Began { .. } => {}
            EventKind::Waiting { wait, reason } => {
                self.end_wait(elapsed);
                self.waits_since = Some(elapsed);
                let (wait_ms, reason) = (millis(*wait), reason.as_str());
                tracing::debug!(
                    target: "imagekit", parent: &self.span, attempt, wait_ms, reason, "waiting"
                );
            }
            EventKind::Sending => {
                self.end_wait(elapsed);
                tracing::debug!(target: "imagekit", parent: &self.span, attempt, "sending");
            }
            EventKind::Response { status, request_id, took, .. } => {
                let (status, took_ms) = (status.as_u16(), millis(*took));
                let request_id = request_id.as_deref();
                tracing::debug!(
                    target: "imagekit", parent: &self.span, attempt, status, request_id, took_ms,
                    "response"
                );
            }
            EventKind::Failure { failure, is_timeout, took } => {
                let (is_timeout, took_ms) = (*is_timeout, millis(*took));
                tracing::debug!(
                    target: "imagekit", parent: &self.span, attempt, %failure, is_timeout, took_ms,
                    "no response"
                );
            }
            EventKind::Ended { end, attempts, status, request_id, may_have_been_applied } => {
                self.end_wait(elapsed);
                self.span.record("end", end.as_str());
                self.span.record("attempts", attempts);
                self.span.record("status", status.map(|status| status.as_u16()));
                self.span.record("request_id", request_id.as_deref());
                self.span.record("wait_ms", millis(self.waited));
                self.span.record("may_have_been_applied", may_have_been_applied);
                let elapsed_ms = millis(elapsed);
                tracing::debug!(target: "imagekit", parent: &self.span, elapsed_ms, "ended");
            }
        }
    }

    fn end_wait(&mut self, now: Duration) {
        if let Some(since) = self.waits_since.take() {
            self.waited = self.waited.saturating_add(now.saturating_sub(since));
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
