//! What a long list hands out: pages, positions, errors, its end.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Misuse};

/// One page of a list, without the items that were on the page before.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<I> {
    /// The items, in order; at least one.
    pub items: Vec<I>,
    /// The position behind this page: save it when you are done with the items.
    pub next: Position,
}

impl<I> IntoIterator for Page<I> {
    type Item = I;
    type IntoIter = std::vec::IntoIter<I>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

/// How far a list has been read: a small value to save, and to
/// [`resume`](super::Listing::resume) from later, also in another process.
///
/// It counts items from the start of the list, as the API does: what is added or deleted in between
/// shifts them.
///
/// ```
/// use imagekit_proto::flow::Position;
///
/// let position = Position::new(3_000);
/// let saved = serde_json::to_string(&position)?;
/// assert_eq!(saved, r#"{"offset":3000}"#);
/// assert_eq!(serde_json::from_str::<Position>(&saved)?, position);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Position {
    /// How many items of the list lie before this position.
    pub offset: u64,
    /// How many items are still wanted, if the number of items is limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remaining: Option<u64>,
}

impl Position {
    /// Creates the position behind the first `offset` items.
    pub fn new(offset: u64) -> Self {
        Self { offset, remaining: None }
    }
}

/// Why a page could not be handed out.
#[derive(Debug)]
#[non_exhaustive]
pub enum PageError<T> {
    /// The request failed. Polling on requests the page again, unless the same request can only
    /// fail again, the page has failed too often in a row, or the server wants more than 30 seconds
    /// to pass before ([`Error::retry_after`]).
    #[non_exhaustive]
    Request {
        /// Where the page begins: resume from here.
        position: Position,
        /// Why it failed.
        error: Box<Error<T>>,
    },
    /// Every item of a full page was on the page before: the server ignores the offset, or a whole
    /// page was added in front meanwhile. The listing ends.
    #[non_exhaustive]
    Repeated {
        /// Where the page begins.
        position: Position,
    },
}

impl<T> PageError<T> {
    /// Returns where the page begins.
    pub fn position(&self) -> Position {
        match self {
            Self::Request { position, .. } | Self::Repeated { position } => *position,
        }
    }

    /// Returns the error of the request, if one failed.
    pub fn request_error(&self) -> Option<&Error<T>> {
        match self {
            Self::Request { error, .. } => Some(error),
            Self::Repeated { .. } => None,
        }
    }
}

impl<T: fmt::Display> fmt::Display for PageError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = self.position().offset;
        match self {
            Self::Request { error, .. } => write!(f, "no page at offset {offset}, {error}"),
            Self::Repeated { .. } => write!(
                f,
                "the page at offset {offset} repeats the page before: list again while nothing is \
                 being added"
            ),
        }
    }
}

impl<T: std::error::Error + 'static> std::error::Error for PageError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.request_error()?.source()
    }
}

/// How a listing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListingEnd {
    /// The position behind the last item that was handed out.
    pub position: Position,
    /// How many items came twice and were handed out once. More than 0 means that the list changed
    /// meanwhile.
    pub repeated: u64,
    /// Why it ended.
    pub reason: StopReason,
    /// How the driver misused the machine, if it did.
    pub misuse: Option<Misuse>,
}

impl ListingEnd {
    /// Returns whether everything that was asked for has been handed out.
    pub fn is_complete(&self) -> bool {
        matches!(self.reason, StopReason::Complete | StopReason::MaxItems) && self.misuse.is_none()
    }
}

/// Why a listing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StopReason {
    /// The list has no more items.
    Complete,
    /// [`max_items`](super::Listing::max_items) items were handed out.
    MaxItems,
    /// A page failed for good.
    Failed,
    /// A page repeated the page before.
    Repeated,
    /// The driver called [`finish`](crate::flow::Machine::finish).
    Finished,
}
