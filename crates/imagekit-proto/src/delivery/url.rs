//! URL endpoints, and URLs built on them.

use super::{
    absolute::{Absolute, Slashes, push_path},
    chain,
    error::{TransformationError, UrlError},
    escape,
    transformation::Transformation,
    value::Place,
};
use std::borrow::Cow;

/// What `http::Uri` holds.
const MAX_LENGTH: usize = 65_534;

/// A URL endpoint of the account, checked and brought into the form that clients send.
///
/// It may have a path (`https://ik.imagekit.io/your_id/pattern`), be a custom domain, and carry a
/// query or a fragment, which every URL built on it then has.
///
/// ```
/// use imagekit_proto::delivery::{UrlEndpoint, UrlError, UrlProblem};
///
/// let endpoint = UrlEndpoint::new("https://Images.example.com:443/shop")?;
/// assert_eq!(endpoint.as_str(), "https://images.example.com/shop/");
/// assert_eq!(endpoint.url("a.jpg").build()?, "https://images.example.com/shop/a.jpg");
/// assert_eq!(UrlEndpoint::new("shop").unwrap_err(), UrlError::Endpoint(UrlProblem::NotHttp));
/// # Ok::<(), UrlError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlEndpoint {
    base: String,
    query: String,
    fragment: Option<String>,
}

impl UrlEndpoint {
    /// Checks an endpoint, as the ImageKit dashboard shows it.
    ///
    /// # Errors
    ///
    /// [`UrlError::Endpoint`] if it is no absolute `http` or `https` URL.
    pub fn new(url: &str) -> Result<Self, UrlError> {
        let url = Absolute::parse(url).map_err(UrlError::Endpoint)?;
        let mut base = String::new();
        url.write_to_path(&mut base, true);
        if !base.ends_with('/') {
            base.push('/');
        }
        let mut query = String::new();
        escape::push(&mut query, url.query.unwrap_or_default(), escape::QUERY);
        Ok(Self { base, query, fragment: url.fragment.map(ToOwned::to_owned) })
    }

    /// The endpoint with a slash at its end, without query and fragment: what every URL built
    /// from a relative source begins with, and what a signature leaves out.
    pub fn as_str(&self) -> &str {
        &self.base
    }

    /// Begins a URL for `source`: a path on this endpoint, or a whole URL (`http://`,
    /// `https://`), which is then used instead of the endpoint.
    ///
    /// A path is taken literally but for percent-encoding, which is kept: `?` and `#` in it
    /// become part of the file's name.
    pub fn url<'a>(&'a self, source: &'a str) -> UrlBuilder<'a> {
        UrlBuilder { endpoint: Some(self), ..UrlBuilder::new(source) }
    }
}

/// Where the transformation stands in the URL.
///
/// From the OpenAPI file: `TransformationPosition`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "a URL has these two places")]
pub enum TransformationPosition {
    /// `?tr=w-300`.
    #[default]
    Query,
    /// `/tr:w-300/`; a source that is a whole URL has its transformation in the query anyway.
    Path,
}

