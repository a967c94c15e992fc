//! What an operation offers so that it can be sent many times: for lists, waits, jobs and batches.

use std::borrow::Cow;

use crate::endpoint::Endpoint;
use crate::error::{ApiError, ItemError};

/// An operation that returns one page of a long list.
///
/// Driven by [`flow::Listing`](crate::flow::Listing).
pub trait Paged: Endpoint<Output = Vec<<Self as Paged>::Item>> + Sized {
    /// One entry of the list.
    type Item;

    /// The largest page that the API returns.
    const MAX_PAGE: u32;

    /// Returns how many items the request skips.
    fn skipped(&self) -> u64;

    /// Returns the size of a page, if the request sets one.
    fn page_size(&self) -> Option<u32>;

    /// Returns the request for another part of the same list: `size` items after the first `skip`.
    fn page_at(&self, skip: u64, size: u32) -> Self;

    /// Returns what identifies an item: the same text whenever the same item is listed. It shows
    /// that the list has changed between two pages.
    fn item_id(item: &Self::Item) -> Cow<'_, str>;
}

/// A response that says how far a job is.
///
/// Waited for by [`flow::Wait`](crate::flow::Wait).
pub trait Pollable {
    /// Returns whether the job has ended. A state that is not known to be final is not.
    fn is_final(&self) -> bool;

    /// Returns whether the job has ended with a part of the work not done.
    fn is_partial(&self) -> bool {
        false
    }
}

/// An operation that starts a job which takes longer than the request.
///
/// Started and waited for by [`flow::JobRun`](crate::flow::JobRun).
pub trait StartsJob: Endpoint {
    /// The operation that returns how far the job is.
    type Status: Endpoint<Output: Pollable> + Clone;

    /// Returns the request for the status of the job that `started` names.
    fn status_request(started: &Self::Output) -> Self::Status;
}

/// An operation that does one thing to a list of files of limited length.
///
/// A longer list is split by [`flow::Batch`](crate::flow::Batch).
pub trait Bulk: Endpoint + Sized {
    /// How many files one request may name.
    const MAX_IDS: usize;

    /// Returns the ids of the files.
    fn ids(&self) -> &[String];

    /// Returns the same request for other files.
    fn with_ids(&self, ids: Vec<String>) -> Self;

    /// Splits a response into the files that succeeded and those that failed.
    fn results(output: Self::Output) -> (Vec<String>, Vec<ItemError>);
}

/// An operation that looks for what another operation may have created.
///
/// Sent by [`flow::CreateOnce`](crate::flow::CreateOnce).
pub trait Lookup: Endpoint {
    /// What it finds.
    type Found;

    /// Judges a response.
    fn judge(output: Self::Output) -> Sighting<Self::Found>;

    /// Returns whether `error`, of the operation that creates, says that its place is taken.
    fn is_taken(error: &ApiError) -> bool;
}

/// What a [`Lookup`] found in the place of what another operation creates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a machine has to handle every case")]
pub enum Sighting<F> {
    /// What the operation creates.
    Same(F),
    /// Something else.
    Other(F),
    /// Nothing, or nothing yet: a search may find it later.
    Nothing,
}
