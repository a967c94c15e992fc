//! ImageKit.io's API without I/O.

pub mod api;
mod call;
mod config;
mod endpoint;
pub mod error;
#[cfg(feature = "sign")]
mod hex;
pub mod operation;
pub mod parse;
pub mod phash;
mod reply;
mod retry;
mod secret;
pub mod types;
#[cfg(feature = "sign")]
pub mod upload_auth;
pub mod webhook;
pub mod wire;

pub use call::{Attempt, Call, Outcome, Step};
pub use config::{Config, ConfigError, Server};
pub use endpoint::{AssumeSafe, BuildError, Endpoint, Prepare, Repeat, Unchecked, Upload};
pub use error::{Error, ErrorKind, ParseError};
pub use reply::Reply;
pub use retry::RetryPolicy;
pub use secret::Secret;
