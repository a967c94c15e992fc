//! Signed URLs.
//!
//! The signature is the HMAC-SHA1 in lower-case hex, keyed with the private key, of the URL without
//! its URL endpoint followed by the expiry in Unix seconds (source: the published packages).

use super::{
    base::UrlBase,
    error::SignError,
    redact::Redacted,
    url::{Parts, UrlBuilder},
};
use crate::{Secret, hex, types::UnixTime};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use std::{
    fmt::{self, Write as _},
    time::Duration,
};

/// The expiry that is signed if the URL does not expire; `ik-t` is then left out.
pub(super) const NEVER: UnixTime = UnixTime::from_secs(9_999_999_999);
const NEVER_DIGITS: &str = "9999999999";

/// The time until which a signed URL is valid.
///
/// [`Expiry::NEVER`] is signed as 9999999999 seconds (the year 2286); a later expiry is refused.
///
/// ```
/// use imagekit_proto::delivery::{Expiry, SignError};
/// use imagekit_proto::types::UnixTime;
/// use std::time::Duration;
///
/// let now = UnixTime::from_secs(1_700_000_000); // from the caller's clock
/// let later = UnixTime::from_secs(1_700_000_060);
/// assert_eq!(Expiry::after(Duration::from_secs(60), now)?, Expiry::at(later, now)?);
/// assert_eq!(Expiry::at(now, now), Err(SignError::Past));
///
/// let milliseconds = UnixTime::from_secs(1_700_000_060_000);
/// assert_eq!(Expiry::at(milliseconds, now), Err(SignError::TooLate));
/// # Ok::<(), SignError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(alias = "expiresIn")]
pub struct Expiry(UnixTime);

impl Expiry {
    /// The URL is valid as long as the private key is.
    pub const NEVER: Self = Self(NEVER);

    /// Creates an expiry `lifetime` (in whole seconds) after `now`.
    ///
    /// # Errors
    ///
    /// [`SignError::NoLifetime`] below one second, [`SignError::ClockOutOfRange`] if `now` is not in
    /// seconds, [`SignError::TooLate`] if the expiry is after the year 2286.
    pub fn after(lifetime: Duration, now: UnixTime) -> Result<Self, SignError> {
        if lifetime.as_secs() == 0 {
            return Err(SignError::NoLifetime);
        }
        check_clock(now)?;
        Self::at(now.checked_add(lifetime).ok_or(SignError::TooLate)?, now)
    }

    /// Creates an expiry at `expiry`.
    ///
    /// # Errors
    ///
    /// [`SignError::ClockOutOfRange`] if `now` is not in seconds, [`SignError::Past`] if `expiry` is
    /// not after `now`, [`SignError::TooLate`] if it is after the year 2286.
    pub fn at(expiry: UnixTime, now: UnixTime) -> Result<Self, SignError> {
        check_clock(now)?;
        match expiry {
            expiry if expiry <= now => Err(SignError::Past),
            expiry if expiry > NEVER => Err(SignError::TooLate),
            expiry => Ok(Self(expiry)),
        }
    }
}

/// Signs and verifies the URLs of one URL endpoint with a private key.
///
/// The key is prepared once. `Debug` prints neither the key nor a password.
///
/// ```
/// use imagekit_proto::delivery::{Expiry, UrlBase, UrlSigner};
/// use imagekit_proto::{Secret, types::UnixTime};
/// use std::time::Duration;
///
/// let base = UrlBase::new("https://ik.imagekit.io/test_url_endpoint")?;
/// let signer = UrlSigner::new(base, &Secret::new("private_key_test"))?;
/// let now = UnixTime::from_secs(1_700_000_000); // from the caller's clock
///
/// let url = signer.sign("/a.jpg", Expiry::after(Duration::from_secs(3600), now)?)?;
/// assert_eq!(
///     url,
///     "https://ik.imagekit.io/test_url_endpoint/a.jpg\
///      ?ik-t=1700003600&ik-s=3337a3d15a47dad11cea5c01ee10bd47ea3070cc",
/// );
/// assert_eq!(signer.verify(&url, now)?, Some(UnixTime::from_secs(1_700_003_600)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[doc(alias = "presigned")]
#[doc(alias = "signed_url")]
pub struct UrlSigner {
    base: UrlBase,
    key: Hmac<Sha1>,
}

