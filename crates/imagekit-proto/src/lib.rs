//! ImageKit.io's API without I/O.

pub mod api;
mod call;
mod config;
mod endpoint;
pub mod error;
pub mod operation;
pub mod parse;
mod reply;
mod retry;
mod secret;
pub mod types;
pub mod wire;

pub use call::{Attempt, Call, Outcome, Step};
pub use config::{Config, ConfigError, Server};
pub use endpoint::{AssumeSafe, BuildError, Endpoint, Prepare, Repeat, Unchecked, Upload};
pub use error::{Error, ErrorKind, ParseError};
pub use reply::Reply;
pub use retry::RetryPolicy;
pub use secret::Secret;
