//! The client: a configuration, a retry policy and reqwest's client.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::drive::{drive, not_begun};
use crate::error::{ClientError, Error};
use crate::payload::Payload;
use crate::pool::Pool;
use crate::proto::error::FailureKind;
use crate::proto::{Config, Endpoint, Reply, RetryPolicy, Upload};

/// ImageKit's API through reqwest, inside a Tokio runtime (with its I/O and time drivers).
///
/// Dropping a call's future gives the call up: what was sent may have been carried out.
///
/// Cheap to clone; clones share their connections. `Debug` prints no secret.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    retry: RetryPolicy,
    http: reqwest::Client,
    pool: Pool,
}

impl Client {
    /// A client with the default policy and transport.
    ///
    /// # Errors
    ///
    /// rustls refuses its settings, which it should not.
    pub fn new(config: Config) -> Result<Self, ClientError> {
        Self::builder(config).build()
    }

    /// A client from the environment: `IMAGEKIT_PRIVATE_KEY`, and where they are set
    /// `IMAGEKIT_API_URL` and `IMAGEKIT_UPLOAD_URL` instead of the real service's addresses (an
    /// emulator, a proxy).
    ///
    /// # Errors
    ///
    /// There is no key, or the core refuses one of the values.
    pub fn from_env() -> Result<Self, ClientError> {
        Self::new(Config::from_variables(std::env::var_os)?)
    }

    /// A client to be adjusted.
    pub fn builder(config: Config) -> ClientBuilder {
        ClientBuilder { config, retry: RetryPolicy::default(), transport: default_transport() }
    }

    /// Carries `endpoint` to its outcome under the client's policy.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind).
    pub async fn send<E: Endpoint>(&self, endpoint: E) -> Result<Reply<E::Output>, Error> {
        drive(
            &self.inner.http,
            &self.inner.config,
            &self.inner.pool,
            endpoint,
            &self.inner.retry,
            None,
        )
        .await
    }

    /// Carries `endpoint` to its outcome under a policy of its own.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind).
    pub async fn send_with<E: Endpoint>(
        &self,
        endpoint: E,
        policy: RetryPolicy,
    ) -> Result<Reply<E::Output>, Error> {
        drive(&self.inner.http, &self.inner.config, &self.inner.pool, endpoint, &policy, None).await
    }

    /// Announces the length of `payload` in `endpoint`, then carries it to its outcome.
    ///
    /// ```
    /// use imagekit_reqwest::proto::Config;
    /// use imagekit_reqwest::proto::api::upload::{FileSource, UploadFile};
    /// use imagekit_reqwest::{Client, Payload};
    ///
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/loopback.rs"));
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    /// # let config = Config::new("private_abc")?.with_upload_url(&loopback(UPLOADED))?;
    /// let client = Client::new(config)?;
    /// // Zero stands for the length that `upload` fills in.
    /// let request = UploadFile::new("cat.jpg", FileSource::payload(0)).folder("/pets");
    /// let uploaded = client.upload(request, Payload::path(path)).await?;
    /// println!("{:?}", uploaded.file().map(|file| &file.url));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind); a payload that cannot be opened is a
    /// transport failure of kind [`Payload`](FailureKind::Payload).
    pub async fn upload<E: Upload>(
        &self,
        endpoint: E,
        payload: Payload,
    ) -> Result<Reply<E::Output>, Error> {
        self.upload_with(endpoint, payload, self.inner.retry.clone()).await
    }

    /// [`upload`](Self::upload) under a policy of its own. An attempt may take 60 s by default:
    /// a large file over a slow line needs
    /// [more](crate::proto::RetryPolicy::attempt_timeout).
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload).
    pub async fn upload_with<E: Upload>(
        &self,
        mut endpoint: E,
        payload: Payload,
        policy: RetryPolicy,
    ) -> Result<Reply<E::Output>, Error> {
        match payload.announced_len().await {
            Ok(len) => endpoint.set_payload_len(len),
            Err(error) => return Err(not_begun(&endpoint, FailureKind::Payload, error)),
        }
        self.send_payload_with(endpoint, payload, policy).await
    }

    /// Carries `endpoint`, which announces the length of `payload` already, to its outcome.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind). Another length than the announced one is
    /// refused before anything is sent.
    pub async fn send_payload<E: Endpoint>(
        &self,
        endpoint: E,
        payload: Payload,
    ) -> Result<Reply<E::Output>, Error> {
        self.send_payload_with(endpoint, payload, self.inner.retry.clone()).await
    }

    /// [`send_payload`](Self::send_payload) under a policy of its own.
    ///
    /// # Errors
    ///
    /// As [`send_payload`](Self::send_payload).
    pub async fn send_payload_with<E: Endpoint>(
        &self,
        endpoint: E,
        mut payload: Payload,
        policy: RetryPolicy,
    ) -> Result<Reply<E::Output>, Error> {
        let payload = Some(&mut payload);
        drive(&self.inner.http, &self.inner.config, &self.inner.pool, endpoint, &policy, payload)
            .await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The transport stays out of it: a proxy's address may hold a password.
        f.debug_struct("Client")
            .field("config", &self.inner.config)
            .field("retry", &self.inner.retry)
            .finish_non_exhaustive()
    }
}

/// A [`Client`] in the making.
pub struct ClientBuilder {
    config: Config,
    retry: RetryPolicy,
    transport: Result<reqwest::ClientBuilder, ClientError>,
}

impl ClientBuilder {
    /// Sets the policy of the calls that bring none of their own.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Adjusts reqwest: its proxy, TLS, pool. The builder comes with the defaults of this crate.
    ///
    /// What the core relies on is set afterwards: HTTP/1.1, redirects are answers, nothing is
    /// repeated, nothing is decompressed. Like reqwest, the client takes its proxy from the
    /// environment (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) unless `.no_proxy()`
    /// or `.proxy(..)` says otherwise.
    ///
    /// TLS is a complete rustls configuration, which reqwest's single TLS settings (roots,
    /// versions) do not touch. Replace it with `.tls_backend_preconfigured(..)`; or go back to
    /// reqwest's own with `.tls_backend_rustls()`, for which the process needs a provider.
    pub fn transport(
        mut self,
        adjust: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Self {
        self.transport = self.transport.map(adjust);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// reqwest or rustls refuses its settings.
    pub fn build(self) -> Result<Client, ClientError> {
        let Self { config, retry, transport } = self;
        let transport = transport?
            .http1_only()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate();
        // reqwest panics when it is told to use rustls' provider and the process has none; it
        // cannot be asked which backend it will use.
        let http = catch_unwind(AssertUnwindSafe(|| transport.build()))
            .map_err(|_| ClientError::NoProvider)?
            .map_err(ClientError::Transport)?;
        Ok(Client { inner: Arc::new(Inner { config, retry, http, pool: Pool::new() }) })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("config", &self.config)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

/// What a client is made of when its user says nothing else.
fn default_transport() -> Result<reqwest::ClientBuilder, ClientError> {
    let transport = reqwest::Client::builder();
    #[cfg(feature = "rustls")]
    let transport = transport.tls_backend_preconfigured(rustls_config().map_err(ClientError::Tls)?);
    Ok(transport)
}

#[cfg(feature = "rustls")]
fn rustls_config() -> Result<rustls::ClientConfig, rustls::Error> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}
