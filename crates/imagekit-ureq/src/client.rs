//! The client: a configuration, options and ureq's agent.

use std::fmt;
use std::sync::Arc;

use crate::builder::ClientBuilder;
use crate::drive::{drive, drive_with};
use crate::error::{ClientError, Error};
use crate::payload::Payload;
use crate::proto::{CallOptions, Config, Endpoint, Reply};
use crate::shared::Shared;
use crate::stop::{Stop, Stopped};

/// Blocking client for the ImageKit API.
///
/// Cheap to clone; clones share their connections, their pace and the function that receives their
/// events. `Debug` prints no secret.
///
/// ```
/// use imagekit_ureq::proto::api::files::GetFileDetails;
/// use imagekit_ureq::{Client, Config};
///
/// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
/// let config = Config::new("private_abc")?;
/// # let config = server.config();
/// let client = Client::new(config)?;
/// let file = client.send(GetFileDetails::new("598821f949c0a938d57563bd"))?;
/// assert_eq!(file.name, "cat.jpg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
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
    /// None today: the type is the one of all adapters.
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
    /// # use imagekit_ureq::{Client, proto::api::files::GetFileDetails};
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    /// let options = client.options().clone().deadline(Duration::from_secs(5));
    /// let file = client.send_with(GetFileDetails::new("598821f949c0a938d57563bd"), options)?;
    /// # assert_eq!(file.name, "cat.jpg");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn options(&self) -> &CallOptions {
        &self.shared.options
    }

    /// Sends the request, with retries, and returns the decoded response.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind).
    pub fn send<E: Endpoint>(&self, endpoint: E) -> Result<Reply<E::Output>, Error> {
        self.send_with(endpoint, self.options().clone())
    }

    /// Sends the request under options of its own.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind).
    pub fn send_with<E: Endpoint>(
        &self,
        endpoint: E,
        options: CallOptions,
    ) -> Result<Reply<E::Output>, Error> {
        drive(&self.shared, endpoint, options, None)
    }

    /// Sends the request as [`send`](Self::send) does, unless `stop` ends the call before.
    pub(crate) fn send_until<E: Endpoint>(
        &self,
        endpoint: E,
        stop: &Stop,
    ) -> Result<Result<Reply<E::Output>, Error>, Stopped> {
        drive_with(&self.shared, endpoint, self.options().clone(), None, |time| stop.sleep(time))
    }

    /// Uploads a payload: sends the request with it, with retries, and returns the decoded
    /// response.
    ///
    /// By default an attempt ends when it makes no progress for 60 s, however long it takes in all.
    ///
    /// ```
    /// use std::path::Path;
    /// use imagekit_ureq::Client;
    /// use imagekit_ureq::proto::api::upload::UploadFile;
    ///
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    /// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    /// let uploaded = client.upload(UploadFile::new("cat.jpg").folder("/pets"), Path::new(path))?;
    /// if let Some(file) = uploaded.file() {
    ///     println!("{}", file.url);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind). A payload that cannot be opened is a transport
    /// failure of kind [`Payload`](crate::proto::error::FailureKind::Payload).
    pub fn upload<'p, E: Endpoint>(
        &self,
        endpoint: E,
        payload: impl Into<Payload<'p>>,
    ) -> Result<Reply<E::Output>, Error> {
        self.upload_with(endpoint, payload, self.options().clone())
    }

    /// Uploads a payload under options of its own.
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload).
    pub fn upload_with<'p, E: Endpoint>(
        &self,
        endpoint: E,
        payload: impl Into<Payload<'p>>,
        options: CallOptions,
    ) -> Result<Reply<E::Output>, Error> {
        drive(&self.shared, endpoint, options, Some(&mut payload.into()))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the agent: a proxy's address may hold a password.
        f.debug_struct("Client")
            .field("config", &self.shared.config)
            .field("options", &self.shared.options)
            .finish_non_exhaustive()
    }
}
