//! Sending no faster than the account's rate limit allows.
//!
//! A client of an adapter is paced with one line, `.pace(PaceOptions::default())` in its builder. Each
//! attempt of its calls then waits for its turn, in the order in which they ask, whichever clone of
//! the client sends it and for whatever machine of [`flow`](crate::flow). Reads, writes and uploads
//! have limits of their own ([`RateClass`]).
//!
//! With another transport, give the same [`SharedPace`] to each call, and the same clock; the loop
//! around it stays as it is:
//!
//! ```
//! use std::time::Duration;
//! use imagekit_proto::api::files::GetFileDetails;
//! use imagekit_proto::pace::{PaceOptions, Rate, RateClass, SharedPace};
//! use imagekit_proto::{Call, CallOptions, Config, Step};
//!
//! let config = Config::new("private_abc")?;
//! let once_a_second = Rate::per_second(1).burst(1);
//! let options = PaceOptions::default().headroom(0).limit(RateClass::Read, once_a_second);
//! let pace = SharedPace::from(options);
//! let details = || {
//!     let endpoint = GetFileDetails::new("598821f949c0a938d57563bd");
//!     Call::<_, std::io::Error>::new(&config, endpoint, CallOptions::default(), 7).with_pace(&pace)
//! };
//!
//! let (mut first, mut second) = (details(), details());
//! assert!(matches!(first.poll(Duration::ZERO), Step::Send(_)));
//! let Step::Sleep(wait) = second.poll(Duration::ZERO) else { unreachable!() };
//! assert_eq!(wait, Duration::from_secs(1));
//! assert!(matches!(second.poll(wait), Step::Send(_)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Rules
//!
//! - A call whose turn comes after its deadline, as things stand, ends at once with
//!   [`PermitTooLate`](crate::ErrorKind::PermitTooLate); a request that cannot be built ends before
//!   it waits.
//! - A call that is dropped while it waits leaves the queue and costs no permit. One that is kept but
//!   not polled when its turn comes is passed over until it is polled again.
//! - After a 429 the class pauses as long as `X-RateLimit-Reset` says, at most
//!   [`max_pause`](PaceOptions::max_pause), and slows down. So does it after the 429 of a call that
//!   is never retried, such as a [`SingleUse`](crate::Idempotency::SingleUse) one.
//! - Nothing is locked while a call waits.

mod options;
mod queue;
mod state;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::meta::Meta;

pub use options::{PaceOptions, Rate, RateClass};
pub use queue::SharedPace;
pub(crate) use queue::{Asked, Turn};
pub use state::PaceState;

/// Decides when a request may be sent, so that a client stays below its account's rate limit.
///
/// A [`SharedPace`] asks before every attempt and reports every response. [`Pacer`] is the
/// implementation for one process. Implement it yourself to share one limit between processes: no
/// response says what the others use, so they have to share a [`PaceState`]. The methods are called
/// under a lock, in async code by a thread of the runtime: they should be quick.
///
/// ```
/// use std::fs;
/// use std::path::PathBuf;
/// use std::time::{Duration, SystemTime};
/// use imagekit_proto::Meta;
/// use imagekit_proto::pace::{Pace, PaceOptions, PaceState, Permission, Permit, RateClass};
///
/// /// Keeps the state in a file (a real one has to lock it).
/// struct FilePace {
///     path: PathBuf,
///     options: PaceOptions,
/// }
///
/// impl FilePace {
///     /// Loads the state, changes it and saves it. The time is one that all processes share.
///     fn update<R>(&self, change: impl FnOnce(&mut PaceState, Duration) -> R) -> R {
///         let text = fs::read_to_string(&self.path).unwrap_or_default();
///         let mut state: PaceState = serde_json::from_str(&text).unwrap_or_default();
///         let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
///         let result = change(&mut state, now);
///         let _ = fs::write(&self.path, serde_json::to_string(&state).unwrap_or_default());
///         result
///     }
/// }
///
/// impl Pace for FilePace {
///     fn poll_permit(&mut self, _: Duration, class: RateClass, ahead: usize) -> Permission {
///         self.update(|state, now| state.poll_permit(&self.options, now, class, ahead))
///     }
///
///     fn on_response(&mut self, _: Duration, permit: Permit, meta: &Meta) {
///         self.update(|state, now| state.on_response(&self.options, now, permit, meta));
///     }
/// }
///
/// let path = std::env::temp_dir().join(format!("pace-{}.json", std::process::id()));
/// let mut one = FilePace { path: path.clone(), options: PaceOptions::default() };
/// let mut other = FilePace { path: path.clone(), options: PaceOptions::default() };
/// let mut granted = 0;
/// for pace in [&mut one, &mut other] {
///     while let Permission::Granted(_) = pace.poll_permit(Duration::ZERO, RateClass::Write, 0) {
///         granted += 1;
///     }
/// }
/// assert!(granted <= 3, "they share one limit");
/// # fs::remove_file(path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub trait Pace {
    /// Returns the permission to send one request of `class`, or how long to wait before asking
    /// again. `now` is a time on a monotonic clock of the caller. `ahead` others have asked before
    /// and wait: grant nothing that is theirs.
    fn poll_permit(&mut self, now: Duration, class: RateClass, ahead: usize) -> Permission;

    /// Reports the response to the request that was sent with `permit`. A request without a
    /// response need not be reported.
    fn on_response(&mut self, now: Duration, permit: Permit, meta: &Meta);
}

