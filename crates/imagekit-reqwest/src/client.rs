//! The client: a configuration, options and reqwest's client.

use std::fmt;
use std::sync::Arc;

use crate::builder::ClientBuilder;
use crate::drive::drive;
use crate::error::{ClientError, Error};
use crate::payload::Payload;
use crate::proto::{CallOptions, Config, Endpoint, Reply};
use crate::shared::Shared;

/// Async client for the ImageKit API, inside a Tokio runtime with I/O and time drivers.
///
/// Dropping the future of a call cancels the call; a request that was sent may have its effect all
/// the same. Cheap to clone; clones share their connections, their pace and the function that
/// receives their events. `Debug` prints no secret.
///
/// ```
/// use imagekit_reqwest::proto::api::files::GetFileDetails;
/// use imagekit_reqwest::{Client, Config};
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
/// let config = Config::new("private_abc")?;
/// # let config = server.config();
/// let client = Client::new(config)?;
/// let file = client.send(GetFileDetails::new("598821f949c0a938d57563bd")).await?;
/// assert_eq!(file.name, "cat.jpg");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

impl Client {
    /// Creates a client with default options and transport.
    ///
    /// # Errors
    ///
    /// reqwest refuses its settings: the system has no usable root certificates.
    pub fn new(config: Config) -> Result<Self, ClientError> {
        Self::builder(config).build()
    }

    /// Creates a client from environment variables: the private key from `IMAGEKIT_PRIVATE_KEY`, and
    /// base URLs other than the real service's from `IMAGEKIT_API_URL` and `IMAGEKIT_UPLOAD_URL`.
    ///
    /// # Errors
    ///
    /// There is no key, or a value cannot work.
    pub fn from_env() -> Result<Self, ClientError> {
        Self::new(Config::from_variables(std::env::var_os)?)
    }

    /// Returns a builder for options and transport.
    pub fn builder(config: Config) -> ClientBuilder {
        ClientBuilder::new(config)
    }

    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// Returns the options of calls that bring none of their own.
    ///
    /// ```
    /// use std::time::Duration;
    /// # use imagekit_reqwest::{Client, proto::api::files::GetFileDetails};
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    /// let options = client.options().clone().deadline(Duration::from_secs(5));
    /// let file = client.send_with(GetFileDetails::new("598821f949c0a938d57563bd"), options).await?;
    /// # assert_eq!(file.name, "cat.jpg");
    /// # Ok(())
    /// # }
    /// ```
    pub fn options(&self) -> &CallOptions {
        &self.shared.options
    }

    /// Sends the request, with retries, and returns the decoded response.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind).
    pub async fn send<E: Endpoint>(&self, endpoint: E) -> Result<Reply<E::Output>, Error> {
        drive(&self.shared, endpoint, self.options(), None).await
    }

    /// Sends the request under options of its own.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind).
    pub async fn send_with<E: Endpoint>(
        &self,
        endpoint: E,
        options: CallOptions,
    ) -> Result<Reply<E::Output>, Error> {
        drive(&self.shared, endpoint, &options, None).await
    }

    /// Uploads a payload: sends the request with it, with retries, and returns the decoded
    /// response.
    ///
    /// By default an attempt ends when it makes no progress for 60 s, however long it takes in all.
    ///
    /// ```
    /// use std::path::Path;
    /// use imagekit_reqwest::Client;
    /// use imagekit_reqwest::proto::api::upload::UploadFile;
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    /// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    /// let uploaded = client.upload(UploadFile::new("cat.jpg").folder("/pets"), Path::new(path)).await?;
    /// if let Some(file) = uploaded.file() {
    ///     println!("{}", file.url);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind). A payload that cannot be opened is a transport
    /// failure of kind [`Payload`](crate::proto::error::FailureKind::Payload).
    pub async fn upload<E: Endpoint>(
        &self,
        endpoint: E,
        payload: impl Into<Payload>,
    ) -> Result<Reply<E::Output>, Error> {
        let mut payload = payload.into();
        drive(&self.shared, endpoint, self.options(), Some(&mut payload)).await
    }

    /// Uploads a payload under options of its own.
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload).
    pub async fn upload_with<E: Endpoint>(
        &self,
        endpoint: E,
        payload: impl Into<Payload>,
        options: CallOptions,
    ) -> Result<Reply<E::Output>, Error> {
        let mut payload = payload.into();
        drive(&self.shared, endpoint, &options, Some(&mut payload)).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the transport: a proxy's address may hold a password.
        f.debug_struct("Client")
            .field("config", &self.shared.config)
            .field("options", &self.shared.options)
            .finish_non_exhaustive()
    }
}
