//! How a client is built.

use std::fmt;
#[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
use std::time::Duration;

use crate::client::Client;
use crate::error::ClientError;
use crate::pool::Pool;
use crate::proto::event::{CallEvent, Observer};
use crate::proto::pace::SharedPace;
use crate::proto::{CallOptions, Config, Server};
use crate::shared::Shared;

/// How long sent data may remain unacknowledged: longer than the default idle timeout of uploads.
#[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
const UNACKNOWLEDGED: Duration = Duration::from_secs(120);

/// Builder for a [`Client`]: options and transport.
///
/// ```
/// use std::time::Duration;
/// use imagekit_reqwest::{CallOptions, Client, Config, RetryPolicy, reqwest};
///
/// let options = CallOptions::default()
///     .retry(RetryPolicy::default().max_attempts(5))
///     .deadline(Duration::from_secs(120));
/// let proxy = reqwest::Proxy::all("http://proxy.example.com:3128")?;
/// let client = Client::builder(Config::new("private_abc")?)
///     .options(options)
///     .transport(|reqwest| reqwest.proxy(proxy).pool_max_idle_per_host(16))
///     .build()?;
/// # let _ = client;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ClientBuilder {
    config: Config,
    options: CallOptions,
    pace: Option<SharedPace>,
    observer: Option<Observer>,
    transport: reqwest::ClientBuilder,
}

impl ClientBuilder {
    pub(crate) fn new(config: Config) -> Self {
        let mut transport = reqwest::Client::builder();
        // A proxy would read the key of a request to a plain http URL, and cannot reach loopback.
        if config.is_loopback(Server::Api) || config.is_loopback(Server::Upload) {
            transport = transport.no_proxy();
        }
        // reqwest's 30 s would end an upload before its idle timeout. A limit remains for connections
        // whose attempt is over, see `Sending`.
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        let transport = transport.tcp_user_timeout(UNACKNOWLEDGED);
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
    /// use imagekit_reqwest::proto::pace::PaceOptions;
    /// use imagekit_reqwest::{Client, Config};
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
    /// use imagekit_reqwest::proto::event::EventKind;
    /// use imagekit_reqwest::{Client, Config};
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
    /// It runs in the task that makes the call, so it should be quick. When it
    /// panics, the panic reaches the code that made the call.
    pub fn on_event(mut self, on_event: impl Fn(&CallEvent) + Send + Sync + 'static) -> Self {
        self.observer = Some(Observer::new(on_event));
        self
    }

    /// Configures reqwest: its proxy, TLS, connection pool.
    ///
    /// Like reqwest, the client takes its proxy from the environment (`ALL_PROXY`, `HTTPS_PROXY`,
    /// `HTTP_PROXY`, `NO_PROXY`), unless one of its base URLs is a loopback one or `.no_proxy()` or
    /// `.proxy(..)` says otherwise.
    ///
    /// What the core relies on is set afterwards: HTTP/1.1, redirects are responses, reqwest retries
    /// nothing and decompresses nothing. On Linux, data that the server does not acknowledge for
    /// 120 s ends a connection; for a longer [idle timeout](CallOptions::idle_timeout) set
    /// `.tcp_user_timeout(..)`.
    pub fn transport(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Self {
        self.transport = configure(self.transport);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// reqwest refuses its settings.
    pub fn build(self) -> Result<Client, ClientError> {
        let Self { config, options, pace, observer, transport } = self;
        let http = transport
            .http1_only()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .build()
            .map_err(ClientError::Transport)?;
        Ok(Client::from_shared(Shared { config, options, pace, observer, http, pool: Pool::new() }))
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
