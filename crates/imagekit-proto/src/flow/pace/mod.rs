//! Sending no faster than the account's rate limit allows.

mod options;
mod state;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::meta::Meta;

pub use options::{PaceOptions, Rate, RateClass};
pub use state::PaceState;

/// Decides when a request may be sent, so that a client stays below its account's rate limit.
///
/// An adapter asks before every attempt and reports every response. Of the callers of one class it
/// lets one at a time ask and sleep, and the others queue behind: so they are served in order, and a
/// hundred callers do not wake up for one permit. [`Pacer`] is the implementation for one process. Implement it yourself to share one limit between processes: no response says
/// what the others use, so they have to share a [`PaceState`]:
///
/// ```
/// use std::fs;
/// use std::path::PathBuf;
/// use std::time::{Duration, SystemTime};
/// use imagekit_proto::Meta;
/// use imagekit_proto::flow::{Pace, PaceOptions, PaceState, Permission, Permit, RateClass};
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
///     fn poll_permit(&mut self, _: Duration, class: RateClass) -> Permission {
///         self.update(|state, now| state.poll_permit(&self.options, now, class))
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
///     while let Permission::Granted(_) = pace.poll_permit(Duration::ZERO, RateClass::Write) {
///         granted += 1;
///     }
/// }
/// assert!(granted <= 3, "they share one limit");
/// # fs::remove_file(path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub trait Pace {
    /// Returns the permission to send one request of `class`, or how long to wait before asking
    /// again. `now` is a time on a monotonic clock of the caller.
    fn poll_permit(&mut self, now: Duration, class: RateClass) -> Permission;

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
    /// Ask again after this time. Another caller may be faster then.
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
/// use imagekit_proto::flow::{Pace, PaceOptions, Pacer, Permission, RateClass};
///
/// let mut pacer = Pacer::new(PaceOptions::default());
/// let Permission::Granted(permit) = pacer.poll_permit(Duration::ZERO, RateClass::Read) else {
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
///     match pacer.poll_permit(Duration::ZERO, RateClass::Read) {
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
    fn poll_permit(&mut self, now: Duration, class: RateClass) -> Permission {
        self.state.poll_permit(&self.options, now, class)
    }

    fn on_response(&mut self, now: Duration, permit: Permit, meta: &Meta) {
        self.state.on_response(&self.options, now, permit, meta);
    }
}
