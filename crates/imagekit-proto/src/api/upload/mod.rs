//! Uploads: the requests of both API versions, credentials, results.

mod credentials;
mod form;
mod lookup;
mod outcome;
mod request;
mod source;
mod transformation;

pub use credentials::{UploadAuth, UploadJwt, V1, V2, Version};
pub use lookup::{UploadLookup, UploadMatches};
pub use outcome::{Accepted, UploadOutcome, UploadedFile};
pub use request::{ResponseField, UploadFile, UploadFileV2, UploadRequest};
pub use source::{FileLabel, FileSource};
pub use transformation::{PostTransformation, StreamingProtocol, UploadTransformation};
