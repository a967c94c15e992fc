//! Points in time as the API spells them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A point in time, kept exactly as sent (ISO 8601 such as `2024-05-06T07:08:09.123Z`).
///
/// The core knows no calendar; with the feature `jiff`, `Timestamp::to_jiff` converts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// Wraps `text` without looking at it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The instant that the text names.
    ///
    /// # Errors
    ///
    /// When the text is not an ISO 8601 instant with an offset.
    ///
    /// ```
    /// use imagekit_proto::types::Timestamp;
    ///
    /// let instant = Timestamp::new("2024-05-06T07:08:09.123Z").to_jiff()?;
    /// assert_eq!(instant.as_millisecond(), 1_714_979_289_123);
    /// # Ok::<(), jiff::Error>(())
    /// ```
    #[cfg(feature = "jiff")]
    pub fn to_jiff(&self) -> Result<jiff::Timestamp, jiff::Error> {
        self.0.parse()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text)
    }
}
