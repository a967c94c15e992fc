//! Version 1: token, expire and signature.

use std::fmt::{self, Write};
use std::ops::RangeInclusive;
use std::time::Duration;

use hmac::{Hmac, Mac};
use sha1::Sha1;

use super::{SignatureToken, UploadAuthError};
use crate::api::upload::UploadAuth;
use crate::types::UnixTime;
use crate::{Secret, hex};

/// Signs client-side uploads with the private key.
///
/// Create one and keep it: it prepares the HMAC key once. The signature is
/// `HMAC-SHA1(private key, token + expire)` in lower-case hexadecimal (the OpenAPI file).
///
/// ```
/// use imagekit_proto::types::UnixTime;
/// use imagekit_proto::upload_auth::{SignatureToken, UploadSigner};
///
/// let signer = UploadSigner::new("private_key_test")?;
/// let token = SignatureToken::from_entropy([7; 16]); // 16 bytes of your random source
/// let now = UnixTime::from_secs(1_700_000_000); // SystemTime::now(), in seconds since 1970
/// let auth = signer.sign(token, UploadSigner::DEFAULT_LIFETIME, now)?;
/// assert_eq!(auth.expire, UnixTime::from_secs(1_700_001_800));
/// # Ok::<(), imagekit_proto::upload_auth::UploadAuthError>(())
/// ```
///
/// # Ambiguity of the signed text
///
/// The scheme signs token and `expire` as one text, so `a1` with `1700000000` has the signature of
/// `a` with `11700000000`. [`sign`](Self::sign) signs an `expire` of exactly ten digits only, so
/// every other split of its text has an `expire` in the past or centuries ahead, which ImageKit
/// refuses. Tokens of [`SignatureToken::from_entropy`] do not end in a digit either.
#[derive(Clone)]
#[doc(alias = "getAuthenticationParameters")]
#[doc(alias = "get_authentication_parameters")]
pub struct UploadSigner {
    mac: Hmac<Sha1>,
    /// To refuse it as a public key, and for version 2.
    private_key: Secret,
    public_key: Option<String>,
}

impl UploadSigner {
    /// Default lifetime of the official clients: half an hour.
    pub const DEFAULT_LIFETIME: Duration = Duration::from_secs(1800);

    /// ImageKit refuses an `expire` of an hour ahead or more.
    const MAX_SECONDS: u64 = 3599;

    /// Creates a signer with the private key (`private_...`) from the dashboard.
    ///
    /// # Errors
    ///
    /// [`UploadAuthError::EmptyPrivateKey`].
    pub fn new(private_key: impl Into<Secret>) -> Result<Self, UploadAuthError> {
        let private_key = private_key.into();
        if private_key.expose().is_empty() {
            return Err(UploadAuthError::EmptyPrivateKey);
        }
        let mac = Hmac::new_from_slice(private_key.expose().as_bytes())
            .map_err(|_| UploadAuthError::EmptyPrivateKey)?;
        Ok(Self { mac, private_key, public_key: None })
    }

    /// Adds the public key to everything signed: a web page needs it for the upload.
    ///
    /// # Errors
    ///
    /// [`UploadAuthError::EmptyPublicKey`], and [`UploadAuthError::PublicKeyIsPrivate`] when
    /// it is the private key.
    pub fn with_public_key(
        mut self,
        public_key: impl Into<String>,
    ) -> Result<Self, UploadAuthError> {
        let public_key = public_key.into();
        check_public_key(&public_key, &self.private_key)?;
        self.public_key = Some(public_key);
        Ok(self)
    }

