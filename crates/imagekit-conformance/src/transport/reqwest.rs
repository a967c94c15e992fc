//! The async adapter.

use std::io::{self, Read as _};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use imagekit_proto::Config;
use imagekit_reqwest::{Client, Payload};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime;

use super::file::TempFile;
use super::{Transport, over_tcp};
use crate::case::{BETWEEN, Called, Case};
use crate::outcome::Outcome;
use crate::report::Played;
use crate::source::{Source, Supply};

/// `imagekit-reqwest` on a runtime of one thread, which does not run between two calls.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Reqwest;

impl Transport for Reqwest {
    fn name(&self) -> &'static str {
        "reqwest"
    }

    fn play(&self, case: &Case) -> io::Result<Played> {
        over_tcp(case, |config: Config| {
            let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
            let client = Client::new(config).map_err(io::Error::other)?;
            let mut outcomes = Vec::new();
            for call in &case.calls {
                if !outcomes.is_empty() {
                    std::thread::sleep(BETWEEN);
                }
                outcomes.push(runtime.block_on(send(&client, call))?);
            }
            Ok(outcomes)
        })
    }
}

async fn send(client: &Client, call: &Called) -> io::Result<Outcome> {
    let (endpoint, options) = (&*call.endpoint, call.options.clone());
    let file;
    let payload = match call.source.clone() {
        None => return Ok(Outcome::of(client.send_with(endpoint, options).await)),
        Some(Source::Bytes(bytes)) => Payload::bytes(bytes),
        Some(Source::Path(bytes)) => {
            file = TempFile::new(&bytes)?;
            Payload::path(file.path())
        }
        Some(Source::Once(supply)) => {
            let len = supply.announced;
            Payload::reader(Supplied(supply), len)
        }
        Some(Source::Stream(supply)) => {
            let len = supply.announced;
            Payload::stream(Supplied(supply), len)
        }
        Some(Source::Reopen(supply)) => Payload::reopen(supply.announced, move || {
            std::future::ready(Ok(Supplied(supply.clone())))
        }),
    };
    Ok(Outcome::of(client.upload_with(endpoint, payload, options).await))
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
