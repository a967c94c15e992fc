//! The log of requests.

use std::collections::VecDeque;
use std::fmt;

use http::StatusCode;
use http::request::Parts;

/// The log keeps the last requests only, so that a server can run for long.
const KEPT: usize = 10_000;

/// A request that an emulator received.
///
/// ```
/// use http::Request;
/// use imagekit_emulator::Emulator;
///
/// let emulator = Emulator::new();
/// let request = Request::get("https://api.imagekit.io/v1/files?limit=5");
/// emulator.respond(request.body(Default::default())?);
/// let log = emulator.requests();
/// assert_eq!(log[0].operation, Some("list-and-search-assets"));
/// assert_eq!((log[0].path.as_str(), log[0].query.as_deref()), ("/v1/files", Some("limit=5")));
/// assert_eq!(log[0].status, Some(http::StatusCode::UNAUTHORIZED)); // no key
/// assert_eq!(log[0].to_string(), "GET /v1/files?limit=5 401");
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoggedRequest {
    /// The method.
    pub method: http::Method,
    /// The path as it was sent.
    pub path: String,
    /// The query as it was sent.
    pub query: Option<String>,
    /// The operation's id in the OpenAPI file; `None` when no operation has this path.
    pub operation: Option<&'static str>,
    /// The status of the response; `None` when the connection was dropped before it.
    pub status: Option<StatusCode>,
}

/// As `GET /v1/files?limit=5 200`, with `dropped` instead of a status.
impl fmt::Display for LoggedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        if let Some(query) = &self.query {
            write!(f, "?{query}")?;
        }
        match self.status {
            Some(status) => write!(f, " {}", status.as_u16()),
            None => f.write_str(" dropped"),
        }
    }
}

/// The last requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog(VecDeque<LoggedRequest>);

impl RequestLog {
    pub(crate) fn push(
        &mut self,
        parts: &Parts,
        operation: Option<&'static str>,
        status: Option<StatusCode>,
    ) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(LoggedRequest {
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(str::to_owned),
            operation,
            status,
        });
    }

    pub(crate) fn entries(&self) -> Vec<LoggedRequest> {
        self.0.iter().cloned().collect()
    }

    pub(crate) fn take(&mut self) -> Vec<LoggedRequest> {
        std::mem::take(&mut self.0).into()
    }
}
