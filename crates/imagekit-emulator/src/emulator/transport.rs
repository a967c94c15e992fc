//! The emulator as a transport: calls with retries and waits, without a socket.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use imagekit_proto::Attempt;
use imagekit_proto::error::Failure;
use imagekit_proto::transport::{AsyncTransport, ChunkBody, ReadBody, ResponseBody, Transport};

use super::Emulator;
use crate::response::Reaction;

/// Sends requests to the emulator itself, so that code over a [`Transport`] is tested without a
/// server. Waits take no time: they advance the emulator's [`Clock`](crate::Clock).
///
/// ```
/// use std::time::Duration;
/// use imagekit_emulator::{Emulator, Fault};
/// use imagekit_proto::api::assets::ListAndSearchAssets;
/// use imagekit_proto::transport::{Payload, drive};
/// use imagekit_proto::{Call, CallOptions, Config};
///
/// let emulator = Emulator::new();
/// emulator.put("/a.txt", "hello")?;
/// emulator.inject(Fault::rate_limited(Duration::from_secs(20)));
/// let before = emulator.now_unix();
///
/// let config = Config::new(Emulator::PRIVATE_KEY)?;
/// let call = Call::new(&config, ListAndSearchAssets::new(), CallOptions::default(), 7);
/// let page = drive(&emulator, call, Payload::none())?;
/// assert_eq!((page.len(), page.attempts), (1, 2));
/// assert!(emulator.now_unix() - before >= 20); // and no time has passed
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Transport for Emulator {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        || self.since_epoch()
    }

    fn sleep(&self, wait: Duration) {
        self.advance(wait);
    }

    fn send(&self, attempt: Attempt<ReadBody<'_>>) -> Result<Response<Bytes>, Failure<io::Error>> {
        let limits = Limits::of(&attempt);
        let (parts, body) = attempt.request.into_parts();
        let body = body.into_bytes().map_err(Failure::not_sent)?;
        self.carry_out(Request::from_parts(parts, body), limits)
    }
}

/// As the blocking one. No runtime is needed.
impl AsyncTransport for Emulator {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        || self.since_epoch()
    }

    async fn sleep(&self, wait: Duration) {
        self.advance(wait);
    }

    async fn send(
        &self,
        attempt: Attempt<ChunkBody>,
    ) -> Result<Response<Bytes>, Failure<io::Error>> {
        let limits = Limits::of(&attempt);
        let (parts, body) = attempt.request.into_parts();
        let body = body.into_bytes().await.map_err(Failure::not_sent)?;
        self.carry_out(Request::from_parts(parts, body), limits)
    }
}

/// What an attempt allows.
struct Limits {
    timeout: Option<Duration>,
    max_response: u64,
}

impl Limits {
    fn of<B>(attempt: &Attempt<B>) -> Self {
        let timeouts = [attempt.timeout, attempt.idle_timeout];
        let timeout = timeouts.into_iter().flatten().min();
        Self { timeout, max_response: attempt.max_response }
    }
}

impl Emulator {
    fn since_epoch(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.state().clock.now().millis()).unwrap_or(0))
    }

    /// Handles a request as a server and its client would together.
    fn carry_out(
        &self,
        request: Request<Bytes>,
        limits: Limits,
    ) -> Result<Response<Bytes>, Failure<io::Error>> {
        let (response, sent) = match self.handle(request) {
            Reaction::Response(response) => (response, None),
            Reaction::After(wait, response) => {
                let allowed = limits.timeout.filter(|timeout| *timeout < wait);
                self.advance(allowed.unwrap_or(wait));
                if allowed.is_some() {
                    let late = io::Error::from(io::ErrorKind::TimedOut);
                    return Err(Failure::ambiguous(late).timeout(true));
                }
                (response, None)
            }
            Reaction::Drop => return Err(Failure::ambiguous(io::ErrorKind::ConnectionReset)),
            Reaction::CutShort { response, sent } => (response, Some(sent)),
        };
        let (parts, body) = response.into_parts();
        let mut received = ResponseBody::new(&parts, limits.max_response)?;
        received.push(body.get(..sent.unwrap_or(body.len())).unwrap_or_default())?;
        Ok(received.finish(parts)?)
    }
}
