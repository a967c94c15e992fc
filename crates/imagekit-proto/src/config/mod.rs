//! Credentials and base URLs.

mod base_url;
mod error;
mod key;

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;

use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderValue};

pub(crate) use base_url::BaseUrl;
pub use error::ConfigError;

use crate::secret::Secret;

const API_HOST: &str = "api.imagekit.io";
const UPLOAD_HOST: &str = "upload.imagekit.io";
const OWN_USER_AGENT: &str = concat!("imagekit-rust/", env!("CARGO_PKG_VERSION"));

/// Which of ImageKit's two servers an operation uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Server {
    /// `https://api.imagekit.io`: everything but uploads.
    Api,
    /// `https://upload.imagekit.io`: uploads.
    Upload,
}

/// Credentials (the private key) and base URLs (of the two servers).
///
/// Cheap to clone. `Debug` does not print the key.
///
/// ```
/// use imagekit_proto::Config;
///
/// let config = Config::new("private_abc")?;
/// let local = Config::new("private_abc")?
///     .with_api_url("http://127.0.0.1:8080")?
///     .with_upload_url("http://127.0.0.1:8080")?;
///
/// assert!(Config::new("public_abc").is_err());
/// assert!(config.with_api_url("http://example.com").is_err());
/// # let _ = local;
/// # Ok::<(), imagekit_proto::ConfigError>(())
/// ```
#[derive(Clone)]
#[doc(alias = "base_url")]
#[doc(alias = "credentials")]
pub struct Config(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    private_key: Option<Secret>,
    /// What every request carries, ready to be cloned: a request costs no encoding of the key and
    /// no hashing of names.
    headers: HeaderMap,
    api: BaseUrl,
    upload: BaseUrl,
}

impl Config {
    /// Creates a configuration for the real service with a private key (HTTP Basic: the key is
    /// the user name, the password is empty).
    ///
    /// A key of any visible ASCII is accepted, whatever it starts with, except `public_`.
    ///
    /// # Errors
    ///
    /// [`ConfigError::EmptyKey`]; [`ConfigError::PublicKey`] for a key that starts with
    /// `public_`; [`ConfigError::InvalidKey`] for one with a colon or a character that is not
    /// visible ASCII (white space, a byte order mark, a zero-width space).
    pub fn new(private_key: impl Into<Secret>) -> Result<Self, ConfigError> {
        let private_key = private_key.into();
        let authorization = key::basic(&private_key)?;
        let mut config = Self::without_key();
        let inner = Arc::make_mut(&mut config.0);
        inner.private_key = Some(private_key);
        inner.headers.insert(AUTHORIZATION, authorization);
        Ok(config)
    }

