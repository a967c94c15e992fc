//! Version 1: token, expire and signature.

use std::fmt::{self, Write};
use std::time::Duration;

use hmac::{Hmac, Mac};
use sha1::Sha1;

use super::{UploadAuthError, UploadToken};
use crate::api::upload::UploadAuth;
use crate::{Secret, hex};

/// Signs client-side uploads with the private key.
///
/// Make one and keep it: the key is prepared once, and every signature is cheap. Signing is
/// `HMAC-SHA1(private key, token + expire)` in lower-case hexadecimal (the OpenAPI file).
#[derive(Clone)]
pub struct UploadSigner {
    mac: Hmac<Sha1>,
    /// Kept to refuse it as a public key, and for version 2.
    private_key: Secret,
    public_key: Option<String>,
}

impl UploadSigner {
    /// Half an hour, the official clients' default.
    pub const DEFAULT_LIFETIME: Duration = Duration::from_secs(1800);

    /// ImageKit refuses an `expire` an hour ahead or more.
    const MAX_SECONDS: u64 = 3599;

    /// A signer with the private key (`private_...`) from the dashboard.
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

    /// Adds the public key to everything signed, so that a web page has all it needs.
    ///
    /// # Errors
    ///
    /// [`UploadAuthError::EmptyPublicKey`], and [`UploadAuthError::PublicKeyIsPrivate`] when
    /// the private key stands where the public one belongs.
    pub fn with_public_key(
        mut self,
        public_key: impl Into<String>,
    ) -> Result<Self, UploadAuthError> {
        let public_key = public_key.into();
        check_public_key(&public_key, &self.private_key)?;
        self.public_key = Some(public_key);
        Ok(self)
    }

    /// Authorises one upload until `now_unix` + `lifetime`, in whole seconds since 1970.
    ///
    /// ```
    /// use std::time::Duration;
    /// use imagekit_proto::upload_auth::{UploadAuthError, UploadSigner, UploadToken};
    ///
    /// let signer = UploadSigner::new("private_key_test")?;
    /// let token = UploadToken::new("tok")?;
    /// let auth = signer.sign(token.clone(), UploadSigner::DEFAULT_LIFETIME, 1_700_000_000)?;
    /// assert_eq!(auth.signature, "c04cf2f9f5ef4f05336f13dde2360795b94652d3");
    ///
    /// let hour = Duration::from_secs(3600);
    /// let refused = signer.sign(token, hour, 1_700_000_000).unwrap_err();
    /// assert!(matches!(refused, UploadAuthError::LifetimeTooLong { max_seconds: 3599, .. }));
    /// # Ok::<(), UploadAuthError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UploadAuthError::LifetimeTooShort`] below a second,
    /// [`UploadAuthError::LifetimeTooLong`] at an hour and above (ImageKit refuses both),
    /// [`UploadAuthError::ClockOutOfRange`].
    pub fn sign(
        &self,
        token: UploadToken,
        lifetime: Duration,
        now_unix: u64,
    ) -> Result<UploadAuth, UploadAuthError> {
        let expire = expiry(lifetime, now_unix, Self::MAX_SECONDS)?;
        Ok(self.authorise(token.into_string(), expire))
    }

    /// Signs exactly this token and this `expire`, in seconds since 1970, without checking
    /// either: ImageKit may refuse the result. [`UploadSigner::sign`] is what an application
    /// wants.
    pub fn sign_unchecked(&self, token: impl Into<String>, expire: i64) -> UploadAuth {
        self.authorise(token.into(), expire)
    }

    pub(super) fn private_key(&self) -> &Secret {
        &self.private_key
    }

    pub(super) fn public_key(&self) -> Option<&str> {
        self.public_key.as_deref()
    }

    fn authorise(&self, token: String, expire: i64) -> UploadAuth {
        let mut mac = self.mac.clone();
        mac.update(token.as_bytes());
        // Writing to a MAC cannot fail.
        let _ = write!(Updating(&mut mac), "{expire}");
        let signature = hex::lower(&mac.finalize().into_bytes());
        UploadAuth { token, expire, signature, public_key: self.public_key.clone() }
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

/// The last Unix second of ten digits.
const LAST_SECOND: u64 = 9_999_999_999;

/// The second at which `lifetime` ends.
pub(super) fn expiry(
    lifetime: Duration,
    now_unix: u64,
    max_seconds: u64,
) -> Result<i64, UploadAuthError> {
    let seconds = lifetime.as_secs();
    if seconds == 0 {
        return Err(UploadAuthError::LifetimeTooShort);
    }
    if seconds > max_seconds {
        return Err(UploadAuthError::LifetimeTooLong { lifetime, max_seconds });
    }
    // Seconds have ten digits until the year 2286; a clock with more counts something smaller.
    if now_unix > LAST_SECOND {
        return Err(UploadAuthError::ClockOutOfRange);
    }
    now_unix
        .checked_add(seconds)
        .and_then(|expire| i64::try_from(expire).ok())
        .ok_or(UploadAuthError::ClockOutOfRange)
}

/// Refuses what must not be handed out.
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

/// Formats straight into the MAC.
struct Updating<'a>(&'a mut Hmac<Sha1>);

impl Write for Updating<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}
