//! Responses about one file: they have to be about the file in the request.

use bytes::Bytes;
use http::Response;

use super::file::FileDetails;
use crate::decode;
use crate::error::DecodeError;

/// Decodes the details of the file `file_id`, or of one of its versions.
pub(super) fn decode_file(
    file_id: &str,
    response: &Response<Bytes>,
) -> Result<FileDetails, DecodeError> {
    let file: FileDetails = decode::json(response)?;
    if file.file_id == file_id { Ok(file) } else { Err(other_file(response)) }
}

/// Decodes the versions of the file `file_id`.
///
/// One item has to name the file: in the example of ImageKit's OpenAPI file, the current version has
/// the file's id and an earlier one has another.
pub(super) fn decode_versions(
    file_id: &str,
    response: &Response<Bytes>,
) -> Result<Vec<FileDetails>, DecodeError> {
    let versions: Vec<FileDetails> = decode::json(response)?;
    let is_same = versions.is_empty() || versions.iter().any(|version| version.file_id == file_id);
    if is_same { Ok(versions) } else { Err(other_file(response)) }
}

fn other_file(response: &Response<Bytes>) -> DecodeError {
    DecodeError::new(response, "it is about another file than the request (`fileId`)")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::api::files::{
        GetFileDetails, GetFileVersionDetails, ListFileVersions, RestoreFileVersion,
        UpdateFileDetails,
    };
    use crate::endpoint::{Endpoint, EndpointExt as _};
    use crate::error::ParseError;

    fn file(id: &str) -> Value {
        json!({"fileId": id, "name": "n", "filePath": "/n", "url": "u",
            "versionInfo": {"id": "another", "name": "Version 1"}})
    }

    fn parse(endpoint: impl Endpoint, body: &Value) -> Result<(), ParseError> {
        endpoint.parse(&Response::new(body.to_string().into())).map(|_| ())
    }

    fn is_decode_error(outcome: Result<(), ParseError>) -> bool {
        matches!(outcome, Err(ParseError::Decode(error)) if error.message.contains("another file"))
    }

    #[test]
    fn a_response_about_another_file_is_a_decode_error() {
        for id in ["a", "A", "ab", ""] {
            let body = file(id);
            for outcome in [
                parse(GetFileDetails::new("a"), &body),
                parse(UpdateFileDetails::new("a"), &body),
                parse(GetFileVersionDetails::new("a", "v"), &body),
                parse(RestoreFileVersion::new("a", "v"), &body),
                parse(ListFileVersions::new("a"), &json!([body])),
            ] {
                assert_eq!(is_decode_error(outcome), id != "a", "{id}");
            }
        }
    }

    #[test]
    fn a_list_of_versions_names_the_file_once_at_least() {
        let list = |ids: &[&str]| ids.iter().copied().map(file).collect::<Value>();
        let versions = ListFileVersions::new("a");
        assert!(parse(&versions, &list(&["a", "b"])).is_ok());
        assert!(parse(&versions, &list(&[])).is_ok());
        assert!(is_decode_error(parse(&versions, &list(&["b", "c"]))));
    }
}
