//! How a client is built.

use std::fmt;

use ureq::Agent;
use ureq::config::ConfigBuilder;
use ureq::typestate::AgentScope;

use crate::attempt::bounded;
use crate::client::Client;
use crate::connect::{Connect, Resolve};
use crate::error::ClientError;
use crate::proto::event::{CallEvent, Observer};
use crate::proto::pace::SharedPace;
use crate::proto::{CallOptions, Config, Server};
use crate::shared::Shared;

/// Builder for a [`Client`]: options and transport.
///
/// ```
/// use std::time::Duration;
/// use imagekit_ureq::{CallOptions, Client, Config, RetryPolicy, ureq};
///
/// let options = CallOptions::default()
///     .retry(RetryPolicy::default().max_attempts(5))
///     .deadline(Duration::from_secs(120));
/// let proxy = ureq::Proxy::new("http://proxy.example.com:3128")?;
/// let client = Client::builder(Config::new("private_abc")?)
///     .options(options)
///     .transport(|ureq| ureq.proxy(Some(proxy)).max_idle_connections_per_host(16))
///     .build()?;
/// # let _ = client;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ClientBuilder {
    config: Config,
    options: CallOptions,
    pace: Option<SharedPace>,
    observer: Option<Observer>,
    transport: ConfigBuilder<AgentScope>,
}

impl ClientBuilder {
    pub(crate) fn new(config: Config) -> Self {
        let mut transport = Agent::config_builder();
        // A proxy would read the key of a request to a plain http URL, and cannot reach loopback.
        if config.is_loopback(Server::Api) || config.is_loopback(Server::Upload) {
            transport = transport.proxy(None);
        }
        // ureq's default is rustls, which this build may lack.
        #[cfg(all(feature = "native-tls", not(feature = "rustls")))]
        let transport = transport.tls_config(
            ureq::tls::TlsConfig::builder()
                .provider(ureq::tls::TlsProvider::NativeTls)
                .root_certs(ureq::tls::RootCerts::PlatformVerifier)
                .build(),
        );
        let options = CallOptions::default();
        Self { config, options, pace: None, observer: None, transport }
    }

    /// Sets the options of calls that bring none of their own.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Paces all calls of the client and its clones: each attempt waits for its turn below the rate
    /// limit that the server announces. Without it, nothing is paced.
    ///
    /// ```
    /// use imagekit_ureq::proto::pace::PaceOptions;
    /// use imagekit_ureq::{Client, Config};
    ///
    /// let config = Config::new("private_abc")?;
    /// let client = Client::builder(config).pace(PaceOptions::default()).build()?;
    /// # let _ = client;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Processes that use the same account share a limit through a [`Pace`](crate::proto::pace::Pace)
    /// of your own, `.pace(SharedPace::new(..))`; two clients of one process through clones of the
    /// same [`SharedPace`]. See [`proto::pace`](crate::proto::pace) for the rules.
    pub fn pace(mut self, pace: impl Into<SharedPace>) -> Self {
        self.pace = Some(pace.into());
        self
    }

    /// Sets a function that receives the events of all calls of the client and its clones, for
    /// metrics: see [`proto::event`](crate::proto::event).
    ///
    /// ```
    /// use imagekit_ureq::proto::event::EventKind;
    /// use imagekit_ureq::{Client, Config};
    ///
    /// let client = Client::builder(Config::new("private_abc")?)
    ///     .on_event(|event| {
    ///         if let EventKind::Ended { end, attempts, .. } = &event.kind {
    ///             println!("{}: {end}, {attempts} attempts", event.operation);
    ///         }
    ///     })
    ///     .build()?;
    /// # let _ = client;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// It runs in the thread that makes the call, so it should be quick. When it
    /// panics, the panic reaches the code that made the call.
    pub fn on_event(mut self, on_event: impl Fn(&CallEvent) + Send + Sync + 'static) -> Self {
        self.observer = Some(Observer::new(on_event));
        self
    }

    /// Configures ureq: its proxy, TLS, connection pool.
    ///
    /// Like ureq, the client takes its proxy from the environment (`ALL_PROXY`, `HTTPS_PROXY`,
    /// `HTTP_PROXY`, `NO_PROXY`), unless one of its base URLs is a loopback one or `.proxy(..)` says
    /// otherwise.
    ///
    /// What the core relies on is set afterwards: error statuses and redirects are responses, none
    /// is compressed, and the timeouts of an attempt are those of the [`CallOptions`].
    pub fn transport(
        mut self,
        configure: impl FnOnce(ConfigBuilder<AgentScope>) -> ConfigBuilder<AgentScope>,
    ) -> Self {
        self.transport = configure(self.transport);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// None today: the type is the one of all adapters.
    pub fn build(self) -> Result<Client, ClientError> {
        let Self { config, options, pace, observer, transport } = self;
        let transport = transport
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .accept_encoding("")
            .timeout_global(bounded(options.attempt_timeout_of(false)))
            .build();
        let agent = Agent::with_parts(transport, Connect::default(), Resolve::default());
        Ok(Client::from_shared(Shared { config, options, pace, observer, agent }))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("config", &self.config)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
