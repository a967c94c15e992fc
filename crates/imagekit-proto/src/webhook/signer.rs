//! Signing messages as ImageKit does.

use std::fmt;

use hmac::Hmac;
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;

use super::verifier::{legacy_signature, prepare, standard_signature};
use super::{WebhookError, header};
use crate::Secret;
use crate::types::UnixTime;

/// Signs webhook messages, to test a receiver without ImageKit.
///
/// ```
/// use imagekit_proto::types::UnixTime;
/// use imagekit_proto::webhook::WebhookSigner;
///
/// let signer = WebhookSigner::new("plainsecret")?;
/// let headers = signer.sign("msg_1", UnixTime::from_secs(1_700_000_000), b"{}")?;
/// assert_eq!(headers["webhook-id"], "msg_1");
/// assert_eq!(headers["webhook-timestamp"], "1700000000");
/// assert!(headers["webhook-signature"].to_str()?.starts_with("v1,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct WebhookSigner {
    key: Hmac<Sha256>,
}

impl WebhookSigner {
    /// Creates a signer with the webhook's secret, the whole text.
    ///
    /// # Errors
    ///
    /// [`WebhookError::EmptySecret`].
    pub fn new(secret: impl Into<Secret>) -> Result<Self, WebhookError> {
        Ok(Self { key: prepare(&secret.into())? })
    }

    /// Returns the three headers of the current scheme.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidMessageId`] when `id` is empty, or would change in a header;
    /// [`WebhookError::DotInMessageId`] when it has a dot.
    pub fn sign(&self, id: &str, now: UnixTime, body: &[u8]) -> Result<HeaderMap, WebhookError> {
        let id_value =
            HeaderValue::from_bytes(id.as_bytes()).map_err(|_| WebhookError::InvalidMessageId)?;
        if id.is_empty() || id.trim() != id {
            return Err(WebhookError::InvalidMessageId);
        }
        header::check_id(id)?;
        let timestamp = now.to_string();
        let signature = format!("v1,{}", standard_signature(&self.key, id, &timestamp, body));

        let mut headers = HeaderMap::with_capacity(3);
        headers.insert(HeaderName::from_static(header::ID), id_value);
        headers.insert(HeaderName::from_static(header::TIMESTAMP), value(timestamp)?);
        headers.insert(HeaderName::from_static(header::SIGNATURE), value(signature)?);
        Ok(headers)
    }

    /// Returns the one header of the older scheme, which signs milliseconds: those of `now` are
    /// zero.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidTimestamp`] when the milliseconds do not fit 64 bits.
    pub fn sign_legacy(&self, now: UnixTime, body: &[u8]) -> Result<HeaderMap, WebhookError> {
        let timestamp =
            now.as_secs().checked_mul(1000).ok_or(WebhookError::InvalidTimestamp)?.to_string();
        let signature = legacy_signature(&self.key, &timestamp, body);

        let mut headers = HeaderMap::with_capacity(1);
        let parts = format!("t={timestamp},v1={signature}");
        headers.insert(HeaderName::from_static(header::LEGACY), value(parts)?);
        Ok(headers)
    }
}

/// Digits, base64 and hexadecimal always fit a header.
fn value(text: String) -> Result<HeaderValue, WebhookError> {
    HeaderValue::try_from(text).map_err(|_| WebhookError::InvalidTimestamp)
}

impl fmt::Debug for WebhookSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSigner").field("key", &Secret::default()).finish()
    }
}
