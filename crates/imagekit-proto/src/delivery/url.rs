//! The builder of delivery URLs.

use super::{
    absolute::{Absolute, Slashes, push_path},
    base::UrlBase,
    error::{InvalidTransformation, UrlError},
    redact::RedactedSource,
    step::{self, Transformation},
    writer::Place,
};
use crate::wire::encode;
use std::{borrow::Cow, fmt};

/// The part of a URL that holds the transformation.
///
/// From the OpenAPI file: `TransformationPosition`.
///
/// ```
/// use imagekit_proto::delivery::{Transformation, TransformationPosition, UrlBase};
///
/// let base = UrlBase::new("https://ik.imagekit.io/demo")?;
/// let step = Transformation::new().width(300);
/// let url = base.url("a.jpg").transformations(&step).position(TransformationPosition::Path);
/// assert_eq!(url.build()?, "https://ik.imagekit.io/demo/tr:w-300/a.jpg");
/// # Ok::<(), imagekit_proto::delivery::UrlError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "a URL has these two places")]
pub enum TransformationPosition {
    /// `?tr=w-300`.
    #[default]
    Query,
    /// `/tr:w-300/`; only for a source that is a path, not an absolute URL.
    Path,
}

/// A builder of one delivery URL.
///
/// `Debug` prints neither passwords nor the queries of sources.
///
/// ```
/// use imagekit_proto::delivery::{Transformation, UrlBase};
///
/// let base = UrlBase::new("https://ik.imagekit.io/demo")?;
/// let thumbnail = [Transformation::new().width(300), Transformation::new().rotation(90)];
/// let url = base.url("a.jpg").transformations(&thumbnail).query("v", "2 b");
/// assert_eq!(url.build()?, "https://ik.imagekit.io/demo/a.jpg?v=2+b&tr=w-300:rt-90");
/// # Ok::<(), imagekit_proto::delivery::UrlError>(())
/// ```
#[derive(Clone)]
#[must_use = "`build` or `sign` makes the URL"]
pub struct UrlBuilder<'a> {
    base: Option<&'a UrlBase>,
    source: &'a str,
    steps: &'a [Transformation],
    position: TransformationPosition,
    query: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl UrlBase {
    /// Starts a URL for `source`: a path below this endpoint, or an absolute URL (`http://`,
    /// `https://`), which then replaces the endpoint.
    ///
    /// A path is taken literally except for percent-encoding, which is kept: `?` and `#` become
    /// part of the file's name.
    #[doc(alias = "build_url")]
    pub fn url<'a>(&'a self, source: &'a str) -> UrlBuilder<'a> {
        UrlBuilder { base: Some(self), ..UrlBuilder::new(source) }
    }
}

impl fmt::Debug for UrlBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlBuilder")
            .field("base", &self.base)
            .field("source", &RedactedSource(self.source))
            .field("steps", &self.steps)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}

impl<'a> UrlBuilder<'a> {
    /// Starts with an absolute URL, which needs no endpoint. For a path, see [`UrlBase::url`].
    pub fn new(url: &'a str) -> Self {
        Self {
            base: None,
            source: url,
            steps: &[],
            position: TransformationPosition::default(),
            query: Vec::new(),
        }
    }

