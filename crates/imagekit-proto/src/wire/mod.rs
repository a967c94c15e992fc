//! How an operation looks on the wire: percent-encoding, requests, bodies, multipart forms.

mod bandwidth;
mod body;
pub(crate) mod encode;
pub(crate) mod fields;
mod multipart;
mod request;

pub use bandwidth::Bandwidth;
pub use body::{Body, BodyCursor, BodyPart, BodyReader, PayloadError};
pub use multipart::{FilePart, Multipart};
pub use request::RequestBuilder;

pub(crate) use fields::path_parameters;
