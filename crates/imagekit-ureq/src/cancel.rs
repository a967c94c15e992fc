//! Cancelling uploads from another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Cancels uploads from another thread, or from their progress callback. Clones are one token.
///
/// A cancelled upload ends with an error whose
/// [`is_cancelled`](crate::proto::Error::is_cancelled) is true: before its first attempt, between
/// two attempts, or before the next piece of the payload. Once bytes of the request are on their way
/// the error says that it [may have been
/// applied](crate::proto::Error::may_have_been_applied). An attempt that has sent everything and waits
/// for the response is not interrupted: the call ends with that response.
///
/// A look-up of `upload_once` is not interrupted; it ends by its own deadline.
///
/// ```
/// use imagekit_ureq::proto::api::upload::UploadFile;
/// use imagekit_ureq::{CancelToken, Client, Payload};
///
/// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
/// # let client = Client::new(server.config())?;
/// let token = CancelToken::new();
/// let from_elsewhere = token.clone();
/// std::thread::spawn(move || from_elsewhere.cancel()).join().unwrap();
///
/// let payload = Payload::bytes("content").cancelled_by(&token);
/// let error = client.upload(UploadFile::new("cat.jpg"), payload).unwrap_err();
/// assert!(error.is_cancelled() && !error.may_have_been_applied());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// Creates a token that cancels nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancels every upload that has the token, now and later.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Returns whether [`cancel`](Self::cancel) was called.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
