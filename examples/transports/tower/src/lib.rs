//! Any [`tower::Service`] as the transport: a client in layers of timeouts, traces and whatever else
//! there is for tower, or a mock.
//!
//! [`stack`] speaks http only. For https, give its client a connector with TLS (`hyper_rustls`).

use std::pin::pin;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use http_body_util::BodyExt as _;
use hyper_util::client::legacy::{self, Client};
use hyper_util::rt::TokioExecutor;
use imagekit_proto::Attempt;
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::transport::{AsyncTransport, ChunkBody, ResponseBody};
use tokio::task::yield_now;
use tower::{Service, ServiceBuilder, ServiceExt as _, timeout::error::Elapsed};
use tower_http::trace::TraceLayer;

/// Any error of a service.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Returns a client of hyper-util that writes a trace of each request, whose response has to begin
/// within `limit`.
pub fn stack(
    limit: Duration,
) -> impl Service<
    Request<ChunkBody>,
    Response = Response<impl Body<Data = Bytes, Error: Into<BoxError>>>,
    Error = BoxError,
> + Clone {
    // The query is not shown: it may hold a signature.
    let span = |request: &Request<ChunkBody>| tracing::info_span!("imagekit", method = %request.method(), path = request.uri().path());
    ServiceBuilder::new()
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .timeout(limit)
        .service(Client::builder(TokioExecutor::new()).build_http())
}

/// The transport: sends each attempt through a clone of the service.
#[derive(Clone, Copy, Debug)]
pub struct Tower<S>(pub S);

impl<S, B> AsyncTransport for Tower<S>
where
    S: Service<Request<ChunkBody>, Response = Response<B>, Error: Into<BoxError>> + Clone,
    B: Body<Data = Bytes, Error: Into<BoxError>>,
{
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
        // Pooled connections notice that they were closed: once to wake up, once to run.
        yield_now().await;
        yield_now().await;
        let response = self.0.clone().oneshot(request).await;
        let (head, body) = response.map_err(|error| classify(error.into()))?.into_parts();
        let (mut collected, mut body) = (ResponseBody::new(&head, max_response)?, pin!(body));
        while let Some(frame) = body.frame().await {
            if let Ok(chunk) = frame.map_err(Failure::ambiguous)?.into_data() {
                progress.moved();
                collected.push(&chunk)?;
            }
        }
        Ok(collected.finish(head)?)
    }
}

fn classify(error: BoxError) -> Failure<BoxError> {
    let is_connect = error.downcast_ref().is_some_and(legacy::Error::is_connect);
    let kind = if is_connect { FailureKind::NotSent } else { FailureKind::Ambiguous };
    let is_timeout = error.is::<Elapsed>();
    Failure::new(kind, error).timeout(is_timeout)
}
