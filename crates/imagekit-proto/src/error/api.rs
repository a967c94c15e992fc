//! An error that ImageKit, or a proxy before it, answered with.

use std::fmt;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use crate::secret::{HiddenBytes, HiddenValues};
use crate::types::{Extra, open_enum};
use crate::wire::{Meta, RateLimit};

/// An error status and what came with it.
///
/// Any body will do: ImageKit's `{message, help}`, HTML of a gateway, text, nothing. `Display` and
/// `Debug` print nothing of it but what ImageKit says about the error: it may repeat a credential
/// that was sent.
///
/// ```
/// use bytes::Bytes;
/// use imagekit_proto::error::ApiError;
///
/// let response = http::Response::builder()
///     .status(404)
///     .body(Bytes::from(r#"{"message": "The requested file does not exist."}"#))?;
/// let error = ApiError::of("get-file-details", &response);
/// assert!(error.is_not_found());
/// assert_eq!(error.message.as_deref(), Some("The requested file does not exist."));
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The operation's id.
    pub operation: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// What the status means.
    pub kind: ApiErrorKind,
    /// What went wrong, in ImageKit's words.
    pub message: Option<String>,
    /// Where to get help, in ImageKit's words. Never compare it: its spelling varies.
    pub help: Option<String>,
    /// Why, for programs.
    pub reason: Option<Reason>,
    /// What went wrong with which field or file.
    pub errors: Option<ErrorDetails>,
    /// The files that do not exist (bulk operations).
    pub missing_file_ids: Vec<String>,
    /// Keys of the body that this crate does not know yet.
    pub extra: Extra,
    /// `x-ik-requestId`: what ImageKit's support asks for.
    pub request_id: Option<String>,
    /// The `X-RateLimit-*` headers.
    pub rate_limit: Option<RateLimit>,
    /// The body as it came.
    pub body: Bytes,
}

open_enum! {
    /// Why a request failed, for programs (`reason` in the body).
    pub enum Reason {
        /// A parameter is missing.
        MissingParameter = "MISSING_PARAMETER",
        /// A parameter is invalid.
        InvalidParameter = "INVALID_PARAMETER",
        /// Source and destination are the same.
        SameSourceAndDestination = "SAME_SOURCE_AND_DESTINATION",
        /// A file would have more than 100 versions.
        VersionLimitExceeded = "VERSION_LIMIT_EXCEEDED",
        /// The folder path is invalid.
        InvalidFolderPath = "INVALID_FOLDER_PATH",
        /// The destination path is invalid.
        InvalidDestinationPath = "INVALID_DESTINATION_PATH",
        /// The source file does not exist.
        SourceFileMissing = "SOURCE_FILE_MISSING",
        /// The file does not exist.
        FileMissing = "FILE_MISSING",
        /// A file of that name exists already.
        FileAlreadyExists = "FILE_ALREADY_EXISTS",
        /// The new name is the old one.
        SameOldAndNewName = "SAME_OLD_AND_NEW_NAME",
        /// The operation succeeded, purging the cache did not.
        PurgeFailed = "PURGE_FAILED",
        /// The folder does not exist.
        FolderNotFound = "FOLDER_NOT_FOUND",
        /// The folder holds no files.
        NoFilesFolder = "NO_FILES_FOLDER",
        /// The source is the root folder.
        SourceIsRoot = "SOURCE_IS_ROOT",
        /// The folder holds more than 100,000 items.
        TooManyObjects = "TOO_MANY_OBJECTS",
    }
}

/// What an error status means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// 3xx: nobody should redirect this API; a proxy or a wrong base URL does.
    Redirect,
    /// 400: the request is not valid.
    BadRequest,
    /// 401: the key is missing or wrong.
    Unauthenticated,
    /// 403: the key may not do this, or a quota is used up (uploads).
    Forbidden,
    /// 404: there is no such thing.
    NotFound,
    /// 409: it exists already, or is in use.
    Conflict,
    /// 423: a job is working on the folder.
    Locked,
    /// 429: too many requests; `rate_limit` says how long to wait.
    RateLimited,
    /// 5xx: the server's fault.
    Server,
    /// Anything else.
    Other,
}

impl ApiErrorKind {
    fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            300..=399 => Self::Redirect,
            400 => Self::BadRequest,
            401 => Self::Unauthenticated,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            409 => Self::Conflict,
            423 => Self::Locked,
            429 => Self::RateLimited,
            500..=599 => Self::Server,
            _ => Self::Other,
        }
    }
}

/// The `errors` of an error body.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorDetails {
    /// What is wrong with which field.
    Fields(Extra),
    /// What went wrong with which file.
    Items(Vec<ItemError>),
    /// Anything else.
    Other(Value),
}

/// What went wrong with one file of several.
#[derive(Clone, Debug, PartialEq, Deserialize, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ItemError {
    /// The file.
    pub file_id: String,
    /// What went wrong, in ImageKit's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

