//! Transports of your own: what one implements, and the loops that drive a call over it.
//!
//! A transport sends one request and reads one response: [`Transport`] (blocking) or
//! [`AsyncTransport`]. [`drive`] and [`drive_async`] do the rest: retries, waits, payloads that are
//! opened again for each attempt, and what they say about the request when they fail.
//!
//! ```
//! use std::time::{Duration, Instant};
//! use std::{io, thread};
//! use bytes::Bytes;
//! use http::Response;
//! use imagekit_proto::api::files::GetFileDetails;
//! use imagekit_proto::error::Failure;
//! use imagekit_proto::transport::{Payload, ReadBody, Transport, drive};
//! use imagekit_proto::{Attempt, Call, CallOptions, Config};
//!
//! struct Canned;
//!
//! impl Transport for Canned {
//!     type Error = io::Error;
//!
//!     fn clock(&self) -> impl Fn() -> Duration {
//!         let start = Instant::now();
//!         move || start.elapsed()
//!     }
//!
//!     fn sleep(&self, wait: Duration) {
//!         thread::sleep(wait);
//!     }
//!
//!     fn send(&self, attempt: Attempt<ReadBody<'_>>) -> Result<Response<Bytes>, Failure<io::Error>> {
//!         assert_eq!(attempt.request.uri().path(), "/v1/files/598821f949c0a938d57563bd/details");
//!         Ok(imagekit_proto::operation::find("get-file-details").unwrap().sample_response())
//!     }
//! }
//!
//! let config = Config::new("private_abc")?;
//! let details = GetFileDetails::new("598821f949c0a938d57563bd");
//! let entropy = 0x5eed; // in a program: random bits, fresh for every call
//! let call = Call::new(&config, details, CallOptions::default(), entropy);
//! let file = drive(&Canned, call, Payload::none())?;
//! println!("{} is at {}", file.name, file.url);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a transport has to do
//!
//! - Send the method, the target and the headers of [`Attempt::request`](crate::Attempt) as they are,
//!   and add a `host` header and no other. `content-length` is there already: no chunked encoding.
//! - Send the whole body, once. Follow no redirect, retry nothing, decode no `content-encoding`.
//! - Return every final response, whatever its status, with its headers and its whole body:
//!   [`ResponseBody`] collects it.
//! - Fail with [`NotSent`](crate::error::FailureKind::NotSent) only when there was no connection, with
//!   `TooLarge` when the response is longer than `max_response`, otherwise with `Ambiguous`.
//! - Give up when `timeout` or `idle_timeout` runs out. In async code the driver does: it drops the
//!   future of the attempt. The transport reports its [`Progress`]: while it connects, and when bytes of
//!   the response arrive.
//!
//! The driver turns a failed payload into `Payload`, whatever the transport makes of it, and refuses a
//! success that comes before the transport has taken the whole body.
//!
//! The crate `imagekit-conformance` tests a transport: its table of cases names what is wrong. Its guide
//! [Bring your own transport] leads through one, step by step.
//!
//! [Bring your own transport]: https://docs.rs/imagekit-conformance/latest/imagekit_conformance/guide

mod chunk_body;
mod drive;
mod http1;
mod judge;
mod payload;
mod progress;
mod read_body;
mod response;
mod upload;

use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::Response;

use crate::call::Attempt;
use crate::error::Failure;

pub use chunk_body::ChunkBody;
pub use drive::{drive, drive_async};
pub use http1::{ResponseDecoder, request_head};
pub use payload::{AsyncPayload, Payload, chunks_of};
pub use progress::Progress;
pub use read_body::ReadBody;
pub use response::{ResponseBody, ResponseError};
pub use upload::{LentPayload, Upload};

/// A blocking transport: sends one request and reads its response.
///
/// The [module's front page](self) says what it has to do. `Error` is made from an [`io::Error`]
/// when a payload fails.
pub trait Transport {
    /// The transport's own error.
    type Error: From<io::Error>;

    /// Returns a monotonic clock. It may count from any moment; for calls that share a
    /// [pace](crate::pace), from the same one.
    fn clock(&self) -> impl Fn() -> Duration;

    /// Waits this long.
    fn sleep(&self, wait: Duration);

    /// Sends the request and reads the whole response.
    ///
    /// # Errors
    ///
    /// There is no response, or it is too large. An error status is a response.
    fn send(&self, attempt: Attempt<ReadBody<'_>>)
    -> Result<Response<Bytes>, Failure<Self::Error>>;
}

/// An async transport, on any runtime: sends one request and reads its response.
///
/// The [module's front page](self) says what it has to do. The methods may be written as `async fn`.
/// The future of [`drive_async`] is `Send` when theirs are.
pub trait AsyncTransport {
    /// The transport's own error.
    type Error: From<io::Error>;

    /// Returns a monotonic clock. It may count from any moment; for calls that share a
    /// [pace](crate::pace), from the same one.
    fn clock(&self) -> impl Fn() -> Duration;

    /// Waits this long.
    fn sleep(&self, wait: Duration) -> impl Future<Output = ()>;

    /// Sends the request and reads the whole response. When the future is dropped, the attempt ends.
    ///
    /// # Errors
    ///
    /// There is no response, or it is too large. An error status is a response.
    fn send(
        &self,
        attempt: Attempt<ChunkBody>,
    ) -> impl Future<Output = Result<Response<Bytes>, Failure<Self::Error>>>;
}
