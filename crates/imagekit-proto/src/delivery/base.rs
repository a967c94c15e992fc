//! The URL endpoint that delivery URLs start with.

use super::{absolute::Absolute, error::UrlError, redact::Redacted};
use crate::wire::encode;
use std::fmt;

/// The URL endpoint that delivery URLs start with, checked and normalised as clients do it.
///
/// It may have a path (`https://ik.imagekit.io/your_id/pattern`), be a custom domain, and have a
/// query or a fragment, which every URL built on it then has. `Debug` prints no password.
///
/// ```
/// use imagekit_proto::delivery::{UrlBase, UrlError, UrlProblem};
///
/// let base = UrlBase::new("https://Images.example.com:443/shop")?;
/// assert_eq!(base.as_str(), "https://images.example.com/shop/");
/// assert_eq!(base.url("a.jpg").build()?, "https://images.example.com/shop/a.jpg");
/// assert_eq!(UrlBase::new("shop").unwrap_err(), UrlError::Base(UrlProblem::NotHttp));
/// # Ok::<(), UrlError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "url_endpoint")]
#[doc(alias = "urlEndpoint")]
pub struct UrlBase {
    pub(super) base: String,
    pub(super) query: String,
    pub(super) fragment: Option<String>,
}

impl fmt::Debug for UrlBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlBase").field("base", &Redacted(&self.base)).finish_non_exhaustive()
    }
}

impl UrlBase {
    /// Checks a URL endpoint, as the ImageKit dashboard shows it.
    ///
    /// # Errors
    ///
    /// [`UrlError::Base`] if it is not an absolute `http` or `https` URL.
    pub fn new(url: &str) -> Result<Self, UrlError> {
        let url = Absolute::parse(url).map_err(UrlError::Base)?;
        let mut base = String::new();
        url.write_to_path(&mut base, true);
        if !base.ends_with('/') {
            base.push('/');
        }
        let mut query = String::new();
        encode::push(&mut query, url.query.unwrap_or_default(), encode::QUERY);
        Ok(Self { base, query, fragment: url.fragment.map(ToOwned::to_owned) })
    }

    /// Returns the endpoint with a slash at its end, without query and fragment: the start of every
    /// URL built from a path, which a signature does not cover.
    pub fn as_str(&self) -> &str {
        &self.base
    }
}
