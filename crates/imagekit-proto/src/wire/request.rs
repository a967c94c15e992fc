//! From a method, a path and a body to an `http::Request`.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::uri::{PathAndQuery, Uri};
use http::{HeaderMap, HeaderValue, Method, Request};
use serde::Serialize;

use super::body::Body;
use super::encode::{MAX_URI_LENGTH, push_encoded};
use super::json;
use crate::config::{BaseUrl, Config, Server};
use crate::endpoint::BuildError;
use crate::types::Extra;

/// Builds the request of one operation. Made by [`Prepare`](crate::Prepare).
///
/// Paths are written by hand ([`path`](Self::path)), values never are: what goes through
/// [`segment`](Self::segment) and [`query`](Self::query) is percent-encoded exactly once. The
/// headers every request needs (`authorization`, `accept`, `user-agent`, `content-type`,
/// `content-length`) are set here and nowhere else.
#[derive(Debug)]
#[must_use = "`empty`, `json` or `body` makes the request"]
pub struct RequestBuilder<'a> {
    config: &'a Config,
    base: &'a BaseUrl,
    method: Method,
    target: String,
    has_query: bool,
    anonymous: bool,
}

impl<'a> RequestBuilder<'a> {
    pub(crate) fn new(config: &'a Config, server: Server, method: Method) -> Self {
        let base = config.base(server);
        let mut target = String::with_capacity(base.prefix().len() + 96);
        target.push_str(base.prefix());
        Self { config, base, method, target, has_query: false, anonymous: false }
    }

    /// Appends a fixed piece of the path, slashes included.
    pub fn path(mut self, path: &'static str) -> Self {
        self.target.push_str(path);
        self
    }

    /// Appends a slash and `value` as one path segment; `name` is for the error.
    ///
    /// # Errors
    ///
    /// `value` is empty, `.` or `..`: servers and proxies would take the request for another.
    pub fn segment(mut self, name: &'static str, value: &str) -> Result<Self, BuildError> {
        match value {
            "" => return Err(BuildError::Empty { field: name }),
            "." | ".." => return Err(BuildError::invalid(name, "it is a dot segment")),
            _ => {}
        }
        self.target.push('/');
        push_encoded(&mut self.target, value);
        Ok(self)
    }

    /// Appends `name=value` to the query.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.target.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        push_encoded(&mut self.target, name);
        self.target.push('=');
        push_encoded(&mut self.target, value);
        self
    }

    /// Appends `name=value` to the query if there is a value.
    pub fn query_opt(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// Leaves `authorization` out: the request carries its own token or signature.
    pub fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// Ends with no body. Methods other than GET, HEAD and DELETE announce `content-length: 0`.
    ///
    /// # Errors
    ///
    /// There is no key, or the target is too long.
    pub fn empty(self) -> Result<Request<Body>, BuildError> {
        self.finish(None, Body::empty())
    }

    /// Ends with a JSON body: the fields of the struct `value` except `without` (those that went
    /// into the path), and the keys of `extra` beside them.
    ///
    /// # Errors
    ///
    /// There is no key, the target is too long, or a value has no JSON.
    pub fn json<T: Serialize>(
        self,
        value: &T,
        without: &[&str],
        extra: &Extra,
    ) -> Result<Request<Body>, BuildError> {
        let body = json::to_vec(value, without, extra)?;
        self.finish(Some(HeaderValue::from_static("application/json")), body.into())
    }

    /// Ends with any body of type `content_type`.
    ///
    /// # Errors
    ///
    /// There is no key, or the target is too long.
    pub fn body(self, content_type: HeaderValue, body: Body) -> Result<Request<Body>, BuildError> {
        self.finish(Some(content_type), body)
    }

    fn finish(
        self,
        content_type: Option<HeaderValue>,
        body: Body,
    ) -> Result<Request<Body>, BuildError> {
        let headers = self.headers(content_type, body.len())?;
        let mut request = Request::new(body);
        *request.uri_mut() = uri(self.base, self.target)?;
        *request.method_mut() = self.method;
        *request.headers_mut() = headers;
        Ok(request)
    }

    fn headers(
        &self,
        content_type: Option<HeaderValue>,
        len: u64,
    ) -> Result<HeaderMap, BuildError> {
        let common = self.config.headers();
        let mut headers = if content_type.is_none() {
            common.clone()
        } else {
            // A clone has no room for two more, and making room costs an allocation.
            let mut headers = HeaderMap::with_capacity(common.len() + 2);
            headers.extend(common.iter().map(|(name, value)| (name.clone(), value.clone())));
            headers
        };
        if self.anonymous {
            headers.remove(AUTHORIZATION);
        } else if self.config.private_key().is_none() {
            return Err(BuildError::NoKey);
        }
        let bodiless = matches!(self.method, Method::GET | Method::HEAD | Method::DELETE);
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, content_type);
            headers.insert(CONTENT_LENGTH, HeaderValue::from(len));
        } else if !bodiless {
            // Without it a transport may fall back to chunked encoding or leave the server waiting.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(headers)
    }
}

fn uri(base: &BaseUrl, target: String) -> Result<Uri, BuildError> {
    let bytes =
        base.scheme().as_str().len() + "://".len() + base.authority().as_str().len() + target.len();
    if bytes > MAX_URI_LENGTH {
        return Err(BuildError::TooLong { bytes });
    }
    let broken = |_| BuildError::invalid("target", "it is not a path and query");
    let mut parts = http::uri::Parts::default();
    parts.scheme = Some(base.scheme().clone());
    parts.authority = Some(base.authority().clone());
    parts.path_and_query =
        Some(PathAndQuery::from_maybe_shared(bytes::Bytes::from(target)).map_err(broken)?);
    Uri::from_parts(parts).map_err(|_| BuildError::invalid("target", "it is not a URL"))
}
