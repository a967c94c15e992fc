//! Uploads: the request (V1 and V2), what it carries, what comes back.

mod answer;
mod credentials;
mod form;
mod request;
mod source;
mod transformation;

pub use answer::{Accepted, UploadOutcome, UploadedFile};
pub use credentials::{Credentials, V1, V2, Version};
pub use request::{ResponseField, UploadFile, UploadFileV2, UploadRequest};
pub use source::{FileSource, LocalFile};
pub use transformation::{PostTransformation, StreamingProtocol, UploadTransformation};
