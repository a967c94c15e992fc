//! ImageKit.io for blocking Rust: [`imagekit-proto`](proto) carried by [ureq](::ureq).

mod attempt;
mod classify;
mod client;
mod connect;
mod drive;
mod error;
mod payload;

pub use client::{Client, ClientBuilder};
pub use error::{ClientError, Error, TransportError};
pub use imagekit_proto as proto;
pub use payload::Payload;
pub use ureq;
