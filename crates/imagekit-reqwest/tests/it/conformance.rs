//! The case table that every transport must pass.

use std::future::ready;
use std::io::{self, Read as _};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use imagekit_conformance::{AsyncClient, Supply, Table, TableCall, TablePayload};
use imagekit_reqwest::proto::Outcome;
use imagekit_reqwest::{Client, Payload, TransportError};
use serde_json::Value;
use tokio::io::{AsyncRead, ReadBuf};

struct Reqwest(Client);

impl AsyncClient for Reqwest {
    type Error = TransportError;

    async fn call(&self, call: TableCall<'_>) -> Outcome<Value, TransportError> {
        let payload = match call.payload {
            None => return self.0.send_with(call.endpoint, call.options).await,
            Some(TablePayload::Bytes(bytes)) => Payload::bytes(bytes),
            Some(TablePayload::Path(path)) => Payload::path(path),
            Some(TablePayload::Once(supply)) => {
                let len = supply.len();
                Payload::reader(Supplied(supply), len)
            }
            Some(TablePayload::Stream(supply)) => {
                let len = supply.len();
                Payload::stream(Supplied(supply), len)
            }
            Some(TablePayload::Reopen(supply)) => {
                Payload::reopen(supply.len(), move || ready(Ok(Supplied(supply.clone()))))
            }
        };
        self.0.upload_with(call.endpoint, payload, call.options).await
    }
}

/// A supply as a reader and as a stream that is always ready.
struct Supplied(Supply);

impl AsyncRead for Supplied {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let count = self.0.read(buffer.initialize_unfilled())?;
        buffer.advance(count);
        Poll::Ready(Ok(()))
    }
}

impl Stream for Supplied {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

/// On a runtime of one thread, which does not run between two calls of a case.
#[tokio::test]
async fn the_case_table_holds() {
    let client = |config| Reqwest(Client::new(config).unwrap());
    let report = Table::new("reqwest").run_async_client(client).await;
    assert_eq!(report.failures().count(), 0, "\n{report}");
}
