//! Whole clients under test: with retries and payloads of their own.

use std::fmt;
use std::path::PathBuf;

use bytes::Bytes;
use imagekit_proto::{CallOptions, Endpoint, Outcome};
use serde_json::Value;

use crate::supply::Supply;

/// A blocking client with a driver loop and payloads of its own.
///
/// A transport that sends single requests needs no more than
/// [`Transport`](imagekit_proto::transport::Transport).
pub trait Client {
    /// The error of its transport.
    type Error: fmt::Debug + fmt::Display;

    /// Makes a call to its end.
    ///
    /// # Errors
    ///
    /// Those of the call: the table compares them.
    fn call(&self, call: TableCall<'_>) -> Outcome<Value, Self::Error>;
}

/// An async client with a driver loop and payloads of its own.
///
/// A transport that sends single requests needs no more than
/// [`AsyncTransport`](imagekit_proto::transport::AsyncTransport).
pub trait AsyncClient {
    /// The error of its transport.
    type Error: fmt::Debug + fmt::Display;

    /// Makes a call to its end.
    ///
    /// # Errors
    ///
    /// Those of the call: the table compares them.
    fn call(&self, call: TableCall<'_>) -> impl Future<Output = Outcome<Value, Self::Error>>;
}

/// An endpoint of the table; its result is compared as JSON.
pub type TableEndpoint = dyn Endpoint<Output = Value> + Send + Sync;

/// A call of the table that a client makes.
#[derive(Clone)]
#[non_exhaustive]
pub struct TableCall<'c> {
    /// The endpoint.
    pub endpoint: &'c TableEndpoint,
    /// The options of the call.
    pub options: CallOptions,
    /// The payload to send with it, if there is one.
    pub payload: Option<TablePayload>,
}

impl<'c> TableCall<'c> {
    pub(crate) fn new(
        endpoint: &'c TableEndpoint,
        options: CallOptions,
        payload: Option<TablePayload>,
    ) -> Self {
        Self { endpoint, options, payload }
    }
}

impl fmt::Debug for TableCall<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableCall")
            .field("operation", &self.endpoint.operation())
            .field("payload", &self.payload)
            .finish_non_exhaustive()
    }
}

/// How a payload is handed to a client.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a client has to handle every case")]
pub enum TablePayload {
    /// Bytes in memory.
    Bytes(Bytes),
    /// A file, which each attempt opens anew.
    Path(PathBuf),
    /// A reader that can be read once.
    Once(Supply),
    /// A stream, where there are any, that can be read once. Elsewhere a reader.
    Stream(Supply),
    /// A reader that can be opened again.
    Reopen(Supply),
}
