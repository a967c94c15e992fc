//! Who is calling, and where to.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::uri::{Authority, Parts, Scheme, Uri};
use http::{HeaderMap, HeaderValue};

use crate::secret::Secret;

const API: &str = "https://api.imagekit.io";
const UPLOAD: &str = "https://upload.imagekit.io";
const OWN_USER_AGENT: &str = concat!("imagekit-rust/", env!("CARGO_PKG_VERSION"));

/// Which of ImageKit's two servers an operation talks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Server {
    /// `https://api.imagekit.io`: everything but uploads.
    Api,
    /// `https://upload.imagekit.io`: uploads.
    Upload,
}

/// Who is calling (the private key) and where to (the two servers).
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
/// assert!(Config::new("private:abc").is_err());
/// assert!(Config::new("private_abc")?.with_api_url("http://example.com").is_err());
/// # let _ = (config, local);
/// # Ok::<(), imagekit_proto::ConfigError>(())
/// ```
#[derive(Clone)]
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
    /// A configuration for the real service with a private key (HTTP Basic: the key is the
    /// user name, the password is empty).
    ///
    /// # Errors
    ///
    /// The key is empty, or holds a colon, a space or a control character.
    pub fn new(private_key: impl Into<Secret>) -> Result<Self, ConfigError> {
        let private_key = private_key.into();
        let authorization = basic(&private_key)?;
        let mut config = Self::without_key()?;
        let inner = Arc::make_mut(&mut config.0);
        inner.private_key = Some(private_key);
        inner.headers.insert(AUTHORIZATION, authorization);
        Ok(config)
    }

    /// A configuration without a key: for uploads that carry their own token or signature.
    ///
    /// # Errors
    ///
    /// None that a caller can cause; the type leaves room for checks.
    pub fn without_key() -> Result<Self, ConfigError> {
        // A clone has as much room: for what a transport adds, such as `host`.
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, HeaderValue::from_static(OWN_USER_AGENT));
        Ok(Self(Arc::new(Inner {
            private_key: None,
            headers,
            api: BaseUrl::parse(API)?,
            upload: BaseUrl::parse(UPLOAD)?,
        })))
    }

    /// A configuration from variables, such as those of the environment: the private key is
    /// `IMAGEKIT_PRIVATE_KEY`, and `IMAGEKIT_API_URL` and `IMAGEKIT_UPLOAD_URL` take the place of
    /// the real service's addresses where they are set. `variable` looks one up by its name.
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
    /// There is no key, a variable is not Unicode, or its value is refused as by
    /// [`new`](Self::new) and [`with_api_url`](Self::with_api_url).
    pub fn from_variables(
        variable: impl Fn(&'static str) -> Option<OsString>,
    ) -> Result<Self, ConfigError> {
        const KEY: &str = "IMAGEKIT_PRIVATE_KEY";
        let text = |name| match variable(name).map(OsString::into_string) {
            None => Ok(None),
            Some(Ok(text)) => Ok(Some(text)),
            // Left out, an address would send the key to another server than the one meant.
            Some(Err(_)) => Err(ConfigError::NotUnicode { name }),
        };
        let mut config = Self::new(text(KEY)?.ok_or(ConfigError::Unset { name: KEY })?)?;
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
    /// # Errors
    ///
    /// `url` is not an absolute `https` URL (plain `http` is for loopback only), or has a user,
    /// a query or a fragment.
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
    /// # Errors
    ///
    /// `product` holds characters that a header cannot carry.
    pub fn with_user_agent(mut self, product: &str) -> Result<Self, ConfigError> {
        let text = format!("{product} {OWN_USER_AGENT}");
        let value = HeaderValue::from_str(&text).map_err(|_| ConfigError::UserAgent)?;
        Arc::make_mut(&mut self.0).headers.insert(USER_AGENT, shared(value));
        Ok(self)
    }

    /// The private key, if there is one.
    pub fn private_key(&self) -> Option<&Secret> {
        self.0.private_key.as_ref()
    }

    /// Returns whether the base URL of `server` is a loopback one (`localhost`, `127.0.0.0/8`,
    /// `::1`): a transport must not send such requests through a proxy.
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
        is_loopback(self.base(server).authority().host())
    }

    /// What every request carries: `accept`, `user-agent`, and with a key `authorization`.
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

fn basic(key: &Secret) -> Result<HeaderValue, ConfigError> {
    let key = key.expose();
    if key.is_empty() {
        return Err(ConfigError::EmptyKey);
    }
    // A colon would end the user name; white space around a key is a paste that went wrong.
    if key.chars().any(|c| c == ':' || c.is_control() || c.is_whitespace()) {
        return Err(ConfigError::Key);
    }
    let text = format!("Basic {}", STANDARD.encode(format!("{key}:")));
    let mut value = HeaderValue::from_str(&text).map_err(|_| ConfigError::Key)?;
    value.set_sensitive(true);
    Ok(shared(value))
}

/// `value`, cloned once: the first clone makes its bytes ones that can be shared, which costs an
/// allocation that the first request would have to bear.
fn shared(value: HeaderValue) -> HeaderValue {
    drop(value.clone());
    value
}

/// Scheme, host and path prefix of a server, parsed once.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Without a slash at the end.
    prefix: String,
}

