//! The static facts of an operation.

use std::fmt;

use http::Method;

use crate::config::Server;
use crate::error::{Error, ErrorKind, Failure};

/// The static facts of an API operation.
///
/// Each request type has one as its `operation()`. Request building, the table in
/// [`operation`](crate::operation) and the endpoint table in the docs read their facts here.
///
/// ```
/// use http::Method;
/// use imagekit_proto::{Idempotency, Operation, Server};
///
/// const GET_ALBUM: &Operation = &Operation::new(
///     "get-album",
///     Method::GET,
///     "/v1/albums/{albumId}",
///     Idempotency::Idempotent,
///     "https://example.com/docs/get-album",
/// );
/// assert_eq!(GET_ALBUM.server, Server::Api);
/// assert_eq!(GET_ALBUM.path_parameters().collect::<Vec<_>>(), ["albumId"]);
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The id in ImageKit's OpenAPI description, such as `get-file-details`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL, its parameters in braces: `/v1/files/{fileId}/details`.
    pub path: &'static str,
    /// The server that has the operation.
    pub server: Server,
    /// Whether repeating a plain request is harmless; some field values change it, see
    /// [`Endpoint::idempotency`](crate::Endpoint::idempotency).
    pub idempotency: Idempotency,
    /// The URL of the operation's documentation page.
    pub docs: &'static str,
}

impl Operation {
    /// Creates the facts of an operation of `https://api.imagekit.io`.
    pub const fn new(
        id: &'static str,
        method: Method,
        path: &'static str,
        idempotency: Idempotency,
        docs: &'static str,
    ) -> Self {
        Self { id, method, path, server: Server::Api, idempotency, docs }
    }

    /// Sets the server.
    pub const fn server(mut self, server: Server) -> Self {
        self.server = server;
        self
    }

    /// Creates the error of a call of which a transport lost track (it panicked):
    /// [`ErrorKind::Transport`] after one attempt, which may have been applied unless it is a GET.
    ///
    /// ```
    /// use imagekit_proto::Endpoint;
    /// use imagekit_proto::api::files::{DeleteFile, GetFileDetails};
    /// use imagekit_proto::error::Failure;
    ///
    /// let failure = || Failure::<&str>::ambiguous("it panicked");
    /// let deletion = DeleteFile::new("598821f949c0a938d57563bd");
    /// assert!(deletion.operation().lost(failure()).may_have_been_applied());
    /// let details = GetFileDetails::new("598821f949c0a938d57563bd");
    /// assert!(!details.operation().lost(failure()).may_have_been_applied());
    /// ```
    pub fn lost<T>(&self, failure: Failure<T>) -> Error<T> {
        let may_have_been_applied = self.method != Method::GET;
        Error::new(self.id, 1, may_have_been_applied, ErrorKind::Transport(failure))
    }

    /// Returns the names of the path's parameters, in order.
    pub fn path_parameters(&self) -> impl Iterator<Item = &'static str> + use<> {
        crate::wire::path_parameters(self.path)
    }
}

/// Prints the id, method and path.
impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.id, self.method, self.path)
    }
}

/// Whether a request may be sent more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Idempotency {
    /// Sending it twice has the effect of sending it once (RFC 9110, section 9.2.2). It is
    /// retried also when its fate is unknown.
    Idempotent,
    /// Sending it twice may have its effect twice. It is retried only when the server certainly
    /// did not act on it.
    NonIdempotent,
    /// It carries a single-use token or signature, which is consumed even when the request fails.
    /// It is retried only when nothing of it reached the server.
    SingleUse,
}
