//! Many calls, still no I/O: long lists, waiting for jobs, batches, rate limits.
//!
//! With an adapter this is a few lines. Each of these is a value that any client can drive:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs"));
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/drive.rs"));
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let client = Client::new();
//! use imagekit_proto::api::assets::ListAndSearchAssets;
//! use imagekit_proto::api::files::DeleteMultipleFiles;
//! use imagekit_proto::api::folders::MoveFolder;
//! use imagekit_proto::flow::{Batch, JobRun, Listing, WaitPolicy};
//! use imagekit_proto::search::AssetType;
//!
//! // Every file below a folder, page after page.
//! let below = ListAndSearchAssets::below("/sale", [AssetType::File])?;
//! let mut ids = Vec::new();
//! let end = drive(&client, Listing::new(below).concurrency(2), |asset| {
//!     ids.extend(asset.iter().filter_map(|asset| asset.as_file()).map(|file| file.file_id.clone()));
//! });
//! assert!(end.is_complete());
//!
//! // Delete any number of files, 100 a request.
//! let outcome = drive(&client, Batch::new(DeleteMultipleFiles::new(ids)), |_| {});
//! println!("{} deleted, {} failed", outcome.succeeded.len(), outcome.failed.len());
//!
//! // Move a folder, and wait until that is done.
//! let job = JobRun::new(MoveFolder::new("/sale", "/archive"), WaitPolicy::default());
//! let end = drive(&client, job, |_| {})?;
//! assert!(end.outcome.is_complete());
//! # Ok(())
//! # }
//! ```
//!
//! | machine | what it does | items | output |
//! | --- | --- | --- | --- |
//! | [`Listing`] | a long list, item by item; with read-ahead, resumable | items or errors | [`ListingEnd`] |
//! | [`Pages`] | the same, page by page | [`Page`]s or errors | [`ListingEnd`] |
//! | [`Wait`] | waits for the end of a job or purge | - | [`WaitOutcome`] |
//! | [`JobRun`] | starts a job and waits for its end | - | [`JobEnd`] |
//! | [`Batch`] | one operation on any number of files | - | [`BatchOutcome`] |
//! | [`CreateOnce`] | an upload that is safe to repeat | - | [`Created`] |
//! | [`SendAll`] | any endpoints, several at a time | [`Sent`] | [`SendAllEnd`] |
//!
//! Their calls stay below the account's rate limit when the client is [paced](crate::pace).
//!
//! # The driver
//!
//! All of them are a [`Machine`], so that a client needs one driver for all. This one is complete;
//! it sends one request at a time. (`Client` is any client whose `send` makes a whole call, with
//! retries.) A driver that sends several at a time differs in one arm: `Send` starts the call, and
//! `Sleep` and `Pending` wait until one of those in flight has ended.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs"));
#![doc = include_str!("../../examples/support/drive.rs")]
//! # fn main() {
//! #     use imagekit_proto::api::cache::PurgeCache;
//! #     use imagekit_proto::flow::{JobRun, WaitPolicy};
//! #     let job = JobRun::new(PurgeCache::new("https://ik.imagekit.io/demo/cat.jpg"), WaitPolicy::default());
//! #     assert!(drive(&Client::new(), job, |_| {}).unwrap().outcome.is_complete());
//! # }
//! ```
//!
//! # Rules that hold for every machine
//!
//! - The unit that is sent is an endpoint: a whole call with its retries, deadline and error.
//! - Several requests may be in flight, each under a [`RequestKey`]; at most as many as asked for,
//!   and one unless asked for more ([`SendAll`]: four).
//! - [`finish`](Machine::finish) ends a machine at any time; its output says what was not done and
//!   what may have been done.
//! - Nothing panics. A driver that polls after the end, or reports an outcome that nothing waits
//!   for, finds [`Misuse`](crate::error::Misuse) in the output.
//! - They know operations by the traits [`Paged`], [`Pollable`], [`StartsJob`], [`Bulk`] and
//!   [`Lookup`], and so drive endpoints of your own as well.

mod batch;
mod create_once;
mod job;
mod machine;
mod pages;
mod send_all;
mod traits;
mod wait;

#[cfg(test)]
mod debug_tests;
#[cfg(test)]
mod error_tests;
#[cfg(test)]
mod testing;

pub use batch::{Batch, BatchOutcome, FailedFile, FailureReason, UnknownFile, UnknownReason};
pub use create_once::{
    CreateOnce, CreateOnceError, CreateOnceRequest, CreateOnceResponse, CreateOnceResult, Created,
};
pub use job::{JobEnd, JobError, JobRequest, JobResponse, JobResult, JobRun};
pub use machine::{FlowStep, Machine, RequestKey};
pub use pages::{Listing, ListingEnd, Page, PageError, Pages, Position, StopReason};
pub use send_all::{SendAll, SendAllEnd, Sent};
pub use traits::{Bulk, Lookup, Paged, Pollable, Sighting, StartsJob};
pub use wait::{Wait, WaitError, WaitOutcome, WaitPolicy, WaitResult, WaitTimeout};
