//! Blocking client for the [ImageKit.io](https://imagekit.io) API: [`imagekit-proto`](proto) over
//! [ureq].
//!
//! # Send
//!
//! A request is a value of [`proto::api`]; [`Client::send`] sends it and returns the decoded
//! response.
//!
//! ```
//! use imagekit_ureq::proto::api::files::GetFileDetails;
//! use imagekit_ureq::{Client, Config};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
//! let config = Config::new("private_abc")?; // or Client::from_env()
//! # let config = server.config();
//! let client = Client::new(config)?;
//! let file = client.send(GetFileDetails::new("598821f949c0a938d57563bd"))?;
//! assert_eq!(file.name, "cat.jpg");
//! # Ok(())
//! # }
//! ```
//!
//! # Upload
//!
//! [`Client::upload`] takes a [`Payload`] besides the request: a path, an open file, bytes, or a
//! reader.
//!
//! ```
//! use std::path::Path;
//! use imagekit_ureq::Client;
//! use imagekit_ureq::proto::api::upload::UploadFile;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
//! # let client = Client::new(server.config())?;
//! # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
//! let upload = UploadFile::new("cat.jpg").folder("/pets").tags(["cat"]);
//! let uploaded = client.upload(upload, Path::new(path))?;
//! let file = uploaded.file().ok_or("ImageKit transforms the video first")?;
//! println!("{} is at {}", file.name, file.url);
//! # Ok(())
//! # }
//! ```
//!
//! [`Payload::on_progress`] reports progress, [`Bandwidth`] limits the bytes per second, and a
//! [`CancelToken`] ends an upload from another thread. [`Upload`] is an upload with its payload as one
//! value, for [`Client::send_all`]. An upload that [may have been
//! applied](proto::Error::may_have_been_applied) is not repeated: look for its file with a
//! [look-up](proto::api::upload::UploadLookup), or let [`Client::upload_once`] do it.
//!
//! ```
//! use imagekit_ureq::proto::api::upload::UploadFile;
//! use imagekit_ureq::{Client, Payload};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = imagekit_loopback::Server::responding([
//! #     imagekit_loopback::empty("503 Service Unavailable"),
//! #     imagekit_loopback::json("[]"),
//! # ]);
//! # let client = Client::new(server.config())?;
//! let content = b"GIF89a".to_vec();
//! let upload = UploadFile::new("cat.gif").folder("/pets");
//! let lookup = upload.lookup_with_payload(content.len() as u64);
//! let payload = Payload::bytes(content).on_progress(|sent, total| println!("{sent}/{total}"));
//! match client.upload(upload, payload) {
//!     Err(error) if error.may_have_been_applied() => {
//!         let found = client.send(lookup)?; // a search finds a new file after a while
//!         println!("{error}; found {} files", found.matching.len());
//!     }
//!     outcome => println!("{outcome:?}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Lists, jobs, batches
//!
//! [`Client::pages`] iterates over a long list, [`Client::run_job`] starts a job and waits for its
//! end, [`Client::wait`] waits for one that is running, [`Client::batch`] does one thing to any
//! number of files, and [`Client::send_all`] sends any number of requests, several at a time.
//! [`Client::run`] and [`Client::items`] drive every machine of [`proto::flow`].
//!
//! ```
//! use imagekit_ureq::Client;
//! use imagekit_ureq::proto::api::assets::ListAndSearchAssets;
//! use imagekit_ureq::proto::api::files::DeleteMultipleFiles;
//! use imagekit_ureq::proto::api::folders::MoveFolder;
//! use imagekit_ureq::proto::flow::WaitPolicy;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let json = |body| imagekit_loopback::response("200 OK", "connection: close\r\n", body);
//! # let file = imagekit_loopback::FILE.replacen('{', r#"{"type": "file", "#, 1);
//! # let server = imagekit_loopback::Server::responding([
//! #     json(&format!("[{file}]")),
//! #     json(r#"{"successfullyDeletedFileIds": ["598821f949c0a938d57563bd"]}"#),
//! #     json(r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2"}"#),
//! #     json(r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2", "type": "MOVE_FOLDER", "status": "Completed"}"#),
//! # ]);
//! # let client = Client::new(server.config())?;
//! let mut ids = Vec::new();
//! for asset in client.pages(ListAndSearchAssets::new().path("/sale")) {
//!     ids.extend(asset?.as_file().map(|file| file.file_id.clone()));
//! }
//! # assert_eq!(ids.len(), 1);
//!
//! let outcome = client.batch(DeleteMultipleFiles::new(ids));
//! println!("{} deleted, {} failed", outcome.succeeded.len(), outcome.failed.len());
//!
//! let job = client.run_job(MoveFolder::new("/sale", "/archive"), WaitPolicy::default())?;
//! assert!(job.outcome.is_complete());
//! # Ok(())
//! # }
//! ```
//!
//! # Pacing
//!
//! [`ClientBuilder::pace`] keeps all that a client and its clones send below the rate limits that the
//! server announces: single calls, retries and everything above. See [`proto::pace`].
//!
//! ```
//! use imagekit_ureq::proto::pace::PaceOptions;
//! use imagekit_ureq::{Client, Config};
//!
//! let config = Config::new("private_abc")?;
//! let client = Client::builder(config).pace(PaceOptions::default()).build()?;
//! # let _ = client;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Events and traces
//!
//! [`ClientBuilder::on_event`] sets a function that receives what calls do, for metrics: attempts,
//! responses, waits, ends. See [`proto::event`]. With the feature `tracing` each call is a span of
//! `tracing` with the same facts, INFO and target `imagekit`; its attempts and waits are events in it,
//! DEBUG. Neither holds a key, token, URL or body.
//!
//! ```
//! use imagekit_ureq::{Client, Config};
//!
//! let config = Config::new("private_abc")?;
//! let client = Client::builder(config).on_event(|event| println!("{event:?}")).build()?;
//! # let _ = client;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Options
//!
//! [`CallOptions`] hold everything about a call: how often it is retried,
//! timeouts, limits. Their page says which responses and failures are retried. A client has options
//! for all of its calls, and a single call may have others.
//!
//! ```
//! use std::time::Duration;
//! use imagekit_ureq::proto::api::files::GetFileDetails;
//! use imagekit_ureq::{CallOptions, Client, RetryPolicy};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
//! # let config = server.config();
//! let patient = CallOptions::default().retry(RetryPolicy::default().max_attempts(5));
//! let client = Client::builder(config).options(patient).build()?;
//!
//! let quick = CallOptions::default().deadline(Duration::from_secs(2));
//! let file = client.send_with(GetFileDetails::new("598821f949c0a938d57563bd"), quick)?;
//! # assert_eq!(file.name, "cat.jpg");
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! An [`Error`] prints what happened on one line, and its methods tell programs what they need:
//! `is_not_found()`, `is_auth_failure()`, `is_rate_limited()`, `is_timeout()`, `status()`,
//! `request_id()`, and `may_have_been_applied()`.
//!
//! ```
//! use imagekit_ureq::proto::api::files::DeleteFile;
//! # use imagekit_ureq::Client;
//! # let server = imagekit_loopback::Server::responding([imagekit_loopback::empty("403 Forbidden")]);
//! # let client = Client::new(server.config())?;
//!
//! match client.send(DeleteFile::new("598821f949c0a938d57563bd")) {
//!     Ok(_) => println!("deleted"),
//!     Err(error) if error.is_not_found() => println!("there was no such file"),
//!     Err(error) if error.is_auth_failure() => println!("check the private key: {error}"),
//!     Err(error) => println!("{error}"),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Transport
//!
//! [`ClientBuilder::transport`] configures ureq, which is [re-exported](ureq) so that the versions
//! agree: proxy, TLS, connection pool. TLS works as ureq documents it:
//!
//! | feature | HTTPS by |
//! | --- | --- |
//! | `rustls` (default) | rustls, ring, built-in roots; also when `native-tls` is on |
//! | `native-tls` | the system's TLS library and roots |
//! | neither | nothing: for plain HTTP on loopback |
//!
//! A timeout of an attempt holds for all of it: name resolution, connecting, the bytes of the
//! payload and of the response. Only a [reader](Payload::reader) that blocks cannot be
//! interrupted. When a server responds to an upload before it has read all of it, and then closes
//! the connection, an error response ends the call at once; when it only stops reading, the
//! response is read when the idle timeout or the attempt's timeout has passed.
//!
//! ureq writes requests and responses to the log at level TRACE, **the `authorization` header
//! included**: keep the target `ureq` (and `ureq_proto`) above TRACE.

/// The example of the README, so that it compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod attempt;
mod body;
mod builder;
mod calls;
mod cancel;
mod classify;
mod client;
mod clock;
mod connect;
mod context;
mod drive;
mod entropy;
mod error;
mod items;
mod listing;
mod many;
mod payload;
mod shared;
mod stop;
mod upload;

pub use builder::ClientBuilder;
pub use cancel::CancelToken;
pub use client::Client;
pub use error::{ClientError, Error, TransportError};
pub use imagekit_proto as proto;
#[doc(no_inline)]
pub use imagekit_proto::wire::Bandwidth;
#[doc(no_inline)]
pub use imagekit_proto::{CallOptions, Config, Reply, RetryPolicy};
pub use items::Items;
pub use payload::Payload;
pub use upload::Upload;
pub use ureq;
