//! One attempt: sends a request, reads the whole response.

use std::panic::resume_unwind;
use std::pin::{Pin, pin};
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http::{Request, Response};
use tokio::sync::oneshot::Receiver;

use crate::body::{Outgoing, Sending};
use crate::chunks::{BoxChunks, OneChunk};
use crate::classify::classify;
use crate::error::TransportError;
use crate::payload::Payload;
use crate::proto::Attempt;
use crate::proto::error::{Failure, FailureKind};
use crate::proto::wire::Body;
use crate::timer::{Progress, within};
use crate::watch::BodyError;

type Exchanged = Result<Response<Bytes>, Failure<TransportError>>;

/// Capacity for a response body in several chunks that is longer than [`LONG`]. glibc keeps as much
/// memory as the largest piece that was freed: with an exact allocation it returns the heap to the
/// system at the end of every call, and gets it back page by page in the next one, for 700 page
/// faults with a list of 1,000 files.
const ROOM: usize = 4 << 20;
const LONG: usize = 128 << 10;

/// How many chunks of a response are kept before they are joined.
const MOST_CHUNKS: usize = 256;

/// Sends the request of `attempt` and reads the whole response.
///
/// A call's future is moved when it is spawned, so it is kept small: the request is made
/// before anything is awaited (an async function would keep space for its arguments beside what it
/// makes of them), and what only a body needs is on the heap.
pub(crate) fn exchange(
    client: &reqwest::Client,
    attempt: Attempt,
    payload: Option<&mut Payload>,
) -> impl Future<Output = Exchanged> {
    let Attempt { request, timeout, idle_timeout, max_response, .. } = attempt;
    let progress = Progress::new(idle_timeout);
    let cancelled = payload.as_ref().and_then(|payload| payload.watch().cancelled());
    let (parts, body) = request.into_parts();
    let (request, sending) = if payload.is_none() && body.is_empty() {
        let request = Request::from_parts(parts, Bytes::new());
        (Sent::Bodiless(request.try_into().map(|request| client.execute(request))), None)
    } else {
        let sending = Arc::new(Sending::new(progress.clone()));
        let response = Box::pin(send_body(client, parts, body, payload, Arc::clone(&sending)));
        (Sent::WithBody(response), Some(sending))
    };
    async move {
        let exchange = pin!(async {
            let mut response = match request {
                Sent::Bodiless(response) => response.map_err(classify)?.await.map_err(classify)?,
                Sent::WithBody(response) => response.await?,
            };
            receive(&mut response, max_response, &progress).await
        });
        match within(timeout, &progress, cancelled, exchange).await {
            Ok(exchanged) => exchanged,
            Err(error) => {
                // Without its body the request is nothing that a server could act on.
                let is_cancelled = matches!(error, TransportError::Cancelled);
                let kind = match sending {
                    Some(sending) if !sending.has_begun() => FailureKind::NotSent,
                    _ if is_cancelled => FailureKind::Cancelled,
                    _ => FailureKind::Ambiguous,
                };
                Err(Failure::new(kind, error).timeout(!is_cancelled))
            }
        }
    }
}

/// A request on its way, and the response to come.
enum Sent<A, B> {
    Bodiless(reqwest::Result<A>),
    WithBody(Pin<Box<B>>),
}

async fn send_body(
    client: &reqwest::Client,
    parts: Parts,
    body: Body,
    payload: Option<&mut Payload>,
    sending: Arc<Sending>,
) -> Result<reqwest::Response, Failure<TransportError>> {
    // However this ends, the payload is released with it.
    let _release = sending.release_at_end();
    let (chunks, watched): (BoxChunks, _) = match (body.external_len(), payload) {
        (Some(len), Some(payload)) => {
            let chunks = payload.open(len).await.map_err(of_payload)?;
            (chunks, payload.watch().begin(len))
        }
        _ => (Box::new(OneChunk::new(Bytes::new())), None),
    };
    if watched.as_ref().is_some_and(|watched| watched.is_cancelled()) {
        return Err(Failure::new(FailureKind::NotSent, TransportError::Cancelled));
    }
    let (body, end) = Outgoing::new(body, chunks, watched, Arc::clone(&sending));
    let body = reqwest::Body::wrap(body);
    let request = Request::from_parts(parts, body).try_into().map_err(classify)?;
    match client.execute(request).await {
        // A server may respond before it has the whole request: success counts only after its end.
        Ok(response) if response.status().is_success() => match end.await {
            Ok(Ok(())) => Ok(response),
            Ok(Err(error)) => Err(ended_early(error)),
            Err(_) => {
                let error = TransportError::EarlyResponse { status: response.status() };
                Err(Failure::new(FailureKind::Ambiguous, error))
            }
        },
        response => match early_end(end) {
            Some(error) => Err(ended_early(error)),
            None => response.map_err(classify),
        },
    }
}

fn early_end(mut end: Receiver<Result<(), BodyError>>) -> Option<BodyError> {
    end.try_recv().ok()?.err()
}

fn ended_early(error: BodyError) -> Failure<TransportError> {
    match error {
        BodyError::Payload(error) => of_payload(TransportError::Payload(error)),
        BodyError::Cancelled => Failure::new(FailureKind::Cancelled, TransportError::Cancelled),
        BodyError::Panic(panic) => resume_unwind(panic),
    }
}

fn of_payload(error: TransportError) -> Failure<TransportError> {
    Failure::new(FailureKind::Payload, error)
}

async fn receive(response: &mut reqwest::Response, limit: u64, progress: &Progress) -> Exchanged {
    progress.made();
    let announced = response.content_length();
    let too_large =
        || Failure::new(FailureKind::TooLarge, TransportError::TooLarge { limit, announced });
    if announced.is_some_and(|announced| announced > limit) {
        return Err(too_large());
    }
    // Most responses come in one chunk, which is not copied. The chunks of a longer one are joined
    // when they are all there, or too many: a small chunk takes more memory than its bytes.
    let first = response.chunk().await.map_err(classify)?.unwrap_or_default();
    let mut length = first.len() as u64;
    let (mut whole, mut chunks) = (BytesMut::new(), Vec::new());
    while length <= limit {
        progress.made();
        let Some(chunk) = response.chunk().await.map_err(classify)? else { break };
        if chunks.len() == MOST_CHUNKS {
            join(&mut whole, &mut chunks);
        }
        if chunks.is_empty() && whole.is_empty() {
            chunks.push(first.clone());
        }
        length += chunk.len() as u64;
        chunks.push(chunk);
    }
    if length > limit {
        return Err(too_large());
    }
    join(&mut whole, &mut chunks);
    let mut received = Response::new(if whole.is_empty() { first } else { whole.freeze() });
    *received.status_mut() = response.status();
    *received.headers_mut() = std::mem::take(response.headers_mut());
    Ok(received)
}

/// Moves `chunks` to the end of `whole`.
fn join(whole: &mut BytesMut, chunks: &mut Vec<Bytes>) {
    let length: usize = chunks.iter().map(Bytes::len).sum();
    whole.reserve(if length > LONG { length.max(ROOM) } else { length });
    for chunk in chunks.drain(..) {
        whole.extend_from_slice(&chunk);
    }
}