/// A URL in the making.
///
/// ```
/// use imagekit_proto::delivery::{Transformation, UrlEndpoint};
///
/// let endpoint = UrlEndpoint::new("https://ik.imagekit.io/demo")?;
/// let thumbnail = [Transformation::new().width(300), Transformation::new().rotation(90)];
/// let url = endpoint.url("a.jpg").transformations(&thumbnail).query("v", "2 b");
/// assert_eq!(url.build()?, "https://ik.imagekit.io/demo/a.jpg?v=2+b&tr=w-300:rt-90");
/// # Ok::<(), imagekit_proto::delivery::UrlError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`build` or `sign` makes the URL"]
pub struct UrlBuilder<'a> {
    endpoint: Option<&'a UrlEndpoint>,
    source: &'a str,
    steps: &'a [Transformation],
    position: TransformationPosition,
    query: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> UrlBuilder<'a> {
    /// Begins with a whole URL, which needs no endpoint. For a path, see [`UrlEndpoint::url`].
    pub fn new(url: &'a str) -> Self {
        Self {
            endpoint: None,
            source: url,
            steps: &[],
            position: TransformationPosition::default(),
            query: Vec::new(),
        }
    }

    /// The chain of steps to apply: a [`Transformation`], an array or `Vec` of them, or
    /// [`Transformations`](super::Transformations).
    pub fn transformations<T>(mut self, steps: &'a T) -> Self
    where
        T: AsRef<[Transformation]> + ?Sized,
    {
        self.steps = steps.as_ref();
        self
    }

    /// Where the transformation stands; in the query unless said otherwise.
    pub fn position(mut self, position: TransformationPosition) -> Self {
        self.position = position;
        self
    }

    /// Adds a query parameter, which is form-encoded. It stands before the transformation.
    pub fn query(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Builds the URL: a valid `http::Uri`, which begins with the endpoint if the source is
    /// relative.
    ///
    /// # Errors
    ///
    /// [`UrlError`], if the source or the transformation cannot stand in a URL.
    pub fn build(&self) -> Result<String, UrlError> {
        self.parts(&[])?.finish()
    }

    /// Everything but the fragment, with more steps after the ones that were set.
    pub(super) fn parts(&self, more: &[Transformation]) -> Result<Parts<'a>, UrlError> {
        if self.source.is_empty() {
            return Err(UrlError::EmptySource);
        }
        let mut out = String::with_capacity(self.estimate(more));
        let chain = Chain { steps: self.steps, more };
        let endpoint = self.endpoint.filter(|_| !is_absolute(self.source));
        let in_path = endpoint.is_some() && self.position == TransformationPosition::Path;
        let (query, fragment) = match endpoint {
            None => {
                let url = Absolute::parse(self.source).map_err(UrlError::Source)?;
                url.write_to_path(&mut out, false);
                (url.query, url.fragment)
            }
            Some(endpoint) => {
                out.push_str(&endpoint.base);
                if in_path && !chain.is_silent() {
                    chain.write_segment(&mut out)?;
                }
                let path = self.source.trim_start_matches('/');
                if !push_path(&mut out, path, Slashes::Single) {
                    return Err(UrlError::LeavesEndpoint);
                }
                let query = Some(endpoint.query.as_str()).filter(|query| !query.is_empty());
                (query, endpoint.fragment.as_deref())
            }
        };
        if let Some(query) = query {
            out.push('?');
            escape::push(&mut out, query, escape::QUERY);
        }
        let separator = match query {
            None => "?",
            Some("") => "",
            Some(_) => "&",
        };
        let mut parts = Parts { out, separator, fragment };
        for (name, value) in &self.query {
            parts.next_parameter();
            escape::push(&mut parts.out, name, escape::FORM);
            parts.out.push('=');
            escape::push(&mut parts.out, value, escape::FORM);
        }
        if !in_path && !chain.is_silent() {
            parts.next_parameter();
            parts.out.push_str("tr=");
            chain.write(&mut parts.out, Place::Query)?;
        }
        Ok(parts)
    }

    /// The length if nothing is escaped, a signature included.
    fn estimate(&self, more: &[Transformation]) -> usize {
        const SIGNATURE: usize = "?ik-t=9999999999&ik-s=".len() + 40;
        let pairs = self.query.iter().map(|(name, value)| name.len() + value.len() + 2);
        let endpoint = self.endpoint.map_or(0, |it| it.base.len() + it.query.len());
        endpoint
            + self.source.len()
            + chain::estimate(self.steps)
            + chain::estimate(more)
            + pairs.sum::<usize>()
            + SIGNATURE
            + 8
    }
}

/// The steps of a URL: those that the caller set, then those that a responsive image adds.
struct Chain<'a> {
    steps: &'a [Transformation],
    more: &'a [Transformation],
}

impl Chain<'_> {
    fn is_silent(&self) -> bool {
        chain::is_silent(self.steps) && chain::is_silent(self.more)
    }

    fn write(&self, out: &mut String, place: Place) -> Result<(), TransformationError> {
        chain::write_for(self.steps, out, place)?;
        if !chain::is_silent(self.steps) && !chain::is_silent(self.more) {
            out.push(':');
        }
        chain::write_for(self.more, out, place)
    }

    fn write_segment(&self, out: &mut String) -> Result<(), TransformationError> {
        out.push_str("tr:");
        self.write(out, Place::Path)?;
        out.push('/');
        Ok(())
    }
}

/// The packages look for these beginnings, in lower case.
fn is_absolute(source: &str) -> bool {
    source.starts_with("https://") || source.starts_with("http://")
}

/// A URL without its fragment, to which parameters may be added.
pub(super) struct Parts<'a> {
    pub(super) out: String,
    /// What comes before the next query parameter.
    separator: &'static str,
    fragment: Option<&'a str>,
}

impl Parts<'_> {
    /// Whether there is a query, were it an empty one.
    #[cfg(feature = "sign")]
    pub(super) fn has_query(&self) -> bool {
        self.separator != "?"
    }

    /// The URL without a question mark that nothing follows.
    #[cfg(feature = "sign")]
    pub(super) fn without_empty_query(&self) -> &str {
        let empty = self.separator.is_empty();
        self.out.strip_suffix('?').filter(|_| empty).unwrap_or(&self.out)
    }

    /// Writes what separates the next query parameter from what is there.
    pub(super) fn next_parameter(&mut self) {
        self.out.push_str(self.separator);
        self.separator = "&";
    }

    /// Writes the fragment and checks the length.
    pub(super) fn finish(mut self) -> Result<String, UrlError> {
        if let Some(fragment) = self.fragment {
            self.out.push('#');
            escape::push(&mut self.out, fragment, escape::FRAGMENT);
        }
        if self.out.len() > MAX_LENGTH {
            return Err(UrlError::TooLong);
        }
        Ok(self.out)
    }
}
