//! Verification of signatures.

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use http::HeaderMap;
use sha2::Sha256;

use super::header::{self, decimal, single};
use super::{VerifiedWebhook, WebhookError};
use crate::secret::constant_time_eq;
use crate::types::UnixTime;
use crate::{Secret, hex};

/// Verifies webhook messages with one secret, or with several while one is being replaced.
///
/// Create one and keep it: it prepares the HMAC keys once. Verifying reads the body once per
/// secret and copies nothing. Signatures are compared in constant time.
///
/// ```
/// use http::HeaderMap;
/// use imagekit_proto::types::UnixTime;
/// use imagekit_proto::webhook::{WebhookError, WebhookVerifier};
///
/// let verifier = WebhookVerifier::new("whsec_c2VjcmV0")?;
/// let now = UnixTime::from_secs(1_700_000_000);
/// let error = verifier.verify(&HeaderMap::new(), b"{}", now).unwrap_err();
/// assert_eq!(error, WebhookError::MissingHeader { name: "webhook-id" });
/// # Ok::<(), WebhookError>(())
/// ```
#[derive(Clone)]
#[doc(alias = "unwrap")]
#[doc(alias = "verifyWebhook")]
#[doc(alias = "verify_webhook")]
pub struct WebhookVerifier {
    keys: Vec<Hmac<Sha256>>,
    tolerance: Duration,
    max_body: usize,
}

impl WebhookVerifier {
    /// Default maximum age of a message, and its maximum distance into the future: five minutes,
    /// as in the official clients.
    pub const DEFAULT_TOLERANCE: Duration = Duration::from_secs(300);

    /// Default maximum size of a body: 4 MiB. An event holds the details of one file, a few KiB,
    /// and possibly its embedded metadata.
    pub const DEFAULT_MAX_BODY: usize = 4 << 20;

    /// Creates a verifier with the webhook's secret, the whole text from the dashboard.
    ///
    /// # Errors
    ///
    /// [`WebhookError::EmptySecret`].
    pub fn new(secret: impl Into<Secret>) -> Result<Self, WebhookError> {
        let this = Self {
            keys: Vec::new(),
            tolerance: Self::DEFAULT_TOLERANCE,
            max_body: Self::DEFAULT_MAX_BODY,
        };
        this.or_secret(secret)
    }

    /// Accepts messages signed with this secret too: the old and the new one, until every
    /// message signed with the old one has arrived.
    ///
    /// ```
    /// use imagekit_proto::types::UnixTime;
    /// use imagekit_proto::webhook::{WebhookSigner, WebhookVerifier};
    ///
    /// let verifier = WebhookVerifier::new("whsec_new")?.or_secret("whsec_old")?;
    /// let now = UnixTime::from_secs(1_700_000_000);
    /// let headers = WebhookSigner::new("whsec_old")?.sign("msg_1", now, b"{}")?;
    /// assert!(verifier.verify(&headers, b"{}", now).is_ok());
    /// # Ok::<(), imagekit_proto::webhook::WebhookError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`WebhookError::EmptySecret`].
    #[doc(alias = "rotate")]
    pub fn or_secret(mut self, secret: impl Into<Secret>) -> Result<Self, WebhookError> {
        self.keys.push(prepare(&secret.into())?);
        Ok(self)
    }

