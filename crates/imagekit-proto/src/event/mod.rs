//! What calls do, for metrics and traces.
//!
//! An adapter's client reports the events of all its calls to one function, `.on_event(..)` in its
//! builder. Of each call come [`Began`](EventKind::Began) first and [`Ended`](EventKind::Ended) last,
//! once each, whatever happens in between; a call whose future is dropped ends too, as
//! [`Cancelled`](CallEnd::Cancelled). Events hold no key, token, URL, header or body.
//!
//! ```
//! use std::sync::atomic::{AtomicU64, Ordering};
//! use std::sync::Arc;
//! use imagekit_proto::event::{CallEvent, EventKind, Observer};
//!
//! let retries = Arc::new(AtomicU64::new(0));
//! let counter = Arc::clone(&retries);
//! // What `.on_event(..)` takes.
//! let on_event = move |event: &CallEvent| match &event.kind {
//!     EventKind::Sending if event.attempt > 1 => {
//!         counter.fetch_add(1, Ordering::Relaxed);
//!     }
//!     EventKind::Ended { end, .. } => {
//!         println!("{} {}: {end} in {:?}", event.call, event.operation, event.elapsed);
//!     }
//!     _ => {}
//! };
//! # use imagekit_proto::{Call, CallOptions, Config, Step, api::files::GetFileDetails};
//! # let (config, endpoint) = (Config::new("private_abc")?, GetFileDetails::new("a"));
//! # let call = Call::<_, std::io::Error>::new(&config, endpoint, CallOptions::default(), 7);
//! # let mut call = call.with_observer(&Observer::new(on_event));
//! # let mut now = std::time::Duration::ZERO;
//! # loop {
//! #     match call.poll(now) {
//! #         Step::Send(_) => {
//! #             let response = http::Response::builder().status(503).body(Default::default())?;
//! #             call.on_response(now, response);
//! #         }
//! #         Step::Sleep(wait) => now += wait,
//! #         Step::Done(_) => break,
//! #     }
//! # }
//! # assert_eq!(retries.load(Ordering::Relaxed), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With the feature `tracing`, each call of an adapter's client is a span with the same facts: see
//! `call_span`.
//!
//! The function runs in the thread or task of the call, which waits for it; calls of several threads
//! run it at the same time. When it panics, the panic reaches the code that polls the call, which
//! is over then.

mod end;
mod observer;
#[cfg(feature = "tracing")]
mod span;

use std::time::Duration;

use http::{Method, StatusCode};

use crate::error::FailureKind;
use crate::meta::RateLimit;

pub use end::CallEnd;
pub(crate) use observer::Observed;
pub use observer::Observer;
#[cfg(feature = "tracing")]
pub use span::call_span;

/// Something that a call did.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CallEvent {
    /// The number of the call, from 1, which no other call of the same [`Observer`] has.
    pub call: u64,
    /// The operation's id, such as `get-file-details`.
    pub operation: &'static str,
    /// The number of the attempt, from 1; 0 before the first.
    pub attempt: u32,
    /// The time since the call began.
    pub elapsed: Duration,
    /// What the call did.
    pub kind: EventKind,
}

/// What a call did.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventKind {
    /// It began.
    #[non_exhaustive]
    Began {
        /// The method of its requests.
        method: Method,
    },
    /// It waits before the next attempt.
    #[non_exhaustive]
    Waiting {
        /// How long. A wait for the pace may turn out shorter or longer.
        wait: Duration,
        /// What for.
        reason: WaitReason,
    },
    /// It sends a request.
    Sending,
    /// It received a response.
    #[non_exhaustive]
    Response {
        /// The status.
        status: StatusCode,
        /// `x-ik-requestId`, by which ImageKit's support finds the request.
        request_id: Option<String>,
        /// The `X-RateLimit-*` headers, if the response has any.
        rate_limit: Option<RateLimit>,
        /// The time since the request was sent.
        took: Duration,
    },
    /// An attempt ended without a response.
    #[non_exhaustive]
    Failure {
        /// What the failure says about the request.
        failure: FailureKind,
        /// Whether a timeout ended the attempt.
        is_timeout: bool,
        /// The time since the request was sent.
        took: Duration,
    },
    /// It ended.
    #[non_exhaustive]
    Ended {
        /// How.
        end: CallEnd,
        /// How many requests were sent; attempts that found no connection do not count.
        attempts: u32,
        /// The status of the last response, unless a later attempt had none.
        status: Option<StatusCode>,
        /// `x-ik-requestId` of that response.
        request_id: Option<String>,
        /// Whether the operation may have taken effect on the server although the call did not end
        /// with its result. Never for a GET.
        may_have_been_applied: bool,
    },
}

/// What a call waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaitReason {
    /// The backoff of a retry.
    Backoff,
    /// The wait that the server asked for (`X-RateLimit-Reset`, `Retry-After`).
    ServerHint,
    /// Its turn under the rate limit: see [`pace`](crate::pace).
    Pace,
}

impl WaitReason {
    /// Returns it as a label of metrics: `backoff`, `server-hint`, `pace`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Backoff => "backoff",
            Self::ServerHint => "server-hint",
            Self::Pace => "pace",
        }
    }
}

impl std::fmt::Display for WaitReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
