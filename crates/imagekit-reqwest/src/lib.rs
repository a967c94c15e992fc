//! Async client for the [ImageKit.io](https://imagekit.io) API: [`imagekit-proto`](proto) over
//! [reqwest].
//!
//! # Send
//!
//! A request is a value of [`proto::api`]; [`Client::send`] sends it and returns the decoded
//! response.
//!
//! ```
//! use imagekit_reqwest::proto::api::files::GetFileDetails;
//! use imagekit_reqwest::{Client, Config};
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
//! let config = Config::new("private_abc")?; // or Client::from_env()
//! # let config = server.config();
//! let client = Client::new(config)?;
//! let file = client.send(GetFileDetails::new("598821f949c0a938d57563bd")).await?;
//! assert_eq!(file.name, "cat.jpg");
//! # Ok(())
//! # }
//! ```
//!
//! # Upload
//!
//! [`Client::upload`] takes a [`Payload`] besides the request: a path, an open file, bytes, a reader
//! or a stream.
//!
//! ```
//! use std::path::Path;
//! use imagekit_reqwest::Client;
//! use imagekit_reqwest::proto::api::upload::UploadFile;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
//! # let client = Client::new(server.config())?;
//! # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
//! let upload = UploadFile::new("cat.jpg").folder("/pets").tags(["cat"]);
//! let uploaded = client.upload(upload, Path::new(path)).await?;
//! let file = uploaded.file().ok_or("ImageKit transforms the video first")?;
//! println!("{} is at {}", file.name, file.url);
//! # Ok(())
//! # }
//! ```
//!
//! [`Payload::on_progress`] reports progress, [`Bandwidth`] limits the bytes per second, and a
//! [`CancelToken`] ends an upload with an error that says what is known. [`Upload`] is an upload with its payload as one
//! value, for [`Client::send_all`]. An upload that [may have been
//! applied](proto::Error::may_have_been_applied) is not repeated: look for its file with a
//! [look-up](proto::api::upload::UploadLookup), or let [`Client::upload_once`] do it.
//!
//! ```
//! use imagekit_reqwest::proto::api::upload::UploadFile;
//! use imagekit_reqwest::{Client, Payload};
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = imagekit_loopback::Server::responding([
//! #     imagekit_loopback::empty("503 Service Unavailable"),
//! #     imagekit_loopback::json("[]"),
//! # ]);
//! # let client = Client::new(server.config())?;
//! let content = b"GIF89a".to_vec();
//! let upload = UploadFile::new("cat.gif").folder("/pets");
//! let lookup = upload.lookup_with_payload(content.len() as u64);
//! let payload = Payload::bytes(content).on_progress(|sent, total| println!("{sent}/{total}"));
//! match client.upload(upload, payload).await {
//!     Err(error) if error.may_have_been_applied() => {
//!         let found = client.send(lookup).await?; // a search finds a new file after a while
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
//! [`Client::pages`] returns a stream of a long list, [`Client::run_job`] starts a job and waits
//! for its end, [`Client::wait`] waits for one that is running, [`Client::batch`] does one thing to
//! any number of files, and [`Client::send_all`] sends any number of requests, several at a time.
//! [`Client::run`] and [`Client::items`] drive every machine of [`proto::flow`]. Nothing is
//! spawned: dropping the future or stream cancels all.
//!
//! ```
//! use imagekit_reqwest::Client;
//! use imagekit_reqwest::proto::api::assets::ListAndSearchAssets;
//! use imagekit_reqwest::proto::api::files::DeleteMultipleFiles;
//! use imagekit_reqwest::proto::api::folders::MoveFolder;
//! use imagekit_reqwest::proto::flow::WaitPolicy;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
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
//! let mut assets = client.pages(ListAndSearchAssets::new().path("/sale"));
//! while let Some(asset) = assets.next().await {
//!     ids.extend(asset?.as_file().map(|file| file.file_id.clone()));
//! }
//! # assert_eq!(ids.len(), 1);
//!
//! let outcome = client.batch(DeleteMultipleFiles::new(ids)).await;
//! println!("{} deleted, {} failed", outcome.succeeded.len(), outcome.failed.len());
//!
//! let start = MoveFolder::new("/sale", "/archive");
//! let job = client.run_job(start, WaitPolicy::default()).await?;
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
//! use imagekit_reqwest::proto::pace::PaceOptions;
//! use imagekit_reqwest::{Client, Config};
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
//! use imagekit_reqwest::{Client, Config};
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
//! use imagekit_reqwest::proto::api::files::GetFileDetails;
//! use imagekit_reqwest::{CallOptions, Client, RetryPolicy};
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
//! # let config = server.config();
//! let patient = CallOptions::default().retry(RetryPolicy::default().max_attempts(5));
//! let client = Client::builder(config).options(patient).build()?;
//!
//! let quick = CallOptions::default().deadline(Duration::from_secs(2));
//! let file = client.send_with(GetFileDetails::new("598821f949c0a938d57563bd"), quick).await?;
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
//! use imagekit_reqwest::proto::api::files::DeleteFile;
//! # use imagekit_reqwest::Client;
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = imagekit_loopback::Server::responding([imagekit_loopback::empty("403 Forbidden")]);
//! # let client = Client::new(server.config())?;
//!
//! match client.send(DeleteFile::new("598821f949c0a938d57563bd")).await {
//!     Ok(_) => println!("deleted"),
//!     Err(error) if error.is_not_found() => println!("there was no such file"),
//!     Err(error) if error.is_auth_failure() => println!("check the private key: {error}"),
//!     Err(error) => println!("{error}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Transport
//!
//! [`ClientBuilder::transport`] configures reqwest, which is [re-exported](reqwest) so that the
//! versions agree: proxy, TLS, connection pool. TLS works as reqwest documents it:
//!
//! | feature | HTTPS by |
//! | --- | --- |
//! | `rustls` (default) | rustls, aws-lc-rs, the system's roots |
//! | `native-tls` | the system's TLS library and roots; also when `rustls` is on |
//! | neither | nothing: for plain HTTP on loopback |
//!
//! HTTP/1.1 is spoken, whatever features of reqwest the rest of a program turns on: it is what all
//! adapters have in common and are tested with.
//!
//! A timeout of an attempt holds for all of it: name resolution, connecting, the bytes of the
//! payload and of the response. A server may respond to an upload before it has read all of it: an
//! error ends the call at once and releases the payload, and the connection is not used again.
//! reqwest retries nothing, except a request that it could not begin to write because the server
//! had closed the kept connection: that one goes out on a fresh connection.
//!
//! With reqwest's `connection_verbose`, its log at level TRACE holds **the `authorization` header**:
//! leave it off.

/// The example of the README, so that it compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod attempt;
mod body;
mod builder;
mod calls;
mod cancel;
mod chunks;
mod classify;
mod client;
mod clock;
mod drive;
mod entropy;
mod error;
mod items;
mod listing;
mod many;
mod payload;
mod pool;
mod shared;
mod timer;
mod upload;
mod watch;

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
pub use reqwest;
pub use upload::Upload;
