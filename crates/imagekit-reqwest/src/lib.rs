//! ImageKit.io for async Rust: [`imagekit-proto`](proto) carried by [reqwest].

mod attempt;
mod body;
mod chunks;
mod classify;
mod client;
mod drive;
mod error;
mod payload;

pub use client::{Client, ClientBuilder};
pub use error::{ClientError, Error, TransportError};
pub use imagekit_proto as proto;
pub use payload::Payload;
pub use reqwest;
