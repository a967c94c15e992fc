//! Signed URLs.
//!
//! The signature is the HMAC-SHA1 in lower-case hex, keyed with the private key, of the URL
//! without its endpoint followed by the expiry in Unix seconds (source: the published packages).

use super::{
    error::SignError,
    escape,
    url::{Parts, UrlBuilder, UrlEndpoint},
};
use crate::{Secret, hex};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use std::{fmt, time::Duration};

/// What is signed where no expiry is wanted; `ik-t` is then left out.
pub(super) const NEVER: u64 = 9_999_999_999;
pub(super) const NEVER_DIGITS: &str = "9999999999";

/// Until when a signed URL is good.
///
/// 9999999999 is the same as [`Expiry::NEVER`]. What is later can be signed, as the published
/// packages do, but [`Signer::verify`] says why it does not take it.
///
/// ```
/// use imagekit_proto::delivery::{Expiry, SignError};
/// use std::time::Duration;
///
/// let now = 1_700_000_000; // Unix seconds, from the caller's clock
/// assert_eq!(Expiry::after(Duration::from_secs(60), now)?, Expiry::at(1_700_000_060, now)?);
/// assert_eq!(Expiry::at(now, now), Err(SignError::Past));
/// # Ok::<(), SignError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiry(u64);

impl Expiry {
    /// The URL stays good as long as the private key does.
    pub const NEVER: Self = Self(NEVER);

    /// The URL is good for `lifetime` (whole seconds count) from `now`, in Unix seconds.
    ///
    /// # Errors
    ///
    /// [`SignError::NoLifetime`] below one second, [`SignError::TooLate`] beyond `u64`,
    /// [`SignError::ClockOutOfRange`] if `now` is not in seconds.
    pub fn after(lifetime: Duration, now: u64) -> Result<Self, SignError> {
        if lifetime.as_secs() == 0 {
            return Err(SignError::NoLifetime);
        }
        check_clock(now)?;
        now.checked_add(lifetime.as_secs()).map(Self).ok_or(SignError::TooLate)
    }

    /// The URL is good until `expiry`; both in Unix seconds.
    ///
    /// # Errors
    ///
    /// [`SignError::Past`] if `expiry` is not after `now`, [`SignError::ClockOutOfRange`] if `now`
    /// is not in seconds.
    pub fn at(expiry: u64, now: u64) -> Result<Self, SignError> {
        check_clock(now)?;
        if expiry > now { Ok(Self(expiry)) } else { Err(SignError::Past) }
    }
}

/// Signs URLs of one endpoint with a private key, and verifies them.
///
/// The key is prepared once, which makes a signature as cheap as HMAC-SHA1 can be. `Debug` does
/// not print it.
///
/// ```
/// use imagekit_proto::{Secret, delivery::{Expiry, Signer, UrlEndpoint}};
/// use std::time::Duration;
///
/// let endpoint = UrlEndpoint::new("https://ik.imagekit.io/test_url_endpoint")?;
/// let signer = Signer::new(endpoint, &Secret::new("private_key_test"))?;
/// let now = 1_700_000_000; // Unix seconds, from the caller's clock
///
/// let url = signer.sign("/a.jpg", Expiry::after(Duration::from_secs(3600), now)?)?;
/// assert_eq!(
///     url,
///     "https://ik.imagekit.io/test_url_endpoint/a.jpg\
///      ?ik-t=1700003600&ik-s=3337a3d15a47dad11cea5c01ee10bd47ea3070cc",
/// );
/// assert_eq!(signer.verify(&url, now)?, Some(1_700_003_600));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Signer {
    endpoint: UrlEndpoint,
    key: Hmac<Sha1>,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint = &self.endpoint;
        f.debug_struct("Signer")
            .field("endpoint", endpoint)
            .field("key", &Secret::default())
            .finish()
    }
}

impl Signer {
    /// Prepares `private_key` for signing URLs that begin with `endpoint`.
    ///
    /// # Errors
    ///
    /// [`SignError::EmptyKey`] if the key is empty: ImageKit would refuse every signature.
    pub fn new(endpoint: UrlEndpoint, private_key: &Secret) -> Result<Self, SignError> {
        let key = private_key.expose().as_bytes();
        if key.is_empty() {
            return Err(SignError::EmptyKey);
        }
        let key = Hmac::new_from_slice(key).map_err(|_| SignError::EmptyKey)?;
        Ok(Self { endpoint, key })
    }

    /// The endpoint that every signed URL begins with.
    pub fn endpoint(&self) -> &UrlEndpoint {
        &self.endpoint
    }

    /// Signs a source (a path on the endpoint, or a whole URL) as it is. With transformations or
    /// parameters, begin with [`UrlEndpoint::url`] and end with [`UrlBuilder::sign`].
    ///
    /// # Errors
    ///
    /// [`SignError`]: see there.
    pub fn sign(&self, source: &str, expiry: Expiry) -> Result<String, SignError> {
        self.endpoint.url(source).sign(self, expiry)
    }

    /// Adds the signature to a URL, then its fragment.
    pub(super) fn finish(&self, mut parts: Parts<'_>, expiry: Expiry) -> Result<String, SignError> {
        let relative = parts.without_empty_query().strip_prefix(self.endpoint.as_str());
        let relative = relative.ok_or(SignError::OutsideEndpoint)?;
        let query = if parts.has_query() { relative.split_once('?') } else { None };
        if query.is_some_and(|(_, query)| query.split('&').any(is_signature_parameter)) {
            return Err(SignError::AlreadySigned);
        }
        let mut buffer = [0; 20];
        let expires = escape::digits(expiry.0, &mut buffer);
        let signature = self.signature(relative, expires);
        parts.next_parameter();
        if expiry != Expiry::NEVER {
            parts.out.push_str("ik-t=");
            parts.out.push_str(expires);
            parts.out.push('&');
        }
        parts.out.push_str("ik-s=");
        parts.out.push_str(std::str::from_utf8(&signature).unwrap_or_default());
        Ok(parts.finish()?)
    }

    /// The signature, in hex, of a URL without its endpoint.
    pub(super) fn signature(&self, relative: &str, expires: &str) -> [u8; 40] {
        let mut mac = self.key.clone();
        mac.update(relative.as_bytes());
        mac.update(expires.as_bytes());
        hex::of_sha1(&mac.finalize().into_bytes().into())
    }
}

impl UrlBuilder<'_> {
    /// Builds the URL and signs it.
    ///
    /// # Errors
    ///
    /// [`SignError::OutsideEndpoint`] if the URL does not begin with the signer's endpoint,
    /// [`SignError::AlreadySigned`] if it has a parameter `ik-s` or `ik-t`, and what
    /// [`build`](Self::build) refuses.
    pub fn sign(&self, signer: &Signer, expiry: Expiry) -> Result<String, SignError> {
        signer.finish(self.parts(&[])?, expiry)
    }
}

/// Seconds have ten digits until the year 2286; a clock with more counts something smaller.
fn check_clock(now: u64) -> Result<(), SignError> {
    if now > NEVER { Err(SignError::ClockOutOfRange) } else { Ok(()) }
}

fn is_signature_parameter(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default();
    name == "ik-s" || name == "ik-t"
}
