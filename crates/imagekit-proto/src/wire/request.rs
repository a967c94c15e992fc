//! From a method, a path and a body to an `http::Request`.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::uri::{PathAndQuery, Uri};
use http::{HeaderMap, HeaderValue, Method, Request};
use serde::Serialize;

use super::body::Body;
use super::encode::{MAX_URI_LENGTH, push_encoded};
use super::fields::{self, Sink};
use crate::config::{BaseUrl, Config, Server};
use crate::error::BuildError;

/// Builds the request of one operation. Made by
/// [`RequestContext::request`](crate::RequestContext::request).
///
/// The path comes from the operation's template; values go in through [`param`](Self::param) and
/// [`query`](Self::query), which percent-encode them exactly once. The headers that every request
/// needs (`authorization`, `accept`, `user-agent`, `content-type`, `content-length`) are set here.
#[derive(Debug)]
#[must_use = "`empty`, `json`, `query` or `body` makes the request"]
pub struct RequestBuilder<'a> {
    config: &'a Config,
    base: &'a BaseUrl,
    method: Method,
    /// The template of the path, and what of it is not in `target` yet.
    path: &'static str,
    rest: &'static str,
    target: String,
    anonymous: bool,
}

impl<'a> RequestBuilder<'a> {
    pub(crate) fn new(
        config: &'a Config,
        server: Server,
        method: Method,
        path: &'static str,
    ) -> Self {
        let base = config.base(server);
        let mut target = String::with_capacity(base.prefix().len() + 96);
        target.push_str(base.prefix());
        Self { config, base, method, path, rest: path, target, anonymous: false }
    }

    /// Fills in the next parameter of the path: `{name}` becomes `value`, as one segment.
    ///
    /// # Errors
    ///
    /// `value` is empty, `.` or `..` (it would address another resource), or `{name}` is not the
    /// next parameter of the operation's path.
    pub fn param(mut self, name: &'static str, value: &str) -> Result<Self, BuildError> {
        match value {
            "" => return Err(BuildError::Empty { field: name }),
            "." | ".." => return Err(BuildError::invalid(name, "it is a dot segment")),
            _ => {}
        }
        let next = self.rest.split_once('{').and_then(|(before, after)| {
            Some((before, after.strip_prefix(name)?.strip_prefix('}')?))
        });
        let Some((before, after)) = next else {
            return Err(BuildError::invalid(name, "it is not the next parameter of the path"));
        };
        self.target.push_str(before);
        push_encoded(&mut self.target, value);
        self.rest = after;
        Ok(self)
    }

    /// Leaves out `authorization`, for a request that carries its own token or signature.
    pub fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// Ends with no body. Methods other than GET, HEAD and DELETE announce `content-length: 0`.
    ///
    /// # Errors
    ///
    /// There is no key, a parameter of the path is missing, or the target is too long.
    pub fn empty(mut self) -> Result<Request<Body>, BuildError> {
        self.push_rest()?;
        self.finish(None, Body::empty())
    }

    /// Ends with the fields of the struct `request` as the query, except those in the path.
    ///
    /// # Errors
    ///
    /// There is no key, a parameter of the path is missing, the target is too long, or a value has
    /// no text.
    pub fn query<T: Serialize>(mut self, request: &T) -> Result<Request<Body>, BuildError> {
        struct Query<'a> {
            path: &'static str,
            query: &'a mut String,
        }

        impl Sink for Query<'_> {
            fn field<T: Serialize + ?Sized>(
                &mut self,
                key: &str,
                value: &T,
            ) -> Result<(), BuildError> {
                if fields::is_path_parameter(self.path, key) {
                    return Ok(());
                }
                if let Some(value) = fields::text(value)? {
                    self.query.push(if self.query.is_empty() { '?' } else { '&' });
                    push_encoded(self.query, key);
                    self.query.push('=');
                    push_encoded(self.query, &value);
                }
                Ok(())
            }
        }

        let mut query = String::new();
        fields::each(request, &mut Query { path: self.path, query: &mut query })?;
        self.push_rest()?;
        self.target.push_str(&query);
        self.finish(None, Body::empty())
    }

    /// Ends with a JSON body: the fields of the struct `request`, except those in the path.
    ///
    /// # Errors
    ///
    /// There is no key, a parameter of the path is missing, the target is too long, or a value
    /// cannot be written as JSON.
    pub fn json<T: Serialize>(mut self, request: &T) -> Result<Request<Body>, BuildError> {
        let body = fields::to_json(request, self.path)?;
        self.push_rest()?;
        self.finish(Some(HeaderValue::from_static("application/json")), body.into())
    }

    /// Ends with any body of type `content_type`.
    ///
    /// # Errors
    ///
    /// There is no key, a parameter of the path is missing, or the target is too long.
    pub fn body(
        mut self,
        content_type: HeaderValue,
        body: Body,
    ) -> Result<Request<Body>, BuildError> {
        self.push_rest()?;
        self.finish(Some(content_type), body)
    }

    /// Appends what follows the last parameter of the path.
    fn push_rest(&mut self) -> Result<(), BuildError> {
        if self.rest.contains('{') {
            return Err(BuildError::invalid("path", "one of its parameters was not given"));
        }
        self.target.push_str(self.rest);
        Ok(())
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
            // A clone has no capacity for two more, and growing costs an allocation.
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