impl ApiError {
    /// Reads an error response. Never fails: what is not understood is in `extra` and `body`.
    pub fn of(operation: &'static str, response: &Response<Bytes>) -> Self {
        let Meta { status, request_id, rate_limit } = Meta::of(response);
        let mut extra = serde_json::from_slice::<Extra>(response.body()).unwrap_or_default();
        let message = take_text(&mut extra, "message");
        let help = take_text(&mut extra, "help");
        let reason = take_text(&mut extra, "reason").map(Reason::from);
        let errors = extra.remove("errors").map(ErrorDetails::of);
        let missing_file_ids = take_texts(&mut extra, "missingFileIds");
        Self {
            operation,
            status,
            kind: ApiErrorKind::of(status),
            message,
            help,
            reason,
            errors,
            missing_file_ids,
            extra,
            request_id,
            rate_limit,
            body: response.body().clone(),
        }
    }

    /// 400: the request is not valid.
    pub fn is_bad_request(&self) -> bool {
        self.kind == ApiErrorKind::BadRequest
    }

    /// 401: the key is missing or wrong.
    pub fn is_unauthenticated(&self) -> bool {
        self.kind == ApiErrorKind::Unauthenticated
    }

    /// 403: the key may not do this, or a quota is used up.
    pub fn is_forbidden(&self) -> bool {
        self.kind == ApiErrorKind::Forbidden
    }

    /// 404: there is no such thing.
    pub fn is_not_found(&self) -> bool {
        self.kind == ApiErrorKind::NotFound
    }

    /// 409: it exists already, or is in use.
    pub fn is_conflict(&self) -> bool {
        self.kind == ApiErrorKind::Conflict
    }

    /// 423: a job is working on the folder.
    pub fn is_locked(&self) -> bool {
        self.kind == ApiErrorKind::Locked
    }

    /// 429: too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.kind == ApiErrorKind::RateLimited
    }

    /// 5xx: the server's fault.
    pub fn is_server_error(&self) -> bool {
        self.kind == ApiErrorKind::Server
    }
}

impl ErrorDetails {
    fn of(value: Value) -> Self {
        match value {
            Value::Object(fields) => Self::Fields(fields),
            Value::Array(_) => match Vec::<ItemError>::deserialize(&value) {
                Ok(items) => Self::Items(items),
                Err(_) => Self::Other(value),
            },
            other => Self::Other(other),
        }
    }
}

/// Takes a text out of `map`; anything but a text stays where it is.
fn take_text(map: &mut Extra, key: &str) -> Option<String> {
    match map.remove(key)? {
        Value::String(text) => Some(text),
        Value::Null => None,
        other => {
            map.insert(key.to_owned(), other);
            None
        }
    }
}

fn take_texts(map: &mut Extra, key: &str) -> Vec<String> {
    let Some(value) = map.remove(key) else { return Vec::new() };
    match Vec::<String>::deserialize(&value) {
        Ok(texts) => texts,
        Err(_) => {
            map.insert(key.to_owned(), value);
            Vec::new()
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was answered with {}", self.operation, self.status)?;
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        if let Some(request_id) = &self.request_id {
            write!(f, " (request {request_id})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("help", &self.help)
            .field("reason", &self.reason)
            .field("errors", &self.errors)
            .field("missing_file_ids", &self.missing_file_ids)
            .field("extra", &HiddenValues(&self.extra))
            .field("request_id", &self.request_id)
            .field("rate_limit", &self.rate_limit)
            .field("body", &HiddenBytes(&self.body))
            .finish()
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, body: &'static str) -> ApiError {
        let response = Response::builder().status(status).body(Bytes::from(body)).unwrap();
        ApiError::of("update-file-details", &response)
    }

    #[test]
    fn everything_a_body_can_say() {
        let error = error(
            400,
            r#"{"message":"m","help":"h","reason":"FILE_MISSING","type":"T",
                "errors":{"price":"should be of type number"},"missingFileIds":["a"]}"#,
        );
        assert_eq!(error.message.as_deref(), Some("m"));
        assert_eq!(error.help.as_deref(), Some("h"));
        assert_eq!(error.reason, Some(Reason::FileMissing));
        assert!(matches!(error.errors, Some(ErrorDetails::Fields(ref f)) if f.len() == 1));
        assert_eq!(error.missing_file_ids, ["a"]);
        assert_eq!(error.extra.get("type"), Some(&Value::from("T")));
    }

    #[test]
    fn any_body_is_an_error() {
        for body in ["", "<html>", "null", "[]", "\"text\"", r#"{"message":3}"#, "\u{feff}{}"] {
            let error = error(502, body);
            assert!(error.is_server_error());
            assert_eq!(error.message, None);
            assert_eq!(error.body, body);
        }
    }

    #[test]
    fn errors_may_be_a_list() {
        let error = error(400, r#"{"errors":[{"fileId":"a","error":"gone"}]}"#);
        let Some(ErrorDetails::Items(items)) = error.errors else { panic!("{error:?}") };
        assert_eq!(items[0].file_id, "a");
    }
}
