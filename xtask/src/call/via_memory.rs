//! Calls to an emulator in this process, without a socket: the driver loop by hand.

use super::options::Options;
use super::{Sender, output};
use bytes::Bytes;
use http::Response;
use imagekit_emulator::{Clock, Emulator, Reaction};
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::operation::JsonEndpoint;
use imagekit_proto::{Attempt, Call, CallOptions, Config, Endpoint, Error, Step};
use serde_json::Value;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

pub struct Memory {
    emulator: Emulator,
    config: Config,
    options: CallOptions,
    /// The number of calls so far. No one can observe the request, so form boundaries need not be
    /// unpredictable.
    calls: Cell<u128>,
}

impl Memory {
    /// An empty library under the key of the options, or under the emulator's own.
    pub fn new(options: Options) -> Result<Self, String> {
        let Options { config, call: options, .. } = options;
        let (config, key) = match config.private_key() {
            Some(key) => (config.clone(), key.expose().to_owned()),
            None => {
                let key = Emulator::PRIVATE_KEY;
                (Config::new(key).map_err(|error| error.to_string())?, key.to_owned())
            }
        };
        let emulator = Emulator::with_keys(key, Emulator::PUBLIC_KEY).with_clock(Clock::system());
        Ok(Self { emulator, config, options, calls: Cell::new(0) })
    }

    fn exchange(
        &self,
        attempt: Attempt,
        payload: Option<&Path>,
    ) -> Result<Response<Bytes>, Failure<io::Error>> {
        let fail = |kind, text: &str| Err(Failure::new(kind, io::Error::other(text)));
        let payload_failure = |error| Failure::new(FailureKind::Payload, error);
        let payload: Box<dyn Read> = match payload {
            Some(path) => Box::new(File::open(path).map_err(payload_failure)?),
            None => Box::new(io::empty()),
        };
        let (head, body) = attempt.request.into_parts();
        let mut bytes = Vec::new();
        body.into_reader(payload).read_to_end(&mut bytes).map_err(payload_failure)?;
        let (wait, response) =
            match self.emulator.handle(http::Request::from_parts(head, bytes.into())) {
                Reaction::Response(response) => (Duration::ZERO, response),
                Reaction::After(wait, response) => (wait, response),
                Reaction::Drop | Reaction::CutShort { .. } => {
                    return fail(FailureKind::Ambiguous, "the emulator hung up");
                }
            };
        if let Some(limit) = attempt.timeout.filter(|limit| wait > *limit) {
            sleep(limit);
            return fail(FailureKind::Ambiguous, "the emulator took too long");
        }
        sleep(wait);
        if response.body().len() as u64 > attempt.max_response {
            return fail(FailureKind::TooLarge, "the policy reads no response that long");
        }
        Ok(response)
    }
}

impl Sender for Memory {
    fn send(&self, endpoint: JsonEndpoint, payload: Option<&Path>) -> Value {
        let operation = endpoint.operation().id;
        let entropy = self.calls.replace(self.calls.get() + 1);
        let mut call = Call::new(&self.config, endpoint, self.options.clone(), entropy);
        if let Some(path) = payload {
            match std::fs::metadata(path) {
                Ok(file) => call = call.with_payload(file.len()),
                Err(error) => {
                    let failure = Failure::new(FailureKind::Payload, error);
                    return output::line(operation, Err(Error::not_begun(operation, failure)));
                }
            }
        }
        let clock = Instant::now();
        loop {
            match call.poll(clock.elapsed()) {
                Step::Send(attempt) => match self.exchange(attempt, payload) {
                    Ok(response) => call.on_response(clock.elapsed(), response),
                    Err(failure) => call.on_failure(clock.elapsed(), failure),
                },
                Step::Sleep(wait) => sleep(wait),
                Step::Done(outcome) => return output::line(operation, outcome),
            }
        }
    }
}
