//! The drivers of transports: what they make of a body that fails or is not taken whole.

use std::cell::Cell;
use std::io::{self, Read as _};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use imagekit_proto::api::upload::UploadFile;
use imagekit_proto::error::{ErrorKind, Failure, FailureKind};
use imagekit_proto::transport::{
    AsyncPayload, AsyncTransport, ChunkBody, Payload, ReadBody, Transport, drive, drive_async,
};
use imagekit_proto::{Attempt, Call, CallOptions, Config, Error, operation};

/// Takes this many bytes of a body, then reports a success whatever became of it.
struct Careless {
    takes: u64,
    waited: Cell<Duration>,
    /// The body of the last attempt, kept as a connection's task would.
    kept: Cell<Option<ChunkBody>>,
}

fn careless(takes: u64) -> Careless {
    Careless { takes, waited: Cell::default(), kept: Cell::default() }
}

fn success() -> Response<Bytes> {
    operation::find("upload-file").unwrap().sample_response()
}

impl Transport for Careless {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        || self.waited.get()
    }

    fn sleep(&self, wait: Duration) {
        self.waited.set(self.waited.get() + wait);
    }

    fn send(&self, attempt: Attempt<ReadBody<'_>>) -> Result<Response<Bytes>, Failure<io::Error>> {
        let body = attempt.request.into_body();
        let len = body.len();
        let read = io::copy(&mut body.take(self.takes), &mut io::sink());
        assert!(read.is_err() || read.unwrap() == self.takes.min(len));
        Ok(success())
    }
}

impl AsyncTransport for Careless {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        || self.waited.get()
    }

    async fn sleep(&self, wait: Duration) {
        self.waited.set(self.waited.get() + wait);
    }

    async fn send(
        &self,
        attempt: Attempt<ChunkBody>,
    ) -> Result<Response<Bytes>, Failure<io::Error>> {
        let mut body = attempt.request.into_body();
        let mut taken = 0;
        while taken < self.takes {
            match body.next().await {
                Some(Ok(chunk)) => taken += chunk.len() as u64,
                Some(Err(_)) | None => break,
            }
        }
        self.kept.set(Some(body));
        Ok(success())
    }
}

fn call() -> Call<UploadFile, io::Error> {
    let config = Config::new("private_abc").unwrap();
    Call::new(&config, UploadFile::new("cat.jpg"), CallOptions::default(), 7)
}

fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

/// Creates the pieces of a payload.
type Pieces = fn() -> Vec<io::Result<Bytes>>;

/// The result with a blocking payload, and with the same as an async one.
fn both(transport: &Careless, len: u64, pieces: Pieces) -> [Option<Error<io::Error>>; 2] {
    let reader = pieces().into_iter().rev().fold(
        Box::new(io::empty()) as Box<dyn io::Read>,
        |rest, piece| match piece {
            Ok(bytes) => Box::new(io::Cursor::new(bytes).chain(rest)),
            Err(error) => Box::new(Failing(Some(error))),
        },
    );
    let mut pieces = pieces().into_iter();
    let chunks = move |_: &mut Context<'_>| Poll::Ready(pieces.next());
    [
        drive(transport, call(), Payload::once(len, reader)).err(),
        ready(drive_async(transport, call(), AsyncPayload::once(len, chunks))).err(),
    ]
}

struct Failing(Option<io::Error>);

impl io::Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.take().unwrap_or_else(|| io::Error::other("again")))
    }
}

fn kind(error: Option<&Error<io::Error>>) -> Option<FailureKind> {
    Some(error?.failure()?.kind)
}

#[test]
fn a_payload_that_fails_is_not_hidden_by_a_success() {
    let cases: [(u64, Pieces); 3] = [
        (5, || vec![Ok("four".into())]),
        (3, || vec![Ok("four".into())]),
        (9, || vec![Ok("four".into()), Err(io::Error::other("disk on fire"))]),
    ];
    for (len, pieces) in cases {
        for error in both(&careless(u64::MAX), len, pieces) {
            assert_eq!(kind(error.as_ref()), Some(FailureKind::Payload), "{len}: {error:?}");
        }
    }
    for error in both(&careless(u64::MAX), 4, || vec![Ok("four".into())]) {
        assert!(error.is_none(), "{error:?}");
    }
    let [error, _] = both(&careless(u64::MAX), 9, cases[2].1);
    assert_eq!(error.unwrap().failure().unwrap().source.to_string(), "disk on fire");
}

#[test]
fn a_success_before_the_end_of_the_request_is_not_one() {
    for error in both(&careless(1), 4, || vec![Ok("four".into())]) {
        let kind = error.map(Error::into_kind);
        let Some(ErrorKind::MaybeApplied { status: None, .. }) = kind else { panic!("{kind:?}") };
    }
}

#[test]
fn a_payload_is_released_with_its_attempt() {
    let dropped = Arc::new(AtomicBool::new(false));
    struct Guard(Arc<AtomicBool>);
    impl Drop for Guard {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    let guard = Guard(Arc::clone(&dropped));
    let endless = move |_: &mut Context<'_>| {
        let _ = &guard;
        Poll::Ready(Some(Ok(Bytes::from("x"))))
    };
    let transport = careless(1000);
    let payload = AsyncPayload::once(1 << 20, endless);
    assert!(ready(drive_async(&transport, call(), payload)).is_err());
    assert!(dropped.load(Ordering::SeqCst), "the transport keeps the payload");
    let mut body = transport.kept.take().unwrap();
    assert!(body.remaining() > 0);
    assert!(ready(body.next()).is_some_and(|next| next.is_err()));
}

/// Never responds; what it waits for says whether it is connecting.
struct Stuck {
    connects: bool,
    clock: Cell<Duration>,
}

impl AsyncTransport for Stuck {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        || self.clock.get()
    }

    async fn sleep(&self, wait: Duration) {
        self.clock.set(self.clock.get() + wait);
    }

    async fn send(
        &self,
        attempt: Attempt<ChunkBody>,
    ) -> Result<Response<Bytes>, Failure<io::Error>> {
        let progress = attempt.request.body().progress();
        if self.connects {
            progress.connecting(std::future::pending::<()>()).await;
        }
        progress.connecting(std::future::ready(())).await;
        std::future::pending().await
    }
}

#[test]
fn the_async_driver_ends_an_attempt_by_its_timeouts() {
    let idle = CallOptions::default().idle_timeout(Duration::from_secs(3));
    let total = CallOptions::default().attempt_timeout(Duration::from_secs(3));
    for options in [idle, total] {
        for (connects, kind) in [(true, FailureKind::NotSent), (false, FailureKind::Ambiguous)] {
            let transport = Stuck { connects, clock: Cell::default() };
            let options = options.clone().retry(imagekit_proto::RetryPolicy::never());
            let config = Config::new("private_abc").unwrap();
            let list = imagekit_proto::api::assets::ListAndSearchAssets::new();
            let call = Call::new(&config, list, options, 7);
            let error = ready(drive_async(&transport, call, AsyncPayload::none())).unwrap_err();
            assert_eq!(error.failure().map(|failure| failure.kind), Some(kind), "{error}");
            assert!(error.is_timeout(), "{error}");
            assert!(transport.clock.get() <= Duration::from_secs(6), "{:?}", transport.clock);
        }
    }
}
