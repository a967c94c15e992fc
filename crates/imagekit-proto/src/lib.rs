//! ImageKit.io's API without I/O: a typed value becomes an [`http::Request`], an
//! [`http::Response`] becomes a typed reply. Which HTTP client carries the bytes is up to you.
//!
//! # The plainest use: build, send with anything, parse
//!
//! ```
//! use bytes::Bytes;
//! use imagekit_proto::api::files::GetFileDetails;
//! use imagekit_proto::{Config, Endpoint, Prepare};
//! # fn send(request: http::Request<imagekit_proto::wire::Body>) -> http::Response<Bytes> {
//! #     assert_eq!(request.uri(), "https://api.imagekit.io/v1/files/598821f949c0a938d57563bd/details");
//! #     http::Response::new(Bytes::from(
//! #         r#"{"fileId": "598821f949c0a938d57563bd", "name": "cat.jpg", "filePath": "/cat.jpg",
//! #             "url": "https://ik.imagekit.io/demo/cat.jpg"}"#,
//! #     ))
//! # }
//!
//! let config = Config::new("private_abc")?;
//! let details = GetFileDetails::new("598821f949c0a938d57563bd");
//!
//! let request = details.build(&Prepare::new(&config, 0x5eed))?; // an http::Request
//! let response = send(request); // your transport: an http::Response<Bytes>
//! let file = details.parse(&response)?; // a FileDetails
//!
//! println!("{} is at {}", file.name, file.url);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # With retries, deadlines and rate limits: the driver loop
//!
//! A [`Call`] carries one operation to its outcome. It says what to do next and is told how it
//! went; the same loop works in every colour of function. This one is complete:
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
//! # use imagekit_proto::{Config, RetryPolicy};
//! # let answers = Cell::new(0);
//! # let transport = |_: Attempt| {
//! #     answers.set(answers.get() + 1);
//! #     let response = http::Response::builder().status(if answers.get() == 1 { 429 } else { 200 });
//! #     let body = r#"{"fileId": "a", "name": "cat.jpg", "filePath": "/cat.jpg", "url": "u"}"#;
//! #     Ok(response.header("X-RateLimit-Reset", "5").body(Bytes::from(body)).unwrap())
//! # };
//! let config = Config::new("private_abc")?;
//! let details = GetFileDetails::new("598821f949c0a938d57563bd");
//! let call = Call::<_, std::io::Error>::new(&config, details, RetryPolicy::default(), 0x5eed);
//! let reply = drive(call, transport)?; // waits as long as the server asks, then asks again
//! assert_eq!((reply.name.as_str(), reply.attempts), ("cat.jpg", 2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Ready-made transports
//!
//! `imagekit-ureq` (blocking) and `imagekit-reqwest` (async) are this loop around two well-known
//! clients: `client.send(GetFileDetails::new("..."))`. `imagekit-emulator` answers without a
//! network.
//!
//! # The map
//!
//! | room | what stands there |
//! | --- | --- |
//! | [`api`] | the operations, with a table of them all: request and answer types, one file per resource |
//! | [`operation`] | the table of all operations: build from JSON, parse to JSON |
//! | [`Config`], [`Secret`] | who is calling, and where to |
//! | [`Endpoint`], [`Prepare`], [`wire`] | from a value to a request: encoding, bodies, forms |
//! | [`parse`] | from a response to a value |
//! | [`Call`], [`RetryPolicy`] | one operation carried to its outcome |
//! | [`flow`] | many calls: pages of a list, waiting for an end, long lists split |
//! | [`error`] | what can go wrong, by the time it can |
//! | [`types`] | the small vocabulary that requests and models share |
//! | [`search`] | typed search queries for lists |
//! | [`delivery`] | URLs: transformations, overlays, signatures, responsive attributes |
//! | [`phash`] | perceptual hashes: parse and compare |
//! | `upload_auth` | signatures and tokens for uploads from a browser or an app |
//! | [`webhook`] | webhooks: verify and read |

pub mod api;
mod call;
mod config;
pub mod delivery;
mod endpoint;
pub mod error;
pub mod flow;
#[cfg(any(feature = "fuzzing", all(test, feature = "sign")))]
#[doc(hidden)]
pub mod fuzzing;
mod hex;
pub mod operation;
pub mod parse;
pub mod phash;
mod reply;
mod retry;
pub mod search;
mod secret;
pub mod types;
#[cfg(feature = "sign")]
pub mod upload_auth;
pub mod webhook;
pub mod wire;

pub use call::{Attempt, Call, Outcome, Step};
pub use config::{Config, ConfigError, Server};
pub use endpoint::{
    AssumeSafe, BuildError, Bulk, Endpoint, Paged, Prepare, Progress, Repeat, Unchecked, Upload,
};
pub use error::{Error, ErrorKind, ParseError};
pub use reply::Reply;
pub use retry::RetryPolicy;
pub use secret::{AssetUrl, Secret, SecretObject, SecretUrl};
