//! One exchange: a request out, a response in.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http::{Request, Response};
use tokio::sync::oneshot::Receiver;
use tokio::time;

use crate::body::Outgoing;
use crate::chunks::OneChunk;
use crate::classify::classify;
use crate::error::TransportError;
use crate::payload::Payload;
use crate::proto::Attempt;
use crate::proto::error::{Failure, FailureKind};
use crate::proto::wire::Body;

type Exchanged = Result<Response<Bytes>, Failure<TransportError>>;

/// Response bodies up to this size are allocated in one piece when their length is announced.
const ALLOCATED_AT_ONCE: u64 = 4 << 20;

/// Sends the request of `attempt` and reads the whole response.
///
/// A call's future is moved about by whoever spawns it, so it is kept small: the request is made
/// before anything is awaited (an async function would keep room for its arguments beside what it
/// makes of them), and what only a body needs is on the heap.
pub(crate) fn exchange(
    client: &reqwest::Client,
    attempt: Attempt,
    payload: Option<&mut Payload>,
) -> impl Future<Output = Exchanged> {
    let Attempt { request, timeout, max_response, .. } = attempt;
    let (parts, body) = request.into_parts();
    let (sent, taken) = if payload.is_none() && body.is_empty() {
        let request = Request::from_parts(parts, Bytes::new());
        (Sent::Bodiless(request.try_into().map(|request| client.execute(request))), None)
    } else {
        // Who comes first takes it: the connection that asks for the body, or the timeout.
        // Without the body the request is nothing that a server could act on.
        let taken = Arc::<AtomicBool>::default();
        let answer = Box::pin(send_body(client, parts, body, payload, taken.clone()));
        (Sent::WithBody(answer), Some(taken))
    };
    async move {
        let exchange = async move {
            let mut response = match sent {
                Sent::Bodiless(answer) => answer.map_err(classify)?.await.map_err(classify)?,
                Sent::WithBody(answer) => answer.await?,
            };
            receive(&mut response, max_response).await
        };
        let Some(timeout) = timeout else { return exchange.await };
        match time::timeout(timeout, exchange).await {
            Ok(exchanged) => exchanged,
            Err(_) if taken.is_some_and(|taken| !taken.swap(true, Ordering::SeqCst)) => {
                Err(Failure::new(FailureKind::NotSent, TransportError::Timeout))
            }
            Err(_) => Err(Failure::new(FailureKind::Ambiguous, TransportError::Timeout)),
        }
    }
}

/// A request on its way, and the answer to come.
enum Sent<A, B> {
    Bodiless(reqwest::Result<A>),
    WithBody(Pin<Box<B>>),
}

async fn send_body(
    client: &reqwest::Client,
    parts: Parts,
    body: Body,
    payload: Option<&mut Payload>,
    taken: Arc<AtomicBool>,
) -> Result<reqwest::Response, Failure<TransportError>> {
    let (body, end) = open(body, payload, taken).await.map_err(of_payload)?;
    let body = reqwest::Body::wrap(body);
    let request = Request::from_parts(parts, body).try_into().map_err(classify)?;
    let answer = client.execute(request).await;
    let success = answer.as_ref().is_ok_and(|response| response.status().is_success());
    if let Some(error) = payload_failure(end, success).await {
        return Err(of_payload(TransportError::Payload(error)));
    }
    answer.map_err(classify)
}

/// The body with the payload it announces, and how the payload will have ended.
async fn open(
    body: Body,
    payload: Option<&mut Payload>,
    taken: Arc<AtomicBool>,
) -> Result<(Outgoing, Receiver<io::Result<()>>), TransportError> {
    let chunks = match (body.external_len(), payload) {
        (None, None) => Box::new(OneChunk::new(Bytes::new())),
        (Some(_), None) => return Err(TransportError::PayloadMissing),
        (None, Some(_)) => return Err(TransportError::PayloadUnused),
        (Some(announced), Some(payload)) => match payload.announced_len().await? {
            supplied if supplied == announced => payload.open().await?,
            supplied => return Err(TransportError::PayloadLen { announced, supplied }),
        },
    };
    Ok(Outgoing::new(body, chunks, taken))
}

/// Why the payload failed, if it did. A server may answer before it has the whole request; a
/// success counts only once the payload's end is known, or nobody wants the rest any more.
async fn payload_failure(mut end: Receiver<io::Result<()>>, wait: bool) -> Option<io::Error> {
    let end = if wait { end.await.ok() } else { end.try_recv().ok() };
    end.and_then(Result::err)
}

fn of_payload(error: TransportError) -> Failure<TransportError> {
    Failure::new(FailureKind::Payload, error)
}

async fn receive(response: &mut reqwest::Response, limit: u64) -> Exchanged {
    let announced = response.content_length();
    let too_large =
        || Failure::new(FailureKind::TooLarge, TransportError::TooLarge { limit, announced });
    if announced.is_some_and(|announced| announced > limit) {
        return Err(too_large());
    }
    let first = response.chunk().await.map_err(classify)?.unwrap_or_default();
    let bytes = match response.chunk().await.map_err(classify)? {
        // Most answers come in one chunk, which is not copied.
        None => first,
        Some(second) => {
            let expected = announced.unwrap_or_default().min(ALLOCATED_AT_ONCE);
            let mut whole = BytesMut::with_capacity(usize::try_from(expected).unwrap_or_default());
            whole.extend_from_slice(&first);
            whole.extend_from_slice(&second);
            while whole.len() as u64 <= limit {
                match response.chunk().await.map_err(classify)? {
                    Some(chunk) => whole.extend_from_slice(&chunk),
                    None => break,
                }
            }
            whole.freeze()
        }
    };
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    let mut answer = Response::new(bytes);
    *answer.status_mut() = response.status();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    Ok(answer)
}
