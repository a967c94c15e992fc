//! ImageKit.io's API without I/O: typed values become [`http::Request`]s, [`http::Response`]s become
//! typed results. Any HTTP client can carry the bytes.
//!
//! # Build, send with anything, parse
//!
//! ```
//! use bytes::Bytes;
//! use imagekit_proto::api::files::GetFileDetails;
//! use imagekit_proto::{Config, Endpoint, EndpointExt, RequestContext};
//! # fn send(request: http::Request<imagekit_proto::wire::Body>) -> http::Response<Bytes> {
//! #     assert_eq!(request.uri(), "https://api.imagekit.io/v1/files/598821f949c0a938d57563bd/details");
//! #     imagekit_proto::operation::find("get-file-details").unwrap().sample_response()
//! # }
//!
//! let config = Config::new("private_abc")?;
//! let details = GetFileDetails::new("598821f949c0a938d57563bd");
//!
//! let request = details.build(&RequestContext::new(&config, 0x5eed))?; // an http::Request
//! let response = send(request); // your transport: an http::Response<Bytes>
//! let file = details.parse(&response)?; // a FileDetails
//!
//! println!("{} is at {}", file.name, file.url);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # With retries, deadlines and rate limits: the driver loop
//!
//! A [`Call`] is a state machine for one operation and its retries: it returns what to do next, and
//! takes the result. The same loop works in sync and async code. This one is complete:
//!
//! ```
//! use std::time::{Duration, Instant};
//! use bytes::Bytes;
//! use imagekit_proto::error::Failure;
//! use imagekit_proto::{Attempt, Call, Endpoint, Error, Reply, Step};
//!
//! fn drive<E: Endpoint, T>(
//!     mut call: Call<E, T>,
//!     transport: impl Fn(Attempt) -> Result<http::Response<Bytes>, Failure<T>>,
//! ) -> Result<Reply<E::Output>, Error<T>> {
//!     let start = Instant::now();
//!     loop {
//!         match call.poll(start.elapsed()) {
//!             Step::Send(attempt) => match transport(attempt) {
//!                 Ok(response) => call.on_response(start.elapsed(), response),
//!                 Err(failure) => call.on_failure(start.elapsed(), failure),
//!             },
//!             Step::Sleep(wait) => std::thread::sleep(wait),
//!             Step::Done(outcome) => return outcome,
//!         }
//!     }
//! }
//!
//! # use std::cell::Cell;
//! # use imagekit_proto::api::files::GetFileDetails;
//! # use imagekit_proto::{CallOptions, Config};
//! # let attempts = Cell::new(0);
//! # let transport = |_: Attempt| {
//! #     attempts.set(attempts.get() + 1);
//! #     if attempts.get() == 1 {
//! #         let busy = http::Response::builder().status(429).header("X-RateLimit-Reset", "5");
//! #         return Ok(busy.body(Bytes::new()).unwrap());
//! #     }
//! #     Ok(imagekit_proto::operation::find("get-file-details").unwrap().sample_response())
//! # };
//! let config = Config::new("private_abc")?;
//! let details = GetFileDetails::new("598821f949c0a938d57563bd");
//! let call = Call::<_, std::io::Error>::new(&config, details, CallOptions::default(), 0x5eed);
//! let file = drive(call, transport)?; // after a 429, waits as long as the server asks
//! assert_eq!(file.attempts, 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Retried are: attempts that found no connection; 429, unless the request carries a single-use
//! token; and for [idempotent](Idempotency) operations also timeouts, broken connections, 408, and
//! 5xx except 501 and 505. A retry waits as long as the server asks (`X-RateLimit-Reset`,
//! `Retry-After`), or else between zero and 500 ms, 1 s, 2 s, ... There are 3 attempts at most, of 60 s
//! each; an upload may take longer as long as bytes move. [`CallOptions`] has the whole table and
//! changes all of it.
//!
//! [`transport`] has this loop ready-made, blocking and async, with payloads. The guide [Bring your own
//! transport] leads through one; `imagekit-conformance` tests it.
//!
//! [Bring your own transport]: https://docs.rs/imagekit-conformance/latest/imagekit_conformance/guide
//!
//! # Ready-made clients
//!
//! `imagekit-ureq` (blocking) and `imagekit-reqwest` (async) are this loop around two well-known HTTP
//! clients: `client.send(GetFileDetails::new("..."))`. `imagekit-emulator` responds without a network.
//!
//! # Modules
//!
//! | module | content |
//! | --- | --- |
//! | [`api`] | the operations: request types and models, one operation per file, with a table of them all |
//! | [`operation`] | any operation by its id: build from JSON, parse to JSON |
//! | [`Config`], [`Secret`] | credentials and base URLs |
//! | [`Endpoint`], [`RequestContext`], [`wire`] | from a value to a request: encoding, bodies, forms |
//! | [`EndpointExt`], [`decode`] | from a response to a result |
//! | [`Call`], [`CallOptions`], [`RetryPolicy`] | one call: attempts, backoff, deadline, limits |
//! | [`transport`] | transports of your own, blocking and async, and loops that drive calls over them |
//! | [`flow`] | many calls: long lists, waits for a job, batches |
//! | [`pace`] | sending no faster than the rate limit allows |
//! | [`event`] | what calls do, for metrics and traces |
//! | [`error`] | everything that can go wrong |
//! | [`types`] | types that requests and models share |
//! | [`search`] | typed search queries for lists |
//! | [`delivery`] | URLs: transformations, overlays, signatures, responsive attributes |
//! | [`phash`] | perceptual hashes: parse and compare |
//! | `upload_auth` | signatures and tokens for uploads from a browser or an app |
//! | [`webhook`] | webhooks: signature verification and event types |

/// The example of the README, so that it compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod api;
mod call;
mod config;
pub mod decode;
pub mod delivery;
mod endpoint;
pub mod error;
pub mod event;
pub mod flow;
mod hex;
mod json_cost;
mod meta;
pub mod operation;
mod options;
pub mod pace;
pub mod phash;
mod reply;
mod response_headers;
mod retry;
mod retry_hint;
pub mod search;
mod secret;
pub mod transport;
pub mod types;
#[cfg(feature = "sign")]
pub mod upload_auth;
pub mod webhook;
pub mod wire;

pub use call::{Attempt, Call, Outcome, Step};
pub use config::{Config, ConfigError, Server};
pub use endpoint::{Endpoint, EndpointExt, Idempotency, Operation, RequestContext};
pub use error::{BuildError, DecodeError, Error, ErrorKind, ParseError};
pub use meta::{Meta, RateLimit};
pub use options::CallOptions;
pub use reply::Reply;
pub use response_headers::RESPONSE_HEADERS;
pub use retry::RetryPolicy;
pub use secret::{AssetUrl, Secret, SecretObject, SecretUrl};
