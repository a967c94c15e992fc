//! ImageKit.io for async Rust: [`imagekit-proto`](proto) carried by [reqwest].
//!
//! One client, one method: what can be asked is in [`proto::api`].
//!
//! ```
//! use imagekit_reqwest::Client;
//! use imagekit_reqwest::proto::Config;
//! use imagekit_reqwest::proto::api::files::GetFileDetails;
//!
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/loopback.rs"));
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let config = Config::new("private_abc")?; // or Client::from_env()
//! #   let config = config.with_api_url(&loopback(DETAILS))?;
//!     let client = Client::new(config)?;
//!     let file = client.send(GetFileDetails::new("598821f949c0a938d57563bd")).await?;
//!     assert_eq!(file.name, "cat.jpg");
//!     Ok(())
//! }
//! ```
//!
//! An upload takes its bytes from a [`Payload`]: see [`Client::upload`].
//!
//! A call is repeated as its [`RetryPolicy`](proto::RetryPolicy) says; a single call can have
//! one of its own:
//!
//! ```
//! use std::time::Duration;
//! use imagekit_reqwest::Client;
//! use imagekit_reqwest::proto::api::files::GetFileDetails;
//! use imagekit_reqwest::proto::{Config, RetryPolicy};
//!
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/loopback.rs"));
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let config = Config::new("private_abc")?.with_api_url(&loopback(DETAILS))?;
//! let client = Client::builder(config).retry(RetryPolicy::default().max_attempts(5)).build()?;
//! let hurry = RetryPolicy::never().deadline(Duration::from_secs(2));
//! let file = client.send_with(GetFileDetails::new("598821f949c0a938d57563bd"), hurry).await?;
//! # assert_eq!(file.name, "cat.jpg");
//! # Ok(())
//! # }
//! ```
//!
//! # Transport
//!
//! reqwest is the user's to adjust ([re-exported](reqwest), so that the versions agree):
//!
//! ```
//! use imagekit_reqwest::proto::Config;
//! use imagekit_reqwest::{Client, reqwest};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let config = Config::new("private_abc")?;
//! let proxy = reqwest::Proxy::all("http://proxy.example.com:3128")?;
//! let client = Client::builder(config)
//!     .transport(|reqwest| reqwest.proxy(proxy).pool_max_idle_per_host(16))
//!     .build()?;
//! # let _ = client;
//! # Ok(())
//! # }
//! ```
//!
//! By default HTTPS is done by rustls with the provider ring and Mozilla's roots compiled in, as
//! `imagekit-ureq` does it: nothing is loaded at the start, no provider needs to be installed,
//! and the same servers are trusted on every machine. Features:
//!
//! | feature | HTTPS by |
//! | --- | --- |
//! | `rustls` (default) | rustls, ring, Mozilla's roots; also when `native-tls` is on |
//! | `native-tls` | the system's library and roots |
//! | neither | nothing: for plain HTTP on loopback |
//!
//! HTTP/1.1 is spoken, whatever features of reqwest the rest of a program turns on: it is what
//! all adapters share and are tested with.
//!
//! The timeout of an attempt holds for all of it, name resolution, connecting, the bytes of the
//! payload and of the response included. reqwest repeats nothing, but for a request that it could
//! not begin to write because the kept connection turned out closed: that one goes out on a fresh
//! connection.

mod attempt;
mod body;
mod chunks;
mod classify;
mod client;
mod drive;
mod entropy;
mod error;
mod payload;
mod pool;

pub use client::{Client, ClientBuilder};
pub use error::{ClientError, Error, TransportError};
pub use imagekit_proto as proto;
pub use payload::Payload;
pub use reqwest;