impl BaseUrl {
    fn parse(url: &str) -> Result<Self, ConfigError> {
        let refuse = |why| ConfigError::Url { why };
        let uri: Uri = url.parse().map_err(|_| refuse("it is not a URL"))?;
        if url.contains('#') {
            return Err(refuse("it has a fragment"));
        }
        let Parts { scheme, authority, path_and_query, .. } = uri.into_parts();
        let (Some(scheme), Some(authority)) = (scheme, authority) else {
            return Err(refuse("it is not absolute: write it as https://host"));
        };
        if authority.as_str().contains('@') {
            return Err(refuse("it carries a user: the key belongs into Config::new"));
        }
        if scheme == Scheme::HTTP {
            if !is_loopback(authority.host()) {
                return Err(refuse("http would send the key in the clear: use https"));
            }
        } else if scheme != Scheme::HTTPS {
            return Err(refuse("its scheme is not https"));
        }
        let path = path_and_query.as_ref().map_or("", |path| path.path());
        if path_and_query.as_ref().is_some_and(|path| path.query().is_some()) {
            return Err(refuse("it has a query"));
        }
        if path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(refuse("its path has dot segments"));
        }
        Ok(Self { scheme, authority, prefix: path.trim_end_matches('/').to_owned() })
    }

    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(crate) fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.prefix)
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<core::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A configuration that cannot work, refused before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// A variable that is needed is not set.
    #[non_exhaustive]
    Unset {
        /// Its name.
        name: &'static str,
    },
    /// The value of a variable is not Unicode.
    #[non_exhaustive]
    NotUnicode {
        /// Its name.
        name: &'static str,
    },
    /// The private key is empty.
    EmptyKey,
    /// The private key holds a colon, white space or a control character.
    Key,
    /// The base URL cannot be used.
    #[non_exhaustive]
    Url {
        /// What is wrong with it.
        why: &'static str,
    },
    /// The user agent holds characters that a header cannot carry.
    UserAgent,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unset { name } => write!(
                f,
                "{name} is not set: set it to the private key, from the developer options of the \
                 dashboard"
            ),
            Self::NotUnicode { name } => {
                write!(f, "the value of {name} is not Unicode: set it again")
            }
            Self::EmptyKey => f.write_str(
                "the private key is empty: copy it from the developer options of the dashboard",
            ),
            Self::Key => f.write_str(
                "the private key holds a colon, white space or a control character: \
                 copy it again from the developer options of the dashboard",
            ),
            Self::Url { why } => write!(f, "the base URL cannot be used: {why}"),
            Self::UserAgent => f.write_str("the user agent may hold visible ASCII only"),
        }
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_user_name_and_the_password_is_empty() {
        let config = Config::new("private_test_key").unwrap();
        let header = config.headers().get(AUTHORIZATION).unwrap();
        assert_eq!(header, "Basic cHJpdmF0ZV90ZXN0X2tleTo=");
        assert!(header.is_sensitive());
    }

    #[test]
    fn variables() {
        let from = |variables: &[(&str, &str)]| {
            let find = |name| variables.iter().find(|(key, _)| *key == name);
            Config::from_variables(|name| find(name).map(|(_, value)| value.into()))
        };
        let key = ("IMAGEKIT_PRIVATE_KEY", "private_abc");
        let (api, upload) =
            (("IMAGEKIT_API_URL", "http://[::1]:1"), ("IMAGEKIT_UPLOAD_URL", "http://[::1]:2"));
        let config = from(&[key]).unwrap();
        assert_eq!(config.private_key().unwrap().expose(), "private_abc");
        let print = |config: &Config| {
            [Server::Api, Server::Upload].map(|server| format!("{:?}", config.base(server)))
        };
        assert_eq!(print(&config), [API, UPLOAD]);
        let config = from(&[key, api, upload]).unwrap();
        assert_eq!(print(&config), [api.1, upload.1]);

        assert_eq!(from(&[api]).unwrap_err(), ConfigError::Unset { name: key.0 });
        assert_eq!(from(&[(key.0, "")]).unwrap_err(), ConfigError::EmptyKey);
        assert!(matches!(from(&[key, (upload.0, "")]).unwrap_err(), ConfigError::Url { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn an_address_that_cannot_be_read_is_not_left_out() {
        use std::os::unix::ffi::OsStringExt as _;

        let error = Config::from_variables(|name| match name {
            "IMAGEKIT_PRIVATE_KEY" => Some("private_abc".into()),
            _ => Some(OsString::from_vec(vec![0xff])),
        });
        assert_eq!(error.unwrap_err(), ConfigError::NotUnicode { name: "IMAGEKIT_API_URL" });
    }

    #[test]
    fn debug_prints_no_key() {
        let text = format!("{:?}", Config::new("private_test_key").unwrap());
        assert!(!text.contains("private_test_key") && !text.contains("cHJpdm"), "{text}");
    }

    #[test]
    fn keys_that_would_go_astray_are_refused() {
        assert_eq!(Config::new("").unwrap_err(), ConfigError::EmptyKey);
        for key in ["a:b", "a\nb", "a\0", "private key", "key\r\n", "\u{7f}"] {
            assert_eq!(Config::new(key).unwrap_err(), ConfigError::Key, "{key:?}");
        }
    }

    #[test]
    fn base_urls() {
        let config = || Config::without_key().unwrap();
        for good in [
            "https://api.imagekit.io",
            "https://proxy.example.com/imagekit/",
            "http://127.0.0.1:8080",
            "http://127.9.9.9",
            "http://localhost",
            "http://[::1]:80",
        ] {
            assert!(config().with_api_url(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/v1",
            "api.imagekit.io",
            "http://example.com",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "ftp://example.com",
            "https://user@example.com",
            "https://example.com?x",
            "https://example.com#x",
            "https://example.com/a/../b",
            "https://example.com/a b",
        ] {
            assert!(config().with_upload_url(bad).is_err(), "{bad}");
        }
    }
}
