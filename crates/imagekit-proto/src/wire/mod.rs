//! How an operation looks on the wire: percent-encoding, requests, bodies, multipart forms.

mod body;
pub(crate) mod encode;
pub(crate) mod http_date;
mod json;
mod meta;
mod multipart;
mod request;

pub use body::{Body, BodyCursor, BodyPart, BodyReader, PayloadError};
pub use meta::{Meta, RateLimit};
pub use multipart::{FilePart, Multipart};
pub use request::RequestBuilder;

pub(crate) use meta::{MILLISECOND, SECOND, decimal, longest, values};
