//! How an operation looks on the wire: percent-encoding, requests, bodies, multipart forms.

mod body;
pub(crate) mod encode;
pub(crate) mod fields;
mod multipart;
mod request;
mod throttle;

pub use body::{Body, BodyCursor, BodyPart, BodyReader, PayloadError};
pub use multipart::{FilePart, Multipart};
pub use request::RequestBuilder;
pub use throttle::Throttle;

pub(crate) use fields::path_parameters;