/// Whether a request may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a driver has to handle every case")]
#[must_use = "without a permit, the request has to wait"]
pub enum Permission {
    /// Send one request now.
    Granted(Permit),
    /// Ask again after this time, when those ahead have been served as things stand.
    Sleep(Duration),
}

/// The permission to send one request: give it back with the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Permit {
    /// What kind of request.
    pub class: RateClass,
    /// When it was granted.
    pub at: Duration,
}

/// Paces the requests of one process: spaces them evenly, just below the rate limit that ImageKit
/// reports with each response.
///
/// Reads and writes are paced apart, uploads not at all, as ImageKit limits them. Until the first
/// response arrives, [`PaceOptions`] say how fast to start. After a 429 the class waits as long as
/// the server asks; when that happens although the pace keeps below the limit, because another
/// process uses the same account, the pace slows down and recovers step by step.
///
/// ```
/// use std::time::Duration;
/// use imagekit_proto::Meta;
/// use imagekit_proto::pace::{Pace, PaceOptions, Pacer, Permission, RateClass};
///
/// let mut pacer = Pacer::new(PaceOptions::default());
/// let Permission::Granted(permit) = pacer.poll_permit(Duration::ZERO, RateClass::Read, 0) else {
///     unreachable!("the first request need not wait")
/// };
/// let response = http::Response::builder()
///     .header("X-RateLimit-Limit", "600")
///     .header("X-RateLimit-Interval", "60000")
///     .body(())?;
/// pacer.on_response(Duration::ZERO, permit, &Meta::of(&response));
///
/// // From now on 10 requests a second, after a small burst.
/// let mut granted = 0;
/// let wait = loop {
///     match pacer.poll_permit(Duration::ZERO, RateClass::Read, 0) {
///         Permission::Granted(_) => granted += 1,
///         Permission::Sleep(wait) => break wait,
///     }
/// };
/// assert_eq!(granted, 9);
/// assert!(wait < Duration::from_millis(110));
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pacer {
    options: PaceOptions,
    state: PaceState,
}

impl Pacer {
    /// Creates a pacer that has seen no response yet.
    pub fn new(options: PaceOptions) -> Self {
        Self { options, state: PaceState::default() }
    }
}

impl Pace for Pacer {
    fn poll_permit(&mut self, now: Duration, class: RateClass, ahead: usize) -> Permission {
        self.state.poll_permit(&self.options, now, class, ahead)
    }

    fn on_response(&mut self, now: Duration, permit: Permit, meta: &Meta) {
        self.state.on_response(&self.options, now, permit, meta);
    }
}
