//! Wall-clock time in whole Unix seconds.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Wall-clock time: whole seconds since 1970-01-01T00:00:00Z. In JSON it is a number of seconds.
///
/// Expiries and signatures need the wall clock, and this crate reads none: adapters and users pass
/// the time in. Any number of seconds is a `UnixTime`; the functions that take one refuse what they
/// cannot use.
///
/// ```
/// use imagekit_proto::types::UnixTime;
/// use std::time::{Duration, SystemTime};
///
/// let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
/// let now = UnixTime::from_secs(since_1970.as_secs());
///
/// assert!(now > UnixTime::from_secs(1_700_000_000));
/// assert_eq!(UnixTime::from_secs(1_700_000_000).to_string(), "1700000000");
/// # Ok::<(), std::time::SystemTimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[doc(alias = "timestamp")]
pub struct UnixTime(u64);

impl UnixTime {
    /// Creates a time from Unix seconds (not milliseconds).
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Returns the Unix seconds.
    pub const fn as_secs(self) -> u64 {
        self.0
    }

    /// Returns the time `duration` later, counting its whole seconds; `None` beyond `u64`.
    pub const fn checked_add(self, duration: Duration) -> Option<Self> {
        match self.0.checked_add(duration.as_secs()) {
            Some(seconds) => Some(Self(seconds)),
            None => None,
        }
    }
}

/// Prints the Unix seconds in decimal digits.
impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
