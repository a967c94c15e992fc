//! Many calls, still no I/O: walk the pages of a list, wait until a job is done, split a long list.
//!
//! Each of these is a value that says what is needed next, an endpoint to send or a wait, and
//! takes what came of it. Nothing is sent ahead of need, so to stop is to ask no further.
//!
//! They know operations by what these say of themselves ([`Paged`](Paged),
//! [`Pollable`](Pollable), [`Bulk`](Bulk)), so they drive an endpoint of your own
//! as well. How a single request is sent and repeated is [`Call`](crate::Call)'s affair.

mod batch;
mod pages;
mod traits;
mod wait;

pub use batch::{Batch, BatchReport, BatchStep, RefusedRequest};
pub use pages::{PageStep, Pages};
pub use traits::{Bulk, Paged, Pollable};
pub use wait::{OutOfTime, Wait, WaitPolicy, WaitStep};
