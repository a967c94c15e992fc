//! The layers of the stack. Alone in its process: what other tests trace without a subscriber would stay
//! disabled here.

#![allow(clippy::unwrap_used, reason = "it is test code")]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use imagekit_emulator::{Emulator, Fault, Server};
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::transport::{AsyncPayload, drive_async};
use imagekit_proto::{Call, CallOptions};
use tokio::runtime::Builder;
use transport_tower::{Tower, stack};

#[test]
fn layers_time_out_and_trace() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let server = Server::start(Emulator::new()).unwrap();
    server.emulator().inject(Fault::delay(Duration::from_secs(20)));
    let config = transport_checks::config(&server.url());
    let list = ListAndSearchAssets::new().path("/of-the-query");
    let page = tracing::subscriber::with_default(subscriber, || {
        let transport = Tower(stack(Duration::from_millis(300)));
        let call = Call::new(&config, list, CallOptions::default(), 7);
        Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(drive_async(&transport, call, AsyncPayload::none()))
            .unwrap()
    });
    assert_eq!(page.attempts, 2, "the layer did not end the first attempt");
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert_eq!(log.matches("started processing request").count(), 2, "{log}");
    assert!(log.contains("path=\"/v1/files\""), "{log}");
    assert!(!log.contains("of-the-query") && !log.contains(Emulator::PRIVATE_KEY), "{log}");
}

/// What was traced.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
