//! Error responses of ImageKit, or of a proxy in front of it.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use super::text::OneLine;
use crate::json_cost::is_excessive;
use crate::meta::{Meta, RateLimit};
use crate::retry_hint::RetryHint;
use crate::secret::{HiddenBytes, HiddenValues};
use crate::types::{Extra, open_enum};

/// An error response: its status, and what its body says.
///
/// Any body is accepted: ImageKit's `{message, help}`, the HTML page of a gateway, text, nothing.
/// `Display` and `Debug` print only what ImageKit says about the error, on one line: the rest of the
/// body may repeat a credential of the request.
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
    /// The meaning of the status.
    pub kind: ApiErrorKind,
    /// What went wrong, in ImageKit's words.
    pub message: Option<String>,
    /// Where to get help, in ImageKit's words. Never compare it: its spelling varies.
    pub help: Option<String>,
    /// Why, for programs.
    pub reason: Option<Reason>,
    /// The error of each field or file.
    pub errors: Option<ErrorDetails>,
    /// The files that do not exist (bulk operations).
    pub missing_file_ids: Vec<String>,
    /// Keys of the body that this crate does not know yet.
    pub extra: Extra,
    /// `x-ik-requestId`, by which ImageKit's support finds the request.
    pub request_id: Option<String>,
    /// The `X-RateLimit-*` headers.
    pub rate_limit: Option<RateLimit>,
    /// How long the server asks to wait before the next attempt.
    pub retry_after: Option<Duration>,
    /// The server forbids another attempt (`x-should-retry: false`).
    pub(crate) stop: bool,
    /// The body, unchanged.
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

/// The meaning of an error status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// 3xx: unexpected redirect, from a proxy or because of a wrong base URL.
    Redirect,
    /// 400: the request is not valid.
    BadRequest,
    /// 401: the request has no credentials, or a token or signature that is not valid.
    Unauthenticated,
    /// 403: the key is wrong, it may not do this, or a quota is used up (uploads).
    Forbidden,
    /// 404: the resource does not exist.
    NotFound,
    /// 409: the resource exists already, or is in use.
    Conflict,
    /// 423: a job is changing the folder.
    Locked,
    /// 429: too many requests; `retry_after` is how long to wait.
    RateLimited,
    /// 5xx: the server failed.
    Server,
    /// Any other status.
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

/// The `errors` of an error response.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorDetails {
    /// The error of each field.
    Fields(Extra),
    /// The error of each file.
    Items(Vec<ItemError>),
    /// Another JSON value.
    Other(Value),
}

/// The error of one file of several.
#[derive(Clone, Debug, PartialEq, Deserialize, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ItemError {
    /// The id of the file.
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
        let RetryHint { stop, wait: retry_after } = RetryHint::of(status, response.headers());
        let mut extra = read(response.body());
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
            retry_after,
            stop,
            body: response.body().clone(),
        }
    }

    /// Returns whether the status is 404: the resource does not exist.
    pub fn is_not_found(&self) -> bool {
        self.kind == ApiErrorKind::NotFound
    }

    /// Returns whether the status is 401 or 403: the key, token or signature is missing, wrong or
    /// may not do this.
    pub fn is_auth_failure(&self) -> bool {
        matches!(self.kind, ApiErrorKind::Unauthenticated | ApiErrorKind::Forbidden)
    }

    /// Returns whether the status is 409: the resource exists already, or is in use.
    pub fn is_conflict(&self) -> bool {
        self.kind == ApiErrorKind::Conflict
    }

    /// Returns whether the status is 429: too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.kind == ApiErrorKind::RateLimited
    }

    /// Returns whether the status is 5xx: the server failed.
    pub fn is_server_error(&self) -> bool {
        self.kind == ApiErrorKind::Server
    }
}

impl ErrorDetails {
    fn of(value: Value) -> Self {
        match value {
            Value::Object(fields) => Self::Fields(fields),
            Value::Array(items) if items.iter().all(ItemError::is_one) => {
                Self::Items(items.into_iter().filter_map(ItemError::of).collect())
            }
            other => Self::Other(other),
        }
    }
}

impl ItemError {
    fn is_one(value: &Value) -> bool {
        value.get("fileId").is_some_and(Value::is_string)
            && value.get("error").is_none_or(|error| error.is_string() || error.is_null())
    }

    /// Moves the error out of `value`, which may be too large to be copied.
    fn of(value: Value) -> Option<Self> {
        let Value::Object(mut extra) = value else { return None };
        let file_id = take_text(&mut extra, "fileId")?;
        let error = take_text(&mut extra, "error");
        Some(Self { file_id, error, extra })
    }
}

/// Reads the object in an error response; any other body has no keys.
fn read(body: &[u8]) -> Extra {
    if is_excessive(body) {
        return Extra::new();
    }
    serde_json::from_slice(body).unwrap_or_default()
}

/// Takes a text out of `map`; any other value stays in it.
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
    let text = |value| if let Value::String(text) = value { Some(text) } else { None };
    match map.remove(key) {
        Some(Value::Array(texts)) if texts.iter().all(Value::is_string) => {
            texts.into_iter().filter_map(text).collect()
        }
        Some(other) => {
            map.insert(key.to_owned(), other);
            Vec::new()
        }
        None => Vec::new(),
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed with {}", self.operation, self.status)?;
        if let Some(message) = &self.message {
            write!(f, ": {}", OneLine(message))?;
        }
        if let Some(request_id) = &self.request_id {
            write!(f, " (request id {})", OneLine(request_id))?;
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
            .field("message", &self.message.as_deref().map(OneLine))
            .field("help", &self.help.as_deref().map(OneLine))
            .field("reason", &self.reason)
            .field("errors", &self.errors)
            .field("missing_file_ids", &self.missing_file_ids)
            .field("extra", &HiddenValues(&self.extra))
            .field("request_id", &self.request_id)
            .field("rate_limit", &self.rate_limit)
            .field("retry_after", &self.retry_after)
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
