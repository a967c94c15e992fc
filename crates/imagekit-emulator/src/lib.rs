//! ImageKit's API in memory, for tests, demos and offline work.
//!
//! [`Emulator::handle`] is a function from a request to a response. It keeps the library and the
//! account in memory, and responds to each request as ImageKit does: with the same statuses,
//! bodies and headers. No socket, no thread, no clock that runs on its own:
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
//! the value is dropped. Both base URLs are `Server::url`. Each test can have its own: put files
//! into the library first, inject the failures that the application has to live with, and look
//! afterwards at what it asked for and what it stored:
//!
//! ```
//! use std::time::Duration;
//! use imagekit_emulator::{DropAt, Emulator, Fault};
//!
//! let emulator = Emulator::new();
//! emulator.put("/images/cat.jpg", imagekit_emulator::media::sample_photo())?;
//! emulator.inject(Fault::rate_limited(Duration::from_millis(200)).on("get-file-details")?);
//! emulator.inject(Fault::drop_connection(DropAt::AfterActing).on("upload-file")?);
//! // ... what your application does ...
//! # emulator.clear_faults();
//! assert_eq!(emulator.faults_left(), 0, "a fault did not happen");
//! assert!(emulator.requests().iter().all(|request| request.operation.is_some()));
//! assert_eq!(emulator.file("/images/cat.jpg").unwrap().versions, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Time is a [`Clock`] that advances with the requests, ids follow from a
//! [seed](Emulator::with_seed): the same requests have the same responses. The program
//! `imagekit-emulator` serves an emulator for clients in other languages. The guide [`testing`] has
//! whole tests for ureq, reqwest, Node and Python.
//!
//! # Delivery
//!
//! The URLs of files work, with signatures and transformations. The host does not matter:
//!
#![cfg_attr(feature = "media", doc = "```")]
#![cfg_attr(not(feature = "media"), doc = "```text")]
//! use http::Request;
//! use imagekit_emulator::{Emulator, media};
//!
//! let emulator = Emulator::new();
//! emulator.put("/cat.jpg", media::sample_photo())?;
//! let url = "https://ik.imagekit.io/demo/tr:w-64,h-64,r-max,f-png/cat.jpg";
//! let response = emulator.respond(Request::get(url).body(Default::default())?);
//! assert_eq!(response.headers()["content-type"], "image/png");
//! assert_eq!(media::inspect(response.body()).metadata.width, Some(64));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! To open them in a browser, let them begin with the server's address:
//! `emulator.with_url_endpoint(&format!("{}/demo", server.url()))`.
//!
//! # Webhooks
//!
//! [`Emulator::events`] lists the events that ImageKit would send. A `Server` sends them to each
//! [`Webhook`], signed and with retries; [`Emulator::webhook_attempts`] lists what was sent. The
//! page [`supported`] says which events there are.
//!
//! # Web page
//!
//! A `Server` has a page at `/_emulator`: the library with thumbnails, details, versions and EXIF,
//! uploads by drag and drop, the requests as they come, faults and the rate limit to change. Its own
//! requests need no private key, are not logged, and meet no fault and no limit; its uploads are
//! those of any browser. Other websites cannot send these requests, and the page opens under names
//! of this machine only (`localhost`, `127.0.0.1`). An emulator with a private key of its own asks
//! for that key first, and then opens under any name.
//!
//! # What is emulated
//!
//! All 53 operations: files, versions, metadata, lists and searches, folders and their jobs,
//! custom metadata, purges, uploads of both versions with all kinds of authorisation, saved
//! extensions, named transformations, origins, URL endpoints, usage; and webhooks of the account
//! (`/v1/accounts/webhooks`), for which the client has no requests yet. What differs from ImageKit:
//!
//! - The library is consistent at once: the next search sees a change. Jobs and purges take
//!   effect at once, too; their first status is pending, see [`Emulator::with_job_duration`].
//! - Videos are not transformed, and images not in every way: see [`supported`]. The upload of a
//!   video with a `pre` transformation is queued (202), and the file is there unchanged;
//!   `post` transformations are recorded ([`StoredFile::transformation`]).
//! - A file given as a URL has to be in the library, or, for a `Server`, on this machine.
//! - Extensions are simulated: auto-tagging finds the same tags in every image, AI tasks select
//!   the first words, `remove-bg` ends with the next request. Calls of `webhookUrl` are recorded
//!   ([`Emulator::callbacks`]); a `Server` sends those to this machine.
//! - Usage counts the emulator's own responses, of the API and of delivery together.
//! - Plans, quotas but for purges, path policies and restricted keys do not exist.
//! - Where ImageKit's message for an error is not documented, it is the emulator's own.

/// The example of the README, so that it compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod api;
mod auth;
mod callback;
mod checks;
mod clock;
#[cfg(feature = "server")]
mod data;
mod delivery;
mod emulator;
mod events;
mod faults;
mod fetch;
mod ids;
mod instant;
mod ledger;
mod library;
#[cfg(feature = "server")]
mod loopback;
pub mod media;
mod multipart;
#[cfg(feature = "server")]
mod page;
mod progress;
mod ratelimit;
#[cfg(feature = "server")]
mod records;
#[cfg_attr(not(feature = "media"), allow(dead_code, reason = "what only a rendering needs"))]
mod render;
mod request_log;
mod response;
mod route;
mod schema;
mod search;
#[cfg(feature = "server")]
mod server;
mod state;
mod stored_file;
pub mod supported;
pub mod testing;
mod tracked;
mod transform;

pub use callback::Callback;
pub use clock::Clock;
#[cfg(feature = "server")]
pub use data::DataError;
pub use emulator::{Emulator, LoadError, body_bytes};
pub use events::{RecordedEvent, Webhook, WebhookAttempt, WebhookError};
pub use faults::{DropAt, Fault, FaultSyntaxError, UnknownOperation};
pub use ratelimit::RateLimit;
pub use request_log::LoggedRequest;
pub use response::Reaction;
#[cfg(feature = "server")]
pub use server::Server;
pub use stored_file::{PutError, StoredFile};