    /// Sets the chain of steps to apply: a [`Transformation`], an array or `Vec` of them, or
    /// [`Transformations`](super::Transformations).
    pub fn transformations<T>(mut self, steps: &'a T) -> Self
    where
        T: AsRef<[Transformation]> + ?Sized,
    {
        self.steps = steps.as_ref();
        self
    }

    /// Sets where the transformation is written; the default is the query.
    pub fn position(mut self, position: TransformationPosition) -> Self {
        self.position = position;
        self
    }

    /// Adds a query parameter, form-encoded, before the transformation.
    pub fn query(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Builds the URL: a valid `http::Uri`, which starts with the endpoint if the source is a path.
    ///
    /// # Errors
    ///
    /// [`UrlError`] if the source or the transformation is not valid.
    #[doc(alias = "buildSrc")]
    #[doc(alias = "build_src")]
    #[doc(alias = "build_url")]
    pub fn build(&self) -> Result<String, UrlError> {
        self.parts(&[])?.finish()
    }

    /// Builds all but the fragment, with more steps after those that were set.
    pub(super) fn parts(&self, more: &[Transformation]) -> Result<Parts<'a>, UrlError> {
        if self.source.is_empty() {
            return Err(UrlError::EmptySource);
        }
        let mut out = String::with_capacity(self.estimate(more));
        let chain = Chain { steps: self.steps, more };
        let base = self.base.filter(|_| !is_absolute(self.source));
        let in_path = base.is_some() && self.position == TransformationPosition::Path;
        let (query, fragment) = match base {
            None => {
                let url = Absolute::parse(self.source).map_err(UrlError::Source)?;
                url.write_to_path(&mut out, false);
                (url.query, url.fragment)
            }
            Some(base) => {
                out.push_str(&base.base);
                if in_path && !chain.is_silent() {
                    chain.write_segment(&mut out)?;
                }
                let path = self.source.trim_start_matches('/');
                if !push_path(&mut out, path, Slashes::Single) {
                    return Err(UrlError::LeavesBase);
                }
                let query = Some(base.query.as_str()).filter(|query| !query.is_empty());
                (query, base.fragment.as_deref())
            }
        };
        if let Some(query) = query {
            out.push('?');
            encode::push(&mut out, query, encode::QUERY);
        }
        let separator = match query {
            None => "?",
            Some("") => "",
            Some(_) => "&",
        };
        let mut parts = Parts { out, separator, fragment };
        for (name, value) in &self.query {
            parts.next_parameter();
            encode::push(&mut parts.out, name, encode::FORM);
            parts.out.push('=');
            encode::push(&mut parts.out, value, encode::FORM);
        }
        if !in_path && !chain.is_silent() {
            parts.next_parameter();
            parts.out.push_str("tr=");
            chain.write(&mut parts.out, Place::Query)?;
        }
        Ok(parts)
    }

    /// Returns the length before encoding, with a signature.
    fn estimate(&self, more: &[Transformation]) -> usize {
        const SIGNATURE: usize = "?ik-t=9999999999&ik-s=".len() + 40;
        let pairs = self.query.iter().map(|(name, value)| name.len() + value.len() + 2);
        let base = self.base.map_or(0, |base| base.base.len() + base.query.len());
        base + self.source.len()
            + step::estimate(self.steps)
            + step::estimate(more)
            + pairs.sum::<usize>()
            + SIGNATURE
            + 8
    }
}

/// The steps of a URL: those that were set, then those that a responsive image adds.
struct Chain<'a> {
    steps: &'a [Transformation],
    more: &'a [Transformation],
}

impl Chain<'_> {
    fn is_silent(&self) -> bool {
        step::is_silent(self.steps) && step::is_silent(self.more)
    }

    fn write(&self, out: &mut String, place: Place) -> Result<(), InvalidTransformation> {
        step::write_for(self.steps, out, place)?;
        if self.more.is_empty() {
            return Ok(());
        }
        if !step::is_silent(self.steps) && !step::is_silent(self.more) {
            out.push(':');
        }
        step::write_for(self.more, out, place)
    }

    fn write_segment(&self, out: &mut String) -> Result<(), InvalidTransformation> {
        out.push_str("tr:");
        self.write(out, Place::Path)?;
        out.push('/');
        Ok(())
    }
}

/// Returns whether the published packages take `source` for an absolute URL.
fn is_absolute(source: &str) -> bool {
    source.starts_with("https://") || source.starts_with("http://")
}

/// A URL without its fragment, which takes more query parameters.
pub(super) struct Parts<'a> {
    pub(super) out: String,
    /// The separator before the next query parameter.
    separator: &'static str,
    fragment: Option<&'a str>,
}

impl Parts<'_> {
    /// Returns whether there is a query, even an empty one.
    #[cfg(feature = "sign")]
    pub(super) fn has_query(&self) -> bool {
        self.separator != "?"
    }

    /// Returns the URL without a question mark at its end.
    #[cfg(feature = "sign")]
    pub(super) fn without_empty_query(&self) -> &str {
        let empty = self.separator.is_empty();
        self.out.strip_suffix('?').filter(|_| empty).unwrap_or(&self.out)
    }

    /// Writes the separator before the next query parameter.
    pub(super) fn next_parameter(&mut self) {
        self.out.push_str(self.separator);
        self.separator = "&";
    }

    /// Writes the fragment and checks the length.
    pub(super) fn finish(mut self) -> Result<String, UrlError> {
        if let Some(fragment) = self.fragment {
            self.out.push('#');
            encode::push(&mut self.out, fragment, encode::FRAGMENT);
        }
        if self.out.len() > encode::MAX_URI_LENGTH {
            return Err(UrlError::TooLong);
        }
        Ok(self.out)
    }
}
