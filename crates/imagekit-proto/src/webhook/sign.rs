//! Signing messages as ImageKit does: for tests and for the emulator.

use std::fmt;
use std::time::Duration;

use hmac::Hmac;
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;

use super::verify::{legacy_signature, prepare, standard_signature};
use super::{SignatureError, header};
use crate::Secret;

/// Signs webhook messages, to try out a receiver without ImageKit.
///
/// ```
/// use std::time::Duration;
/// use imagekit_proto::webhook::Signer;
///
/// let signer = Signer::new("plainsecret")?;
/// let now = Duration::from_secs(1_700_000_000);
/// let headers = signer.sign("msg_1", now, b"{}")?;
/// assert_eq!(headers["webhook-id"], "msg_1");
/// assert_eq!(headers["webhook-timestamp"], "1700000000");
/// assert!(headers["webhook-signature"].to_str()?.starts_with("v1,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Signer {
    key: Hmac<Sha256>,
}

impl Signer {
    /// A signer with the webhook's secret, the whole text.
    ///
    /// # Errors
    ///
    /// [`SignatureError::EmptySecret`].
    pub fn new(secret: impl Into<Secret>) -> Result<Self, SignatureError> {
        Ok(Self { key: prepare(&secret.into())? })
    }

    /// The three headers of the current scheme. `now` is the time since 1970; its whole
    /// seconds are signed.
    ///
    /// # Errors
    ///
    /// [`SignatureError::InvalidMessageId`] when `id` is empty, or would not arrive as it is in
    /// a header.
    pub fn sign(&self, id: &str, now: Duration, body: &[u8]) -> Result<HeaderMap, SignatureError> {
        let id_value =
            HeaderValue::from_bytes(id.as_bytes()).map_err(|_| SignatureError::InvalidMessageId)?;
        if id.is_empty() || id.trim() != id {
            return Err(SignatureError::InvalidMessageId);
        }
        let timestamp = now.as_secs().to_string();
        let signature = format!("v1,{}", standard_signature(&self.key, id, &timestamp, body));

        let mut headers = HeaderMap::with_capacity(3);
        headers.insert(HeaderName::from_static(header::ID), id_value);
        headers.insert(HeaderName::from_static(header::TIMESTAMP), value(timestamp)?);
        headers.insert(HeaderName::from_static(header::SIGNATURE), value(signature)?);
        Ok(headers)
    }

    /// The one header of the older scheme. `now` is the time since 1970; its whole
    /// milliseconds are signed.
    ///
    /// # Errors
    ///
    /// [`SignatureError::InvalidTimestamp`] when the milliseconds do not fit 64 bits.
    pub fn sign_legacy(&self, now: Duration, body: &[u8]) -> Result<HeaderMap, SignatureError> {
        let timestamp = u64::try_from(now.as_millis())
            .map_err(|_| SignatureError::InvalidTimestamp)?
            .to_string();
        let signature = legacy_signature(&self.key, &timestamp, body);

        let mut headers = HeaderMap::with_capacity(1);
        let parts = format!("t={timestamp},v1={signature}");
        headers.insert(HeaderName::from_static(header::LEGACY), value(parts)?);
        Ok(headers)
    }
}

/// Digits, base64 and hexadecimal always fit a header.
fn value(text: String) -> Result<HeaderValue, SignatureError> {
    HeaderValue::try_from(text).map_err(|_| SignatureError::InvalidTimestamp)
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer { key: [secret] }")
    }
}
