//! A transport of the case table whose attempts are sent by the page.

use std::future::poll_fn;
use std::io;
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response};
use imagekit_proto::Attempt;
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::transport::{AsyncTransport, ChunkBody};
use serde_json::{Value, json};

use super::host::Host;

/// A transport of the case table whose attempts are sent by the page.
pub struct Bridge<'h>(pub &'h Host);

impl AsyncTransport for Bridge<'_> {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        let start = Instant::now();
        move || start.elapsed()
    }

    async fn sleep(&self, wait: Duration) {
        let until = Instant::now() + wait;
        spin(|| (Instant::now() >= until).then_some(())).await;
    }

    async fn send(
        &self,
        attempt: Attempt<ChunkBody>,
    ) -> Result<Response<Bytes>, Failure<io::Error>> {
        let Attempt { request, max_response, .. } = attempt;
        let (parts, body) = request.into_parts();
        let progress = body.progress();
        let body = body.into_bytes().await.map_err(Failure::not_sent)?;
        let headers = parts.headers.iter();
        let headers = headers.map(|(name, value)| json!([name.as_str(), value.to_str().unwrap()]));
        let job = json!({
            "method": parts.method.as_str(),
            "url": parts.uri.to_string(),
            "headers": headers.collect::<Vec<_>>(),
            "maxResponse": max_response,
        });
        let (id, result) = self.0.begin(job, body);
        // The page ends the attempt when this future is dropped.
        let _stop = Stop(self.0, id);
        let result = progress.hidden(spin(|| result.try_recv().ok())).await;
        let result: Value = serde_json::from_str(&result).unwrap_or_else(|_| panic!("{result}"));
        let text = |name: &str| result[name].as_str().unwrap_or_default().to_owned();
        let Some(status) = result["status"].as_u64() else {
            let kind = match text("kind").as_str() {
                "TooLarge" => FailureKind::TooLarge,
                "NotSent" => FailureKind::NotSent,
                _ => FailureKind::Ambiguous,
            };
            return Err(Failure::new(kind, io::Error::other(text("error"))));
        };
        let mut response = Response::new(STANDARD.decode(text("body")).unwrap().into());
        *response.status_mut() = u16::try_from(status).unwrap().try_into().unwrap();
        for header in result["headers"].as_array().into_iter().flatten() {
            let part = |index: usize| header[index].as_str().unwrap_or_default().as_bytes();
            let name = HeaderName::from_bytes(part(0)).unwrap();
            response.headers_mut().append(name, HeaderValue::from_bytes(part(1)).unwrap());
        }
        Ok(response)
    }
}

struct Stop<'h>(&'h Host, u64);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.stop(self.1);
    }
}

/// Waits until there is something.
async fn spin<T>(mut look: impl FnMut() -> Option<T>) -> T {
    poll_fn(|cx| match look() {
        Some(found) => Poll::Ready(found),
        None => {
            thread::sleep(Duration::from_millis(1));
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await
}
