//! Details of a file: read and update them.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::wire::Body;

/// Get file details.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetFileDetails {
    /// The file.
    pub file_id: String,
}

impl GetFileDetails {
    /// The details of the file `file_id`.
    pub fn new(file_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into() }
    }
}

impl Endpoint for GetFileDetails {
    type Output = serde_json::Value;

    fn operation(&self) -> &'static str {
        "get-file-details"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET)
            .path("/v1/files")
            .segment("fileId", &self.file_id)?
            .path("/details")
            .empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Self::Output, ParseError> {
        parse::json(self.operation(), response)
    }
}
