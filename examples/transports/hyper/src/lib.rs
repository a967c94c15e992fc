//! hyper 1 as the transport, on tokio: one connection per attempt, polled by the caller's task, so
//! that a future that is dropped leaves nothing behind.
//!
//! It speaks http only. For https, wrap the stream of `connect` in a TLS stream
//! (`tokio_rustls::TlsConnector`) before the handshake of hyper.

use std::convert::Infallible;
use std::future::pending;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::uri::{Scheme, Uri};
use http::{HeaderValue, Request, Response, header};
use http_body_util::BodyExt as _;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use imagekit_proto::Attempt;
use imagekit_proto::error::Failure;
use imagekit_proto::transport::{AsyncTransport, ChunkBody, ResponseBody};
use tokio::net::TcpStream;

/// Any error of hyper or below.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The transport.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hyper;

impl AsyncTransport for Hyper {
    type Error = BoxError;

    fn clock(&self) -> impl Fn() -> Duration {
        let start = Instant::now();
        move || start.elapsed()
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }

    async fn send(
        &self,
        attempt: Attempt<ChunkBody>,
    ) -> Result<Response<Bytes>, Failure<BoxError>> {
        let Attempt { request, max_response, .. } = attempt;
        let progress = request.body().progress();
        let connected = progress.connecting(connect(request)).await;
        let (stream, request) = connected.map_err(Failure::not_sent)?;
        let handshake = http1::handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) = handshake.map_err(Failure::not_sent)?;
        let exchange = async {
            let response = sender.send_request(request).await.map_err(Failure::ambiguous)?;
            let (head, mut incoming) = response.into_parts();
            let mut body = ResponseBody::new(&head, max_response)?;
            while let Some(frame) = incoming.frame().await {
                if let Ok(chunk) = frame.map_err(Failure::ambiguous)?.into_data() {
                    progress.moved();
                    body.push(&chunk)?;
                }
            }
            Ok(body.finish(head)?)
        };
        // What ends the connection ends the exchange too, with the response if there is one.
        let connection = async {
            drop(connection.await);
            pending::<Infallible>().await
        };
        tokio::select! {
            exchanged = exchange => exchanged,
            never = connection => match never {},
        }
    }
}

/// Connects, and moves the host from the request's URI to a header, as HTTP/1.1 has it.
async fn connect<B>(mut request: Request<B>) -> Result<(TcpStream, Request<B>), BoxError> {
    let uri = std::mem::take(request.uri_mut()).into_parts();
    let Some(authority) = uri.authority.filter(|_| uri.scheme == Some(Scheme::HTTP)) else {
        return Err("this transport speaks http only".into());
    };
    *request.uri_mut() = uri.path_and_query.map(Uri::from).unwrap_or_default();
    request.headers_mut().insert(header::HOST, HeaderValue::from_str(authority.as_str())?);
    let host = authority.host().trim_matches(['[', ']']);
    let stream = TcpStream::connect((host, authority.port_u16().unwrap_or(80))).await?;
    Ok((stream, request))
}
