//! What an operation must offer so that it can be sent many times: for pages, waits and batches.

use crate::endpoint::Endpoint;
use crate::error::ItemError;

/// An operation that answers with one page of a long list.
///
/// Driven by [`flow::Pages`](crate::flow::Pages).
pub trait Paged: Endpoint<Output = Vec<<Self as Paged>::Item>> + Sized {
    /// One entry of the list. Equality is how a server that repeats itself is found out.
    type Item: Clone + PartialEq;

    /// The largest page that the API gives.
    const MAX_PAGE: u32;

    /// How many items the request passes over.
    fn skipped(&self) -> u64;

    /// The size of a page, if the request says one.
    fn page_size(&self) -> Option<u32>;

    /// The same list from another place: `size` items after `skip`.
    fn page_at(&self, skip: u64, size: u32) -> Self;
}

/// An answer that says how far something has come.
///
/// Waited for by [`flow::Wait`](crate::flow::Wait).
pub trait Pollable {
    /// Whether this is the last word. A state that is not known to be final is not.
    fn is_final(&self) -> bool;
}

/// An operation that does one thing to a list of files, whose length is limited.
///
/// A longer list is split by [`flow::Batch`](crate::flow::Batch).
pub trait Bulk: Endpoint + Sized {
    /// How many files one request may name.
    const MAX_IDS: usize;

    /// The files.
    fn ids(&self) -> &[String];

    /// The same for other files.
    fn with_ids(&self, ids: Vec<String>) -> Self;

    /// The files that it was done to, and those that it was not done to.
    fn results(output: Self::Output) -> (Vec<String>, Vec<ItemError>);
}
