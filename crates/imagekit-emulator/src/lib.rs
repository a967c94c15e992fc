//! ImageKit's API in memory, for tests, demos and offline work.
//!
//! [`Emulator::handle`] is a function from a request to an answer. It keeps files, versions and
//! folders in memory, and says to each request what ImageKit would: the same statuses, bodies
//! and headers. No socket, no thread, no clock that runs on its own:
//!
//! ```
//! use imagekit_emulator::{Emulator, body_bytes, media};
//! use imagekit_proto::api::files::GetFileDetails;
//! use imagekit_proto::api::upload::{FileSource, UploadFile};
//! use imagekit_proto::{Config, Endpoint, EndpointExt as _, RequestContext};
//!
//! let emulator = Emulator::new();
//! let config = Config::new(Emulator::PRIVATE_KEY)?;
//!
//! let upload = UploadFile::new("cat.jpg").file(FileSource::bytes(media::sample_photo()))
//!     .use_unique_file_name(false);
//! let request = upload.build(&RequestContext::new(&config, 7))?;
//! let uploaded = upload.parse(&emulator.respond(request.map(body_bytes)))?;
//! let file = uploaded.file().unwrap();
//! assert_eq!(file.file_path, "/cat.jpg");
//!
//! let details = GetFileDetails::new(&file.file_id);
//! let request = details.build(&RequestContext::new(&config, 8))?;
//! let read = details.parse(&emulator.respond(request.map(body_bytes)))?;
//! assert_eq!(read.width, Some(640));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # In tests of your own application
//!
//! An application that takes its base URL from its configuration is pointed at a `Server`
//! (feature `server`, on by default): an emulator behind a free port of `127.0.0.1`, gone when
//! the value is dropped. Both base URLs are `Server::url`. Each test can have its own; look
//! afterwards at what was stored ([`Emulator::stored_bytes`], or any operation), and let go
//! wrong what your application has to live with:
//!
//! ```
//! use std::time::Duration;
//! use imagekit_emulator::{DropAt, Emulator, Fault};
//!
//! let emulator = Emulator::new();
//! emulator.inject(Fault::rate_limited(Duration::from_millis(200)).on("get-file-details"));
//! emulator.inject(Fault::html(502).on("upload-file"));
//! emulator.inject(Fault::drop_connection(DropAt::AfterActing).on("upload-file"));
//! // ... what your application does ...
//! # emulator.clear_faults();
//! assert_eq!(emulator.faults_left(), 0, "not everything went wrong that should have");
//! ```
//!
//! The program `imagekit-emulator` serves one for clients in other languages.
//!
//! # What is emulated
//!
//! Uploads (both versions, all kinds of authorisation), details, versions, metadata, lists and
//! searches, delete, copy, move, rename, tags and deletes of many files, folders and
//! their jobs, custom metadata fields, purges. Other known operations are answered with 501. What differs from ImageKit:
//!
//! - The library is reached at once: a change is seen by the next search, purges and jobs are completed,
//!   the file of a queued upload (202) is there.
//! - There is no network: a file given as a URL has to be in the library. No webhook is called.
//! - Nothing is transformed. Extensions are pretended; auto-tagging finds the same tags in
//!   every file.
//! - Custom metadata fields need not be defined, and values are not checked.
//! - `checks` and `webhookUrl` are accepted and ignored.
//! - An overwritten file keeps its description when the upload has none.
//! - Plans, quotas and restricted keys do not exist. Where ImageKit's words for an error are
//!   not documented, the message is the emulator's own.

mod answer;
mod api;
mod auth;
mod clock;
mod emulator;
mod faults;
mod ids;
mod instant;
mod library;
pub mod media;
mod multipart;
mod ratelimit;
mod route;
mod search;
#[cfg(feature = "server")]
mod server;
mod state;

pub use answer::Answer;
pub use clock::Clock;
pub use emulator::{Emulator, body_bytes};
pub use faults::{DropAt, Fault};
pub use ratelimit::RateLimit;
#[cfg(feature = "server")]
pub use server::Server;