impl fmt::Debug for UrlSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlSigner")
            .field("base", &Redacted(self.base.as_str()))
            .field("key", &Secret::default())
            .finish()
    }
}

impl UrlSigner {
    /// Creates a signer for the URLs that start with `base`.
    ///
    /// # Errors
    ///
    /// [`SignError::EmptyKey`] if the key is empty: ImageKit would reject every signature.
    pub fn new(base: UrlBase, private_key: &Secret) -> Result<Self, SignError> {
        let key = private_key.expose().as_bytes();
        if key.is_empty() {
            return Err(SignError::EmptyKey);
        }
        let key = Hmac::new_from_slice(key).map_err(|_| SignError::EmptyKey)?;
        Ok(Self { base, key })
    }

    /// Returns the URL endpoint that every signed URL starts with.
    pub fn base(&self) -> &UrlBase {
        &self.base
    }

    /// Signs a source (a path below the URL endpoint, or an absolute URL) as it is. With
    /// transformations or parameters, start with [`UrlBase::url`] and end with
    /// [`UrlBuilder::sign`].
    ///
    /// # Errors
    ///
    /// As [`UrlBuilder::sign`].
    #[doc(alias = "presigned")]
    #[doc(alias = "signed_url")]
    pub fn sign(&self, source: &str, expiry: Expiry) -> Result<String, SignError> {
        self.base.url(source).sign(self, expiry)
    }

    /// Adds the signature to a URL, then its fragment.
    pub(super) fn finish(&self, mut parts: Parts<'_>, expiry: Expiry) -> Result<String, SignError> {
        let url = parts.without_empty_query();
        let relative = url.strip_prefix(self.base.as_str()).ok_or(SignError::OutsideBase)?;
        let query = if parts.has_query() { relative.split_once('?') } else { None };
        if query.is_some_and(|(_, query)| query.split('&').any(is_signature_parameter)) {
            return Err(SignError::AlreadySigned);
        }
        let relative = self.base.as_str().len()..url.len();
        parts.next_parameter();
        let mut expires = None;
        if expiry != Expiry::NEVER {
            parts.out.push_str("ik-t=");
            let start = parts.out.len();
            // Writing to a `String` cannot fail.
            _ = write!(parts.out, "{}", expiry.0);
            expires = parts.out.get(start..);
        }
        let signature = self.signature(parts.out.get(relative).unwrap_or_default(), expires);
        if expiry != Expiry::NEVER {
            parts.out.push('&');
        }
        parts.out.push_str("ik-s=");
        parts.out.push_str(std::str::from_utf8(&signature).unwrap_or_default());
        Ok(parts.finish()?)
    }

    /// Returns the signature, in hex, of a URL without its URL endpoint. `expires` is its `ik-t`.
    pub(super) fn signature(&self, relative: &str, expires: Option<&str>) -> [u8; 40] {
        let mut mac = self.key.clone();
        mac.update(relative.as_bytes());
        mac.update(expires.unwrap_or(NEVER_DIGITS).as_bytes());
        hex::of_sha1(&mac.finalize().into_bytes().into())
    }
}

impl UrlBuilder<'_> {
    /// Builds the URL and signs it.
    ///
    /// # Errors
    ///
    /// [`SignError::OutsideBase`] if the URL does not start with the signer's URL endpoint,
    /// [`SignError::AlreadySigned`] if it has a parameter `ik-s` or `ik-t`, and
    /// [`SignError::Url`] if [`build`](Self::build) fails.
    #[doc(alias = "presigned")]
    #[doc(alias = "signed_url")]
    pub fn sign(&self, signer: &UrlSigner, expiry: Expiry) -> Result<String, SignError> {
        signer.finish(self.parts(&[])?, expiry)
    }
}

/// Refuses a clock after the year 2286: what counts that far counts milliseconds.
fn check_clock(now: UnixTime) -> Result<(), SignError> {
    if now > NEVER { Err(SignError::ClockOutOfRange) } else { Ok(()) }
}

fn is_signature_parameter(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default();
    name == "ik-s" || name == "ik-t"
}
