//! The client: a configuration, a retry policy and ureq's agent.

use std::fmt;
use std::sync::Arc;

use ureq::Agent;
use ureq::config::ConfigBuilder;
use ureq::typestate::AgentScope;

use crate::attempt::bounded;
use crate::connect::{Connect, Resolve};
use crate::drive::{drive, not_begun};
use crate::error::{ClientError, Error};
use crate::payload::Payload;
use crate::proto::error::FailureKind;
use crate::proto::{Config, Endpoint, Reply, RetryPolicy, Upload};

/// ImageKit's API through ureq.
///
/// Cheap to clone; clones share their connections. `Debug` prints no secret.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    retry: RetryPolicy,
    agent: Agent,
}

impl Client {
    /// A client with the default policy and transport.
    ///
    /// # Errors
    ///
    /// None today: the type is what all adapters share.
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
    pub fn send<E: Endpoint>(&self, endpoint: E) -> Result<Reply<E::Output>, Error> {
        self.send_with(endpoint, self.inner.retry.clone())
    }

    /// Carries `endpoint` to its outcome under a policy of its own.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind).
    pub fn send_with<E: Endpoint>(
        &self,
        endpoint: E,
        policy: RetryPolicy,
    ) -> Result<Reply<E::Output>, Error> {
        drive(&self.inner.agent, &self.inner.config, endpoint, policy, None)
    }

    /// Announces the length of `payload` in `endpoint`, then carries it to its outcome.
    ///
    /// ```
    /// use imagekit_ureq::proto::Config;
    /// use imagekit_ureq::proto::api::upload::{FileSource, UploadFile};
    /// use imagekit_ureq::{Client, Payload};
    ///
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/loopback.rs"));
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    /// # let config = Config::new("private_abc")?.with_upload_url(&loopback(UPLOADED))?;
    /// let client = Client::new(config)?;
    /// // Zero stands for the length that `upload` fills in.
    /// let request = UploadFile::new("cat.jpg", FileSource::payload(0)).folder("/pets");
    /// let uploaded = client.upload(request, Payload::path(path))?;
    /// println!("{:?}", uploaded.file().map(|file| &file.url));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind); a payload that cannot be opened is a
    /// transport failure of kind [`Payload`](FailureKind::Payload).
    pub fn upload<E: Upload>(
        &self,
        endpoint: E,
        payload: Payload<'_>,
    ) -> Result<Reply<E::Output>, Error> {
        self.upload_with(endpoint, payload, self.inner.retry.clone())
    }

    /// [`upload`](Self::upload) under a policy of its own. An attempt may take 60 s by default:
    /// a large file over a slow line needs
    /// [more](crate::proto::RetryPolicy::attempt_timeout).
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload).
    pub fn upload_with<E: Upload>(
        &self,
        mut endpoint: E,
        payload: Payload<'_>,
        policy: RetryPolicy,
    ) -> Result<Reply<E::Output>, Error> {
        match payload.announced_len() {
            Ok(len) => endpoint.set_payload_len(len),
            Err(error) => return Err(not_begun(&endpoint, FailureKind::Payload, error)),
        }
        self.send_payload_with(endpoint, payload, policy)
    }

    /// Carries `endpoint`, which announces the length of `payload` already, to its outcome.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::proto::ErrorKind). Another length than the announced one is
    /// refused before anything is sent.
    pub fn send_payload<E: Endpoint>(
        &self,
        endpoint: E,
        payload: Payload<'_>,
    ) -> Result<Reply<E::Output>, Error> {
        self.send_payload_with(endpoint, payload, self.inner.retry.clone())
    }

    /// [`send_payload`](Self::send_payload) under a policy of its own.
    ///
    /// # Errors
    ///
    /// As [`send_payload`](Self::send_payload).
    pub fn send_payload_with<E: Endpoint>(
        &self,
        endpoint: E,
        payload: Payload<'_>,
        policy: RetryPolicy,
    ) -> Result<Reply<E::Output>, Error> {
        drive(&self.inner.agent, &self.inner.config, endpoint, policy, Some(payload))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The agent stays out of it: a proxy's address may hold a password.
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
    transport: ConfigBuilder<AgentScope>,
}

impl ClientBuilder {
    /// Sets the policy of the calls that bring none of their own.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Adjusts ureq: its proxy, TLS, pool. The builder comes with the defaults of this crate.
    ///
    /// What the core relies on is set afterwards: error statuses and redirects are answers, no
    /// compressed answers are asked for, and the timeout of an attempt is the policy's. Like
    /// ureq, the client takes its proxy from the environment (`ALL_PROXY`, `HTTPS_PROXY`,
    /// `HTTP_PROXY`, `NO_PROXY`) unless `.proxy(..)` says otherwise.
    pub fn transport(
        mut self,
        adjust: impl FnOnce(ConfigBuilder<AgentScope>) -> ConfigBuilder<AgentScope>,
    ) -> Self {
        self.transport = adjust(self.transport);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// None today: the type is what all adapters share.
    pub fn build(self) -> Result<Client, ClientError> {
        let transport = self
            .transport
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .accept_encoding("")
            .timeout_global(bounded(self.retry.attempt_timeout))
            .build();
        let agent = Agent::with_parts(transport, Connect::default(), Resolve::default());
        let Self { config, retry, .. } = self;
        Ok(Client { inner: Arc::new(Inner { config, retry, agent }) })
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

/// What a client is made of when the environment says nothing else.
fn default_transport() -> ConfigBuilder<AgentScope> {
    let transport = Agent::config_builder();
    #[cfg(feature = "rustls")]
    let transport = transport.tls_config(
        ureq::tls::TlsConfig::builder()
            .provider(ureq::tls::TlsProvider::Rustls)
            .root_certs(ureq::tls::RootCerts::WebPki)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build(),
    );
    #[cfg(all(feature = "native-tls", not(feature = "rustls")))]
    let transport = transport.tls_config(
        ureq::tls::TlsConfig::builder()
            .provider(ureq::tls::TlsProvider::NativeTls)
            .root_certs(ureq::tls::RootCerts::PlatformVerifier)
            .build(),
    );
    transport
}