    /// Sets how old a message may be, and how far in the future.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Sets how many bytes a body may have. A larger one is refused before it is hashed. Limit
    /// what your server reads into memory too.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Verifies a message in the current scheme, Standard Webhooks.
    ///
    /// `body` is the bytes as received, `now` the wall clock. The age is checked after the
    /// signature, so [`WebhookError::TooOld`] always concerns a genuine message.
    ///
    /// # Errors
    ///
    /// Any [`WebhookError`] except those of secrets and signing. A message id with a dot is
    /// refused ([`WebhookError::DotInMessageId`]), because the signature covers
    /// `id.timestamp.body`: part of the id could otherwise pass as the timestamp, or part of the
    /// body as the id.
    pub fn verify<'a>(
        &self,
        headers: &'a HeaderMap,
        body: &'a [u8],
        now: UnixTime,
    ) -> Result<VerifiedWebhook<'a>, WebhookError> {
        let id = single(headers, header::ID)?;
        header::check_id(id)?;
        let timestamp = single(headers, header::TIMESTAMP)?;
        let seconds = decimal(timestamp, header::TIMESTAMP)?;
        let signatures = single(headers, header::SIGNATURE)?;
        self.check_size(body)?;

        let genuine = self.keys.iter().any(|key| {
            let expected = standard_mac(key, id, timestamp, body);
            signatures
                .split(' ')
                .filter_map(|signature| signature.strip_prefix("v1,"))
                .any(|signature| is_base64_of(signature, &expected))
        });
        if !genuine {
            return Err(WebhookError::NoMatch);
        }
        let signed_at = Duration::from_secs(seconds);
        self.check_age(signed_at, now)?;
        Ok(VerifiedWebhook::new(Some(id), signed_at, body))
    }

    /// Verifies a message in the older scheme, `x-ik-signature`.
    ///
    /// The header is parsed as the official client of that time does: parts in any order,
    /// unknown ones ignored, the first of a repeated part, and of a value the text before a
    /// second `=`. That client leaves the age to its user; here the tolerance applies in both
    /// schemes, with the age counted from the start of the second `now`. `body` and `now` are as
    /// in [`WebhookVerifier::verify`].
    ///
    /// ```
    /// use imagekit_proto::types::UnixTime;
    /// use imagekit_proto::webhook::{WebhookSigner, WebhookVerifier};
    ///
    /// let now = UnixTime::from_secs(1_700_000_000);
    /// let headers = WebhookSigner::new("whsec_abc")?.sign_legacy(now, b"{}")?;
    /// let verified = WebhookVerifier::new("whsec_abc")?.verify_legacy(&headers, b"{}", now)?;
    /// assert_eq!(verified.signed_at(), now);
    /// # Ok::<(), imagekit_proto::webhook::WebhookError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Any [`WebhookError`] except those of secrets, message ids and signing.
    pub fn verify_legacy<'a>(
        &self,
        headers: &'a HeaderMap,
        body: &'a [u8],
        now: UnixTime,
    ) -> Result<VerifiedWebhook<'a>, WebhookError> {
        let parts = single(headers, header::LEGACY)?;
        let part = |name| {
            parts
                .split(',')
                .map(|part| part.split('='))
                .find_map(|mut fields| (fields.next() == Some(name)).then(|| fields.next()))
                .flatten()
                .ok_or(WebhookError::MissingPart { part: name })
        };
        let timestamp = part("t")?;
        let milliseconds = decimal(timestamp, header::LEGACY)?;
        let signature = part("v1")?;
        self.check_size(body)?;

        let genuine = self.keys.iter().any(|key| {
            let expected = legacy_signature(key, timestamp, body);
            constant_time_eq(signature.as_bytes(), expected.as_bytes())
        });
        if !genuine {
            return Err(WebhookError::NoMatch);
        }
        let signed_at = Duration::from_millis(milliseconds);
        self.check_age(signed_at, now)?;
        Ok(VerifiedWebhook::new(None, signed_at, body))
    }

    fn check_size(&self, body: &[u8]) -> Result<(), WebhookError> {
        if body.len() > self.max_body {
            return Err(WebhookError::BodyTooLarge { len: body.len(), max: self.max_body });
        }
        Ok(())
    }

    fn check_age(&self, signed_at: Duration, now: UnixTime) -> Result<(), WebhookError> {
        let tolerance = self.tolerance;
        let now = Duration::from_secs(now.as_secs());
        let age = now.saturating_sub(signed_at);
        let ahead = signed_at.saturating_sub(now);
        if age > tolerance {
            return Err(WebhookError::TooOld { age, tolerance });
        }
        if ahead > tolerance {
            return Err(WebhookError::TooNew { ahead, tolerance });
        }
        Ok(())
    }
}

impl fmt::Debug for WebhookVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookVerifier")
            .field("secrets", &self.keys.len())
            .field("tolerance", &self.tolerance)
            .field("max_body", &self.max_body)
            .finish()
    }
}

/// The HMAC key of both schemes: the whole text of the secret.
pub(super) fn prepare(secret: &Secret) -> Result<Hmac<Sha256>, WebhookError> {
    let key = secret.expose().as_bytes();
    if key.is_empty() {
        return Err(WebhookError::EmptySecret);
    }
    Hmac::new_from_slice(key).map_err(|_| WebhookError::EmptySecret)
}

/// The signature of the current scheme, without its `v1,`.
pub(super) fn standard_signature(
    key: &Hmac<Sha256>,
    id: &str,
    timestamp: &str,
    body: &[u8],
) -> String {
    STANDARD.encode(standard_mac(key, id, timestamp, body))
}

fn standard_mac(key: &Hmac<Sha256>, id: &str, timestamp: &str, body: &[u8]) -> [u8; 32] {
    mac_of(key, &[id.as_bytes(), b".", timestamp.as_bytes(), b"."], body)
}

/// Whether `text` is the base64 form of `mac`; there is one such form. Decoding it is faster than
/// encoding `mac`, and needs no allocation.
fn is_base64_of(text: &str, mac: &[u8; 32]) -> bool {
    // The decoder needs space for the three bytes that the last four characters could hold.
    let mut decoded = [0; 33];
    let len = STANDARD.decode_slice(text, &mut decoded);
    len.is_ok_and(|len| decoded.get(..len).is_some_and(|bytes| constant_time_eq(bytes, mac)))
}

/// The signature of the older scheme, without its `v1=`.
pub(super) fn legacy_signature(key: &Hmac<Sha256>, timestamp: &str, body: &[u8]) -> String {
    hex::lower(&mac_of(key, &[timestamp.as_bytes(), b"."], body))
}

fn mac_of(key: &Hmac<Sha256>, head: &[&[u8]], body: &[u8]) -> [u8; 32] {
    let mut mac = key.clone();
    for part in head {
        mac.update(part);
    }
    mac.update(body);
    mac.finalize().into_bytes().into()
}