    /// Creates a configuration without a key: for uploads that carry their own token or
    /// signature.
    ///
    /// ```
    /// use imagekit_proto::Config;
    ///
    /// assert!(Config::without_key().private_key().is_none());
    /// ```
    pub fn without_key() -> Self {
        // A clone has the same capacity, for what a transport adds, such as `host`.
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, HeaderValue::from_static(OWN_USER_AGENT));
        Self(Arc::new(Inner {
            private_key: None,
            headers,
            api: BaseUrl::service(API_HOST),
            upload: BaseUrl::service(UPLOAD_HOST),
        }))
    }

    /// Creates a configuration from variables, such as those of the environment:
    /// `IMAGEKIT_PRIVATE_KEY` is required, `IMAGEKIT_API_URL` and `IMAGEKIT_UPLOAD_URL` replace
    /// the base URLs where they are set. `variable` returns the value of a variable by its name.
    ///
    /// ```
    /// use imagekit_proto::Config;
    ///
    /// # fn from_env() -> Result<Config, imagekit_proto::ConfigError> {
    /// let config = Config::from_variables(std::env::var_os)?;
    /// # Ok(config) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ConfigError::MissingVariable`] without a key, [`ConfigError::NotUnicode`], and the
    /// errors of [`new`](Self::new) and [`with_api_url`](Self::with_api_url).
    #[doc(alias = "from_env")]
    pub fn from_variables(
        variable: impl Fn(&'static str) -> Option<OsString>,
    ) -> Result<Self, ConfigError> {
        const KEY: &str = "IMAGEKIT_PRIVATE_KEY";
        let text = |name| match variable(name).map(OsString::into_string) {
            None => Ok(None),
            Some(Ok(text)) => Ok(Some(text)),
            // Ignoring a base URL would send the key to another server than the intended one.
            Some(Err(_)) => Err(ConfigError::NotUnicode { name }),
        };
        let key = text(KEY)?.ok_or(ConfigError::MissingVariable { name: KEY })?;
        let mut config = Self::new(key)?;
        if let Some(url) = text("IMAGEKIT_API_URL")? {
            config = config.with_api_url(&url)?;
        }
        if let Some(url) = text("IMAGEKIT_UPLOAD_URL")? {
            config = config.with_upload_url(&url)?;
        }
        Ok(config)
    }

    /// Sends API requests to `url` instead of `https://api.imagekit.io`.
    ///
    /// `url` is `https://host`, with a port and a path prefix where needed. Plain `http` is for
    /// loopback only: `localhost`, `127.0.0.0/8`, `[::1]`.
    ///
    /// # Errors
    ///
    /// [`ConfigError::InvalidUrl`] for any other URL: with a user name, a query, a fragment, dot
    /// segments (percent-encoded ones too), or a host or port that two parsers could read
    /// differently.
    pub fn with_api_url(mut self, url: &str) -> Result<Self, ConfigError> {
        Arc::make_mut(&mut self.0).api = BaseUrl::parse(url)?;
        Ok(self)
    }

    /// Sends uploads to `url` instead of `https://upload.imagekit.io`.
    ///
    /// # Errors
    ///
    /// As [`with_api_url`](Self::with_api_url).
    pub fn with_upload_url(mut self, url: &str) -> Result<Self, ConfigError> {
        Arc::make_mut(&mut self.0).upload = BaseUrl::parse(url)?;
        Ok(self)
    }

    /// Puts the name of your application before this crate's in the `user-agent` header.
    ///
    /// ```
    /// use imagekit_proto::Config;
    ///
    /// let config = Config::without_key().with_user_agent("my-shop/2.1")?;
    /// assert!(format!("{config:?}").contains("my-shop/2.1 imagekit-rust/"));
    /// # Ok::<(), imagekit_proto::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ConfigError::InvalidUserAgent`] when `product` is empty, or has characters other than
    /// visible ASCII and spaces between them.
    pub fn with_user_agent(mut self, product: &str) -> Result<Self, ConfigError> {
        let printable = product.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        if product.is_empty() || product.trim() != product || !printable {
            return Err(ConfigError::InvalidUserAgent);
        }
        let text = format!("{product} {OWN_USER_AGENT}");
        let value = HeaderValue::from_str(&text).map_err(|_| ConfigError::InvalidUserAgent)?;
        Arc::make_mut(&mut self.0).headers.insert(USER_AGENT, shared(value));
        Ok(self)
    }

    /// Returns the private key, if there is one.
    pub fn private_key(&self) -> Option<&Secret> {
        self.0.private_key.as_ref()
    }

    /// Returns whether the base URL of `server` is a loopback one: `localhost`, `127.0.0.0/8` or
    /// `[::1]`.
    ///
    /// A transport must send such requests directly: a proxy from the environment would receive
    /// the key unencrypted, and would look for the server on its own machine.
    ///
    /// ```
    /// use imagekit_proto::{Config, Server};
    ///
    /// let config = Config::new("private_abc")?.with_api_url("http://127.0.0.1:8080")?;
    /// assert!(config.is_loopback(Server::Api));
    /// assert!(!config.is_loopback(Server::Upload));
    /// # Ok::<(), imagekit_proto::ConfigError>(())
    /// ```
    pub fn is_loopback(&self, server: Server) -> bool {
        self.base(server).is_loopback()
    }

    /// Returns what every request carries: `accept`, `user-agent`, and with a key
    /// `authorization`.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    pub(crate) fn base(&self, server: Server) -> &BaseUrl {
        match server {
            Server::Api => &self.0.api,
            Server::Upload => &self.0.upload,
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("private_key", &self.0.private_key)
            .field("user_agent", &self.0.headers.get(USER_AGENT))
            .field("api", &self.0.api)
            .field("upload", &self.0.upload)
            .finish()
    }
}

/// Returns `value` after one clone: the first clone makes its bytes shareable, which costs an
/// allocation that the first request would have to bear.
fn shared(value: HeaderValue) -> HeaderValue {
    drop(value.clone());
    value
}

#[cfg(test)]
mod tests;
