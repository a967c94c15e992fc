//! The body of an upload as ureq reads it.

use std::io::{self, Read};
use std::thread;
use std::time::{Duration, Instant};

use crate::cancel::CancelToken;
use crate::clock;
use crate::connect::CutOff;
use crate::error::TransportError;
use crate::proto::error::{Failure, FailureKind};
use crate::proto::wire::{Bandwidth, Body, BodyReader};

/// How long a cancelled upload sleeps on at most.
const NAP: Duration = Duration::from_millis(100);

/// What a user watches and decides while a payload is sent.
#[derive(Default)]
pub(crate) struct Watch<'a> {
    pub(crate) progress: Option<Box<dyn FnMut(u64, u64) + Send + 'a>>,
    pub(crate) bandwidth: Option<Bandwidth>,
    pub(crate) cancel: Option<CancelToken>,
}

impl Watch<'_> {
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.as_ref().is_some_and(CancelToken::is_cancelled)
    }

    /// Sleeps for `time` by `sleep`, or until the upload is cancelled.
    pub(crate) fn sleep<S>(
        &self,
        time: Duration,
        sleep: impl Fn(Duration) -> Result<(), S>,
    ) -> Result<(), S> {
        if self.cancel.is_none() {
            return sleep(time);
        }
        let mut left = time;
        while !left.is_zero() && !self.is_cancelled() {
            let nap = left.min(NAP);
            sleep(nap)?;
            left -= nap;
        }
        Ok(())
    }
}

/// The body of an upload.
pub(crate) struct Outgoing<'w, 'a, R> {
    /// Nothing once the connection takes no more of it: the payload is released.
    body: Option<BodyReader<R>>,
    len: u64,
    unread: u64,
    /// The length of the payload, and how much of it was handed over.
    total: u64,
    sent: u64,
    watch: Option<&'w mut Watch<'a>>,
    /// When the attempt ends.
    ends: Option<Instant>,
    /// Why the body ended early: ureq's error looks like one of the connection's.
    failure: Option<Failure<TransportError>>,
}

impl<'w, 'a, R: Read> Outgoing<'w, 'a, R> {
    pub(crate) fn new(
        body: Body,
        payload: R,
        watch: Option<&'w mut Watch<'a>>,
        timeout: Option<Duration>,
    ) -> Self {
        let (len, total) = (body.len(), body.external_len().unwrap_or(0));
        let ends = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let body = Some(body.into_reader(payload));
        Self { body, len, unread: len, total, sent: 0, watch, ends, failure: None }
    }

    /// Reports the beginning of the attempt.
    pub(crate) fn begin(&mut self) -> Result<(), Failure<TransportError>> {
        self.report().map_err(|kind| Failure::new(kind, TransportError::Cancelled))
    }

    /// Returns why the body ended early, if it did.
    pub(crate) fn into_failure(self) -> Option<Failure<TransportError>> {
        self.failure
    }

    /// Reports progress, and returns what is known of the request if the upload is cancelled.
    fn report(&mut self) -> Result<(), FailureKind> {
        if let Some(progress) = self.watch.as_mut().and_then(|watch| watch.progress.as_mut()) {
            progress(self.sent, self.total);
        }
        self.check()
    }

    fn check(&self) -> Result<(), FailureKind> {
        match &self.watch {
            Some(watch) if watch.is_cancelled() => Err(match self.unread == self.len {
                // Without its body the request is nothing that a server could act on.
                true => FailureKind::NotSent,
                false => FailureKind::Cancelled,
            }),
            _ => Ok(()),
        }
    }

    /// Waits for the turn of `bytes` bytes of the payload.
    fn wait(&self, bytes: usize) -> Result<(), Failure<TransportError>> {
        let Some(watch) = &self.watch else { return Ok(()) };
        let Some(bandwidth) = &watch.bandwidth else { return Ok(()) };
        let turn = bandwidth.reserve(clock::now(), bytes);
        let left = self.ends.map(|ends| ends.saturating_duration_since(Instant::now()));
        let Ok(()) = watch.sleep(left.map_or(turn, |left| left.min(turn)), |time| {
            thread::sleep(time);
            Ok::<(), std::convert::Infallible>(())
        });
        match left {
            Some(left) if left < turn && !watch.is_cancelled() => {
                Err(Failure::new(FailureKind::Ambiguous, TransportError::Timeout).timeout(true))
            }
            _ => Ok(()),
        }
    }

    fn read_on(&mut self, buffer: &mut [u8]) -> Result<usize, Failure<TransportError>> {
        let cancelled = |kind| Failure::new(kind, TransportError::Cancelled);
        self.check().map_err(cancelled)?;
        let piece = self.watch.as_ref().and_then(|watch| Some(watch.bandwidth.as_ref()?.piece()));
        let most = piece.map_or(buffer.len(), |piece| piece.min(buffer.len()));
        let buffer = buffer.get_mut(..most).unwrap_or_default();
        let Some(body) = &mut self.body else { return Ok(0) };
        let count = loop {
            match body.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let error = TransportError::Payload(error);
                    return Err(Failure::new(FailureKind::Payload, error));
                }
                Ok(count) => break count,
            }
        };
        let sent = self.total.saturating_sub(body.payload_left());
        if sent > self.sent {
            self.wait(count)?;
            self.sent = sent;
            self.report().map_err(cancelled)?;
        }
        self.unread = self.unread.saturating_sub(count as u64);
        Ok(count)
    }
}

impl<R: Read> Read for Outgoing<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if CutOff::happened() {
            self.body = None;
        }
        if self.body.is_none() {
            // ureq reads the whole body before it reads the response, and the connection discards
            // what comes now.
            let count = usize::try_from(self.unread).unwrap_or(usize::MAX).min(buffer.len());
            self.unread -= count as u64;
            return Ok(count);
        }
        self.read_on(buffer).map_err(|failure| {
            self.failure = Some(failure);
            io::Error::other("the body ended early")
        })
    }
}
