//! ImageKit.io for blocking Rust: [`imagekit-proto`](proto) carried by [ureq].
//!
//! One client, one method: what can be asked is in [`proto::api`].
//!
//! ```
//! use imagekit_ureq::Client;
//! use imagekit_ureq::proto::Config;
//! use imagekit_ureq::proto::api::files::GetFileDetails;
//!
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/loopback.rs"));
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let config = Config::new("private_abc")?; // or Client::from_env()
//! # let config = config.with_api_url(&loopback(DETAILS))?;
//! let client = Client::new(config)?;
//! let file = client.send(GetFileDetails::new("598821f949c0a938d57563bd"))?;
//! assert_eq!(file.name, "cat.jpg");
//! # Ok(())
//! # }
//! ```
//!
//! An upload takes its bytes from a [`Payload`]: see [`Client::upload`].
//!
//! A call is repeated as its [`RetryPolicy`](proto::RetryPolicy) says; a single call can have
//! one of its own:
//!
//! ```
//! use std::time::Duration;
//! use imagekit_ureq::Client;
//! use imagekit_ureq::proto::api::files::GetFileDetails;
//! use imagekit_ureq::proto::{Config, RetryPolicy};
//!
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/loopback.rs"));
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let config = Config::new("private_abc")?.with_api_url(&loopback(DETAILS))?;
//! let client = Client::builder(config).retry(RetryPolicy::default().max_attempts(5)).build()?;
//! let hurry = RetryPolicy::never().deadline(Duration::from_secs(2));
//! let file = client.send_with(GetFileDetails::new("598821f949c0a938d57563bd"), hurry)?;
//! # assert_eq!(file.name, "cat.jpg");
//! # Ok(())
//! # }
//! ```
//!
//! # Transport
//!
//! ureq is the user's to adjust ([re-exported](ureq), so that the versions agree):
//!
//! ```
//! use imagekit_ureq::proto::Config;
//! use imagekit_ureq::{Client, ureq};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let config = Config::new("private_abc")?;
//! let proxy = ureq::Proxy::new("http://proxy.example.com:3128")?;
//! let client = Client::builder(config)
//!     .transport(|ureq| ureq.proxy(Some(proxy)).max_idle_connections_per_host(16))
//!     .build()?;
//! # let _ = client;
//! # Ok(())
//! # }
//! ```
//!
//! By default HTTPS is done by rustls with the provider ring and Mozilla's roots compiled in, as
//! `imagekit-reqwest` does it: nothing is loaded at the start, and the same servers are trusted
//! on every machine. Other roots, client certificates and the like come with
//! `.transport(|ureq| ureq.tls_config(..))`. Features:
//!
//! | feature | HTTPS by |
//! | --- | --- |
//! | `rustls` (default) | rustls, ring, Mozilla's roots; also when `native-tls` is on |
//! | `native-tls` | the system's library and roots |
//! | neither | nothing: for plain HTTP on loopback |
//!
//! The timeout of an attempt holds for all of it, name resolution, connecting, the bytes of the
//! payload and of the response included; a [reader](Payload::reader) that blocks is the one thing
//! that cannot be interrupted. A server that answers an upload early and hangs up is heard.

mod attempt;
mod classify;
mod client;
mod connect;
mod drive;
mod entropy;
mod error;
mod payload;

pub use client::{Client, ClientBuilder};
pub use error::{ClientError, Error, TransportError};
pub use imagekit_proto as proto;
pub use payload::Payload;
pub use ureq;
