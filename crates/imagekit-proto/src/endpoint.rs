//! What one ImageKit operation is.

mod series;

use std::fmt;

use bytes::Bytes;
use http::{Method, Request, Response};

use crate::config::{Config, Server};
use crate::error::ParseError;
use crate::wire::{Body, RequestBuilder};

pub use series::{Bulk, Paged, Progress};

/// One ImageKit operation: a typed value that knows its request and its answer.
///
/// Open: implement it for an endpoint that this crate does not know yet.
///
/// ```
/// use bytes::Bytes;
/// use http::{Method, Request, Response};
/// use imagekit_proto::wire::Body;
/// use imagekit_proto::{BuildError, Endpoint, ParseError, Prepare, Repeat, parse};
///
/// /// `GET /v1/colours/{name}`, invented for this example.
/// struct GetColour {
///     name: String,
/// }
///
/// impl Endpoint for GetColour {
///     type Output = serde_json::Value;
///
///     fn operation(&self) -> &'static str {
///         "get-colour"
///     }
///
///     fn repeat(&self) -> Repeat {
///         Repeat::Safe
///     }
///
///     fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
///         with.api(Method::GET).path("/v1/colours").segment("name", &self.name)?.empty()
///     }
///
///     fn parse(&self, response: &Response<Bytes>) -> Result<Self::Output, ParseError> {
///         parse::json(self.operation(), response)
///     }
/// }
/// ```
pub trait Endpoint {
    /// What a successful answer says.
    type Output;

    /// The operation's id in ImageKit's OpenAPI description, such as `get-file-details`.
    fn operation(&self) -> &'static str;

    /// Whether the request may be repeated when its fate is unknown.
    fn repeat(&self) -> Repeat;

    /// The request. Called once per attempt.
    ///
    /// # Errors
    ///
    /// The value cannot be sent; nothing was.
    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError>;

    /// The answer.
    ///
    /// # Errors
    ///
    /// The API answered with an error, or with something that is not this operation's answer.
    fn parse(&self, response: &Response<Bytes>) -> Result<Self::Output, ParseError>;

    /// The same operation without the checks for ImageKit's documented limits (list sizes,
    /// ranges, names), should one of them have changed. What would go astray stays refused.
    fn unchecked(self) -> Unchecked<Self>
    where
        Self: Sized,
    {
        Unchecked(self)
    }

    /// The same operation, declared safe to repeat by its caller.
    fn assume_safe(self) -> AssumeSafe<Self>
    where
        Self: Sized,
    {
        AssumeSafe(self)
    }
}

impl<E: Endpoint + ?Sized> Endpoint for &E {
    type Output = E::Output;

    fn operation(&self) -> &'static str {
        (**self).operation()
    }

    fn repeat(&self) -> Repeat {
        (**self).repeat()
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        (**self).build(with)
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Self::Output, ParseError> {
        (**self).parse(response)
    }
}

impl<E: Endpoint + ?Sized> Endpoint for Box<E> {
    type Output = E::Output;

    fn operation(&self) -> &'static str {
        (**self).operation()
    }

    fn repeat(&self) -> Repeat {
        (**self).repeat()
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        (**self).build(with)
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Self::Output, ParseError> {
        (**self).parse(response)
    }
}

/// An [`Endpoint`] whose body can hold a payload that the transport supplies while it sends.
pub trait Upload: Endpoint {
    /// Announces a payload of exactly `len` bytes.
    fn set_payload_len(&mut self, len: u64);
}

/// An endpoint without the checks for ImageKit's documented limits. Made by
/// [`Endpoint::unchecked`].
///
/// ```
/// use imagekit_proto::api::assets::ListAndSearchAssets;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let page = ListAndSearchAssets::new().limit(5_000);
/// assert!(page.build(&Prepare::new(&config, 7)).is_err());
/// assert!(page.unchecked().build(&Prepare::new(&config, 7)).is_ok());
/// # Ok::<(), imagekit_proto::ConfigError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unchecked<E>(E);

impl<E: Endpoint> Endpoint for Unchecked<E> {
    type Output = E::Output;

    fn operation(&self) -> &'static str {
        self.0.operation()
    }

    fn repeat(&self) -> Repeat {
        self.0.repeat()
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        self.0.build(&Prepare { checked: false, ..*with })
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Self::Output, ParseError> {
        self.0.parse(response)
    }
}

impl<E: Upload> Upload for Unchecked<E> {
    fn set_payload_len(&mut self, len: u64) {
        self.0.set_payload_len(len);
    }
}