    /// Authorises one upload until `now` + `lifetime`, in whole seconds.
    ///
    /// ```
    /// use std::time::Duration;
    /// use imagekit_proto::types::UnixTime;
    /// use imagekit_proto::upload_auth::{SignatureToken, UploadAuthError, UploadSigner};
    ///
    /// let signer = UploadSigner::new("private_key_test")?;
    /// let token = SignatureToken::new("tok")?;
    /// let now = UnixTime::from_secs(1_700_000_000);
    /// let auth = signer.sign(token.clone(), UploadSigner::DEFAULT_LIFETIME, now)?;
    /// assert_eq!(auth.signature, "c04cf2f9f5ef4f05336f13dde2360795b94652d3");
    ///
    /// let hour = Duration::from_secs(3600);
    /// let refused = signer.sign(token, hour, now).unwrap_err();
    /// assert!(matches!(refused, UploadAuthError::LifetimeTooLong { max_seconds: 3599, .. }));
    /// # Ok::<(), UploadAuthError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UploadAuthError::LifetimeTooShort`] below a second,
    /// [`UploadAuthError::LifetimeTooLong`] at an hour and above (ImageKit refuses both),
    /// [`UploadAuthError::ClockOutOfRange`] when `now` or the end has not ten digits: before
    /// September 2001 or after 2286.
    pub fn sign(
        &self,
        token: SignatureToken,
        lifetime: Duration,
        now: UnixTime,
    ) -> Result<UploadAuth, UploadAuthError> {
        let expire = expiry(lifetime, now, Self::MAX_SECONDS)?;
        let token = token.into_string();
        let signature = self.mac_of(&token, &expire);
        Ok(UploadAuth { token, expire, signature, public_key: self.public_key.clone() })
    }

    /// Returns the signature of exactly this token and this `expire`, in seconds since 1970,
    /// without checking either: to verify an upload as ImageKit does, and for tests. Applications
    /// call [`UploadSigner::sign`].
    ///
    /// ```
    /// use imagekit_proto::upload_auth::UploadSigner;
    ///
    /// let signature = UploadSigner::new("private_key_test")?.signature_unchecked("tok", 0);
    /// assert_eq!(signature, "3698e5eb52077c18c7dbbf551144a0e47cd7e227");
    /// # Ok::<(), imagekit_proto::upload_auth::UploadAuthError>(())
    /// ```
    pub fn signature_unchecked(&self, token: &str, expire: i64) -> String {
        self.mac_of(token, &expire)
    }

    pub(super) fn private_key(&self) -> &Secret {
        &self.private_key
    }

    pub(super) fn public_key(&self) -> Option<&str> {
        self.public_key.as_deref()
    }

    fn mac_of(&self, token: &str, expire: &dyn fmt::Display) -> String {
        let mut mac = self.mac.clone();
        mac.update(token.as_bytes());
        // Writing to a MAC cannot fail.
        let _ = write!(Updating(&mut mac), "{expire}");
        hex::lower(&mac.finalize().into_bytes())
    }
}

impl fmt::Debug for UploadSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadSigner")
            .field("private_key", &self.private_key)
            .field("public_key", &self.public_key)
            .finish()
    }
}

/// The Unix seconds of ten digits, from 2001 to 2286: a clock of fewer is not set, and one of
/// more counts something smaller than seconds.
const TEN_DIGITS: RangeInclusive<u64> = 1_000_000_000..=9_999_999_999;

/// Returns the second at which `lifetime` ends; it has ten digits.
pub(super) fn expiry(
    lifetime: Duration,
    now: UnixTime,
    max_seconds: u64,
) -> Result<UnixTime, UploadAuthError> {
    let seconds = lifetime.as_secs();
    if seconds == 0 {
        return Err(UploadAuthError::LifetimeTooShort);
    }
    if seconds > max_seconds {
        return Err(UploadAuthError::LifetimeTooLong { lifetime, max_seconds });
    }
    now.checked_add(lifetime)
        .filter(|end| TEN_DIGITS.contains(&now.as_secs()) && TEN_DIGITS.contains(&end.as_secs()))
        .ok_or(UploadAuthError::ClockOutOfRange)
}

/// Refuses a key that must not be published.
pub(super) fn check_public_key(
    public_key: &str,
    private_key: &Secret,
) -> Result<(), UploadAuthError> {
    if public_key.is_empty() {
        return Err(UploadAuthError::EmptyPublicKey);
    }
    if public_key.starts_with("private_") || public_key == private_key.expose() {
        return Err(UploadAuthError::PublicKeyIsPrivate);
    }
    Ok(())
}

/// Formats into the MAC without an allocation.
struct Updating<'a>(&'a mut Hmac<Sha1>);

impl Write for Updating<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}
