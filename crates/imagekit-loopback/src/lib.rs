//! A scripted HTTP server on loopback, for the tests and examples of the `ImageKit` clients.
//!
//! It says what a real server never would: half a response, a response to half a request, none. For
//! tests of a program that uses `ImageKit`, `imagekit-emulator` is the better server.
//!
//! It is for tests alone: where a test cannot go on (no socket, a request that is no HTTP, no request
//! within 10 seconds), it panics.
//!
//! ```
//! use std::io::{Read, Write};
//! use imagekit_loopback::Server;
//!
//! let server = Server::json("[]");
//! let mut client = std::net::TcpStream::connect(server.url().trim_start_matches("http://"))?;
//! client.write_all(b"GET /v1/files HTTP/1.1\r\nhost: localhost\r\n\r\n")?;
//! let mut response = String::new();
//! client.read_to_string(&mut response)?;
//! assert!(response.ends_with("\r\n\r\n[]"));
//! assert!(server.request().head.starts_with("get /v1/files"));
//! # Ok::<(), std::io::Error>(())
//! ```
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod connection;
mod events;
mod gate;
mod listing;
mod pacing;
mod progress;
mod response;
mod server;

pub use connection::{Connection, Request};
pub use events::Events;
pub use gate::Gate;
pub use pacing::WatchedPace;
pub use progress::ProgressLog;
pub use response::{FILE, FILE_ID, empty, json, ok, response};
pub use server::Server;
