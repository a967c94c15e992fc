//! Cancelling uploads with an error that says what is known of them.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::watch::Sender;

/// Cancels uploads from elsewhere. Clones are one token.
///
/// Dropping the future of an upload cancels it too, and at once. With a token there is an error, whose
/// [`is_cancelled`](crate::proto::Error::is_cancelled) is true and which says whether the upload [may
/// have been applied](crate::proto::Error::may_have_been_applied): it may, once bytes of its body
/// are on their way.
///
/// A look-up of `upload_once` is not interrupted; it ends by its own deadline.
///
/// ```
/// use imagekit_reqwest::proto::api::upload::UploadFile;
/// use imagekit_reqwest::{CancelToken, Client, Payload};
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
/// # let client = Client::new(server.config())?;
/// let token = CancelToken::new();
/// let from_elsewhere = token.clone();
/// tokio::spawn(async move { from_elsewhere.cancel() }).await?;
///
/// let payload = Payload::bytes("content").cancelled_by(&token);
/// let error = client.upload(UploadFile::new("cat.jpg"), payload).await.unwrap_err();
/// assert!(error.is_cancelled() && !error.may_have_been_applied());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct CancelToken(Arc<Sender<bool>>);

/// The moment when a token is cancelled.
pub(crate) type Cancelled = Pin<Box<dyn Future<Output = ()> + Send>>;

impl CancelToken {
    /// Creates a token that cancels nothing yet.
    pub fn new() -> Self {
        Self(Arc::new(Sender::new(false)))
    }

    /// Cancels every upload that has the token, now and later.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Returns whether [`cancel`](Self::cancel) was called.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    pub(crate) fn cancelled(&self) -> Cancelled {
        let mut receiver = self.0.subscribe();
        // The token lives as long as the payload: the sender is not dropped before.
        Box::pin(async move { drop(receiver.wait_for(|is_cancelled| *is_cancelled).await) })
    }
}

impl Default for CancelToken {
    fn default() -> Self {
        Self::new()
    }
}