/// An endpoint that its caller declares safe to repeat, whatever its class. Made by
/// [`Endpoint::assume_safe`].
///
/// For whoever prefers doing a thing twice to not knowing whether it was done, or makes sure
/// otherwise that twice is harmless. An upload, for one, adds a file or a version each time.
///
/// ```
/// use imagekit_proto::api::upload::{FileSource, UploadFile};
/// use imagekit_proto::{Endpoint, Repeat};
///
/// let upload = UploadFile::new("cat.jpg", FileSource::url("https://example.com/cat.jpg"));
/// assert_eq!(upload.repeat(), Repeat::OnlyIfUnsent);
/// assert_eq!(upload.assume_safe().repeat(), Repeat::Safe);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssumeSafe<E>(E);

impl<E: Endpoint> Endpoint for AssumeSafe<E> {
    type Output = E::Output;

    fn operation(&self) -> &'static str {
        self.0.operation()
    }

    /// `Safe`, but a single-use token stays [`Repeat::Once`]: a second request could only fail.
    fn repeat(&self) -> Repeat {
        match self.0.repeat() {
            Repeat::Safe | Repeat::OnlyIfUnsent => Repeat::Safe,
            Repeat::Once => Repeat::Once,
        }
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        self.0.build(with)
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Self::Output, ParseError> {
        self.0.parse(response)
    }
}

impl<E: Upload> Upload for AssumeSafe<E> {
    fn set_payload_len(&mut self, len: u64) {
        self.0.set_payload_len(len);
    }
}

/// Whether a request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repeat {
    /// Sending it twice does what sending it once does.
    Safe,
    /// It may be sent again only when the server certainly did not act on it.
    OnlyIfUnsent,
    /// It carries a token that the server accepts once, even in vain: it may be sent again only
    /// when not a byte of it reached the server.
    Once,
}

/// What a request needs beyond its own fields: who calls, where to, and entropy.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Prepare<'a> {
    /// Who is calling, and where to.
    pub config: &'a Config,
    /// Unpredictable bits, fresh for every request (a multipart boundary is made from them).
    pub entropy: u128,
    /// Whether ImageKit's documented limits are checked.
    checked: bool,
}

impl<'a> Prepare<'a> {
    /// Bundles the two.
    pub fn new(config: &'a Config, entropy: u128) -> Self {
        Self { config, entropy, checked: true }
    }

    /// Checks one of ImageKit's documented limits: `field` is refused because of `why` unless
    /// the limit `holds`, or [`Endpoint::unchecked`] was asked for.
    ///
    /// # Errors
    ///
    /// The limit does not hold.
    pub fn limit(
        &self,
        field: &'static str,
        holds: bool,
        why: &'static str,
    ) -> Result<(), BuildError> {
        if holds || !self.checked { Ok(()) } else { Err(BuildError::Limit { field, why }) }
    }

    /// Starts a request to `https://api.imagekit.io`.
    pub fn api(&self, method: Method) -> RequestBuilder<'a> {
        RequestBuilder::new(self.config, Server::Api, method)
    }

    /// Starts a request to `https://upload.imagekit.io`.
    pub fn upload(&self, method: Method) -> RequestBuilder<'a> {
        RequestBuilder::new(self.config, Server::Upload, method)
    }
}

/// Refuses an empty text where the API needs one: `field` is its name there.
pub(crate) fn not_empty(field: &'static str, text: &str) -> Result<(), BuildError> {
    if text.is_empty() { Err(BuildError::Empty { field }) } else { Ok(()) }
}

/// A value that cannot be sent, refused before anything is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The operation needs a private key and the configuration has none.
    NoKey,
    /// A required value is empty.
    #[non_exhaustive]
    Empty {
        /// The value's name in the API.
        field: &'static str,
    },
    /// A value would be refused, or go astray.
    #[non_exhaustive]
    Invalid {
        /// The value's name in the API.
        field: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A value beyond one of ImageKit's documented limits.
    #[non_exhaustive]
    Limit {
        /// The value's name in the API.
        field: &'static str,
        /// What the limit is.
        why: &'static str,
    },
    /// The URL is longer than any transport can carry.
    #[non_exhaustive]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A value has no JSON.
    #[non_exhaustive]
    Json {
        /// What the serialiser said.
        message: String,
    },
}

impl BuildError {
    /// `field` cannot be sent because of `why`.
    pub fn invalid(field: &'static str, why: &'static str) -> Self {
        Self::Invalid { field, why }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey => f.write_str(
                "this operation needs the private key: make the configuration with Config::new",
            ),
            Self::Empty { field } => write!(f, "{field} must not be empty"),
            Self::Invalid { field, why } => write!(f, "{field} cannot be sent: {why}"),
            Self::Limit { field, why } => write!(
                f,
                "{field} is beyond a limit of ImageKit: {why} (unchecked() sends it all the same)"
            ),
            Self::TooLong { bytes } => write!(
                f,
                "the URL would be {bytes} bytes long and cannot be sent: shorten the query"
            ),
            Self::Json { message } => write!(f, "the request has no JSON: {message}"),
        }
    }
}

impl std::error::Error for BuildError {}
