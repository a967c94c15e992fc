//! What the tests of the transports have in common: calls of the emulator over loopback.

#![allow(clippy::unwrap_used, clippy::panic, reason = "it is test code")]

use std::fmt;
use std::io::{self, Read};
use std::net::TcpListener;
use std::time::Duration;

use imagekit_emulator::{DropAt, Emulator, Fault, Server};
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::files::GetFileDetails;
use imagekit_proto::api::folders::CreateFolder;
use imagekit_proto::api::upload::UploadFile;
use imagekit_proto::error::{ErrorKind, FailureKind};
use imagekit_proto::transport::{AsyncPayload, Payload, chunks_of};
use imagekit_proto::{Call, CallOptions, Config, Endpoint, Outcome};

/// A transport under test. An async one blocks on a runtime of this thread.
pub trait Driver {
    /// The transport's own error.
    type Error: fmt::Debug + fmt::Display;

    /// Drives `call` to its end.
    ///
    /// # Errors
    ///
    /// Those of the call.
    fn drive<E: Endpoint>(
        &self,
        call: Call<E, Self::Error>,
        payload: Option<Pieces>,
    ) -> Outcome<E::Output, Self::Error>;
}

/// A payload whose bytes are made when they are read.
#[derive(Clone, Debug)]
pub struct Pieces {
    made: u64,
    len: u64,
    announced: u64,
}

impl Pieces {
    /// Creates a payload of `len` bytes.
    pub fn new(len: u64) -> Self {
        Self { made: 0, len, announced: len }
    }

    /// Returns it for a blocking transport.
    pub fn reader(self) -> Payload<'static> {
        Payload::reopen(self.announced, move || Ok(self.clone()))
    }

    /// Returns it for an async transport.
    pub fn chunks(self) -> AsyncPayload {
        AsyncPayload::reopen(self.announced, move || Ok(chunks_of(self.clone())))
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len - self.made).unwrap_or(usize::MAX);
        let count = left.min(buffer.len());
        for (byte, number) in buffer[..count].iter_mut().zip(self.made..) {
            *byte = (number % 251) as u8;
        }
        self.made += count as u64;
        Ok(count)
    }
}

/// Returns the configuration of a client of the server at `url`.
pub fn config(url: &str) -> Config {
    let config = Config::new(Emulator::PRIVATE_KEY).unwrap();
    config.with_api_url(url).unwrap().with_upload_url(url).unwrap()
}

fn call<E: Endpoint, T>(server: &Server, endpoint: E) -> Call<E, T> {
    Call::new(&config(&server.url()), endpoint, CallOptions::default(), 7)
}

/// Checks a transport: results, retries, uploads, timeouts, failures.
pub fn check(driver: &impl Driver) {
    let server = Server::start(Emulator::new()).unwrap();
    retries_when_told(driver, &server);
    uploads_again_from_the_start(driver, &server);
    cuts_off_a_payload_that_is_too_short(driver, &server);
    says_what_may_have_happened(driver, &server);
    keeps_to_the_deadline(driver, &server);
    streams(driver);
    knows_that_nobody_is_there(driver);
}

fn retries_when_told(driver: &impl Driver, server: &Server) {
    let emulator = server.emulator();
    emulator.put("/images/cat.txt", "meow").unwrap();
    emulator.inject(Fault::rate_limited(Duration::from_millis(20)));
    let list = ListAndSearchAssets::new().path("/images");
    let page = driver.drive(call(server, list), None).unwrap();
    assert_eq!((page.len(), page.attempts), (1, 2));
    assert!(page.meta.request_id.is_some(), "the request id was lost");

    let missing = GetFileDetails::new("598821f949c0a938d57563bd");
    let error = driver.drive(call(server, missing), None).unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

fn uploads_again_from_the_start(driver: &impl Driver, server: &Server) {
    let emulator = server.emulator();
    emulator.inject(Fault::rate_limited(Duration::from_millis(20)));
    let payload = Pieces::new(1_000_001);
    let upload = UploadFile::new("large.bin").use_unique_file_name(false);
    let uploaded = driver.drive(call(server, upload), Some(payload.clone())).unwrap();
    assert_eq!(uploaded.attempts, 2);
    let mut bytes = Vec::new();
    payload.clone().read_to_end(&mut bytes).unwrap();
    assert!(emulator.stored_bytes("/large.bin").unwrap() == bytes, "other bytes arrived");
}

fn cuts_off_a_payload_that_is_too_short(driver: &impl Driver, server: &Server) {
    let short = Pieces { announced: 1_000_002, ..Pieces::new(1_000_001) };
    let upload = UploadFile::new("short.bin").use_unique_file_name(false);
    let error = driver.drive(call(server, upload), Some(short)).unwrap_err();
    let ErrorKind::Transport(failure) = error.kind() else { panic!("{error:?}") };
    assert_eq!(failure.kind, FailureKind::Payload);
    assert!(server.emulator().file("/short.bin").is_none());
}

fn says_what_may_have_happened(driver: &impl Driver, server: &Server) {
    server.emulator().inject(Fault::drop_connection(DropAt::AfterActing));
    let error = driver.drive(call(server, CreateFolder::new("a", "/")), None).unwrap_err();
    assert!(error.may_have_been_applied(), "{error}");
    assert!(!format!("{error} {error:?}").contains(Emulator::PRIVATE_KEY));
}

fn keeps_to_the_deadline(driver: &impl Driver, server: &Server) {
    server.emulator().inject(Fault::delay(Duration::from_secs(20)));
    let options = CallOptions::default().deadline(Duration::from_millis(300));
    let list = Call::new(&config(&server.url()), ListAndSearchAssets::new(), options, 7);
    let error = driver.drive(list, None).unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

/// A payload is never whole in memory.
fn streams(driver: &impl Driver) {
    let server = Server::start(Emulator::new().discard_bytes(true)).unwrap();
    let memory = allocation_counter::measure(|| {
        let upload = call(&server, UploadFile::new("huge.bin"));
        driver.drive(upload, Some(Pieces::new(48 << 20))).unwrap();
    });
    assert!(memory.bytes_max < 4 << 20, "{} bytes at once", memory.bytes_max);
}

fn knows_that_nobody_is_there(driver: &impl Driver) {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let config = config(&format!("http://{address}"));
    let call = Call::new(&config, CreateFolder::new("a", "/"), CallOptions::default(), 7);
    let error = driver.drive(call, None).unwrap_err();
    assert_eq!((error.attempts(), error.may_have_been_applied()), (0, false), "{error}");
}
