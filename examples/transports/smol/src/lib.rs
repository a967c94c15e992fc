//! smol as the transport: HTTP/1.1 over async-net, one connection per attempt, no tokio.
//!
//! It speaks http only. For https, wrap the stream in a TLS stream (`futures_rustls`) once it is
//! connected.

use std::io;
use std::time::{Duration, Instant};

use async_io::Timer;
use async_net::TcpStream;
use bytes::Bytes;
use futures_lite::io::{AsyncReadExt as _, AsyncWriteExt as _};
use http::Response;
use http::uri::{Scheme, Uri};
use imagekit_proto::Attempt;
use imagekit_proto::error::Failure;
use imagekit_proto::transport::{AsyncTransport, ChunkBody, ResponseDecoder, request_head};

/// The transport.
#[derive(Clone, Copy, Debug, Default)]
pub struct Smol;

impl AsyncTransport for Smol {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        let start = Instant::now();
        move || start.elapsed()
    }

    async fn sleep(&self, wait: Duration) {
        Timer::after(wait).await;
    }

    async fn send(
        &self,
        attempt: Attempt<ChunkBody>,
    ) -> Result<Response<Bytes>, Failure<io::Error>> {
        let Attempt { mut request, max_response, .. } = attempt;
        let progress = request.body().progress();
        let stream = progress.connecting(connect(request.uri())).await;
        let mut stream = stream.map_err(Failure::not_sent)?;

        let mut written = stream.write_all(&request_head(&request)).await;
        while let (Ok(()), Some(chunk)) = (&written, request.body_mut().next().await) {
            written = stream.write_all(&chunk.map_err(Failure::ambiguous)?).await;
        }
        // A server that takes no more may have said why.
        let mut decoder = ResponseDecoder::new(max_response);
        let mut buffer = vec![0; 16 << 10];
        let response = loop {
            let count = stream.read(&mut buffer).await.map_err(Failure::ambiguous)?;
            progress.moved();
            if count == 0 {
                break decoder.end()?;
            }
            if let Some(response) = decoder.feed(&buffer[..count])? {
                break response;
            }
        };
        match written {
            Err(error) if response.status().is_success() => Err(Failure::ambiguous(error)),
            _ => Ok(response),
        }
    }
}

async fn connect(uri: &Uri) -> io::Result<TcpStream> {
    let Some(host) = uri.authority().filter(|_| uri.scheme() == Some(&Scheme::HTTP)) else {
        return Err(io::Error::other("this transport speaks http only"));
    };
    let port = host.port_u16().unwrap_or(80);
    TcpStream::connect((host.host().trim_matches(['[', ']']), port)).await
}
