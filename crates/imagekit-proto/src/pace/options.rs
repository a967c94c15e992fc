//! What can be set about pacing.

use std::time::Duration;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::config::Server;
use crate::endpoint::Operation;

/// Requests that share a rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum RateClass {
    /// GET requests.
    Read,
    /// Everything that changes something, except uploads.
    Write,
    /// Uploads, which ImageKit does not limit.
    Upload,
}

impl RateClass {
    /// Returns the class of an operation.
    pub fn of(operation: &Operation) -> Self {
        if operation.server == Server::Upload {
            Self::Upload
        } else if operation.method == Method::GET {
            Self::Read
        } else {
            Self::Write
        }
    }
}

/// A number of requests in an interval.
///
/// ```
/// use std::time::Duration;
/// use imagekit_proto::pace::Rate;
///
/// assert_eq!(Rate::per_second(40), Rate::new(40, Duration::from_secs(1)));
/// let without_bursts = Rate::new(600, Duration::from_secs(60)).burst(1);
/// # let _ = without_bursts;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Rate {
    /// How many requests; 0 counts as 1.
    pub requests: u64,
    /// In which time; less than a millisecond counts as one.
    pub interval: Duration,
    /// How many of them may be sent at once after a rest. A tenth of `requests` by default, at
    /// least 2 and at most 10; 0 counts as 1.
    pub burst: u64,
}

impl Rate {
    /// Creates the rate of `requests` in each `interval`.
    pub fn new(requests: u64, interval: Duration) -> Self {
        Self { requests, interval, burst: (requests / 10).clamp(2, 10) }
    }

    /// Creates the rate of `requests` a second.
    pub fn per_second(requests: u64) -> Self {
        Self::new(requests, Duration::from_secs(1))
    }

    /// Sets how many requests may be sent at once after a rest.
    pub fn burst(mut self, requests: u64) -> Self {
        self.burst = requests;
        self
    }

    /// Returns the nanoseconds from one request to the next, when a `share` (in thousandths) of the
    /// rate is used.
    pub(super) fn spacing(&self, share: u64) -> u128 {
        let interval = self.interval.as_nanos().max(1_000_000);
        let requests = u128::from(self.requests.max(1)) * u128::from(share.max(1));
        interval.saturating_mul(1_000).div_ceil(requests)
    }
}

/// What can be set about pacing, for each class of requests.
///
/// ```
/// use imagekit_proto::pace::{PaceOptions, Rate, RateClass};
///
/// let options = PaceOptions::default()
///     .start(RateClass::Read, Rate::per_second(20)) // until a response has the limit
///     .limit(RateClass::Write, Rate::per_second(2)); // never more, whatever the limit is
/// # let _ = options;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaceOptions {
    starts: [Option<Rate>; 3],
    limits: [Option<Rate>; 3],
    pub(super) headroom_percent: u64,
    pub(super) max_pause: Duration,
}

/// Reads start at 40 a second and writes at 5, which is what accounts have been seen to get; uploads
/// are not paced. 3% of the limit stay unused, and no response stops a class for more than 30 s.
impl Default for PaceOptions {
    fn default() -> Self {
        Self {
            starts: [Some(Rate::per_second(40)), Some(Rate::per_second(5)), None],
            limits: [None; 3],
            headroom_percent: 3,
            max_pause: Duration::from_secs(30),
        }
    }
}

impl PaceOptions {
    /// Sets the rate to start with, until a response has the limit; `None` starts without one.
    pub fn start(mut self, class: RateClass, rate: impl Into<Option<Rate>>) -> Self {
        *slot(&mut self.starts, class) = rate.into();
        self
    }

    /// Sets a rate that is never exceeded, whatever limit the server announces; `None` is without one.
    pub fn limit(mut self, class: RateClass, rate: impl Into<Option<Rate>>) -> Self {
        *slot(&mut self.limits, class) = rate.into();
        self
    }

    /// Sets how much of the limit stays unused, in percent, at most 90; 3 by default. It makes up
    /// for requests that take more or less time to the server than the one before.
    pub fn headroom(mut self, percent: u8) -> Self {
        self.headroom_percent = u64::from(percent.min(90));
        self
    }

    /// Sets how long the headers of a response can stop a class; 30 s by default. A 429 that asks for
    /// more is taken for one that asks for this much, and a limit of less than one request in that
    /// time for one request: after it, a request finds out whether the server still means it.
    pub fn max_pause(mut self, time: Duration) -> Self {
        self.max_pause = time;
        self
    }

    /// Returns the rate of `class`, given the server's limit: the slowest of those that hold, with
    /// the smallest burst.
    pub(super) fn rate(&self, class: RateClass, learned: Option<Rate>) -> Option<Rate> {
        let [start, limit] = [&self.starts, &self.limits].map(|rates| *rate_of(rates, class));
        let rates = || learned.or(start).into_iter().chain(limit);
        let slowest = rates().max_by_key(|rate| rate.spacing(1_000))?;
        let burst = rates().map(|rate| rate.burst).min()?;
        Some(slowest.burst(burst))
    }
}

fn rate_of<R>([read, write, upload]: &[R; 3], class: RateClass) -> &R {
    match class {
        RateClass::Read => read,
        RateClass::Write => write,
        RateClass::Upload => upload,
    }
}

fn slot<R>([read, write, upload]: &mut [R; 3], class: RateClass) -> &mut R {
    match class {
        RateClass::Read => read,
        RateClass::Write => write,
        RateClass::Upload => upload,
    }
}
