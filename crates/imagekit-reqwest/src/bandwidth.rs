//! A limit of the bytes per second, shared by payloads.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::proto::wire::Throttle;

/// Limits the bytes of payloads that are sent in a second. Clones share one limit, so one value can
/// limit all uploads of a program, or a single one.
///
/// What is sent besides the payload is not counted. Waiting for the limit is no lack of progress for
/// the idle timeout; the attempt timeout and the deadline go on.
///
/// ```
/// use imagekit_reqwest::proto::api::upload::UploadFile;
/// use imagekit_reqwest::{Bandwidth, Client, Payload};
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
/// # let client = Client::new(server.config())?;
/// let limit = Bandwidth::new(1_000_000); // a megabyte per second for both together
/// for name in ["a.txt", "b.txt"] {
///     client.upload(UploadFile::new(name), Payload::bytes(name).bandwidth(&limit)).await?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Bandwidth(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    throttle: Mutex<Throttle>,
    clock: Instant,
}

impl Bandwidth {
    /// Creates a limit of so many bytes per second. 0 counts as 1.
    pub fn new(bytes_per_second: u64) -> Self {
        let throttle = Mutex::new(Throttle::new(bytes_per_second));
        Self(Arc::new(Shared { throttle, clock: Instant::now() }))
    }

    /// Returns the most bytes to send at a time.
    pub(crate) fn piece(&self) -> usize {
        self.throttle().piece()
    }

    /// Returns how long to wait before the next `bytes` bytes are sent.
    pub(crate) fn reserve(&self, bytes: usize) -> Duration {
        self.throttle().reserve(self.0.clock.elapsed(), bytes)
    }

    fn throttle(&self) -> MutexGuard<'_, Throttle> {
        self.0.throttle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
