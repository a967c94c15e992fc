//! Telling ImageKit's messages from everybody else's.

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use http::HeaderMap;
use sha2::Sha256;

use super::header::{self, decimal, single};
use super::{Event, EventError, ExtensionCallback, SignatureError};
use crate::secret::constant_time_eq;
use crate::{Secret, hex};

/// Verifies webhook messages with one secret, or with several while one is being replaced.
///
/// Make one and keep it: the keys are prepared once. Verifying reads the body once per secret
/// and copies nothing.
#[derive(Clone)]
pub struct Verifier {
    keys: Vec<Hmac<Sha256>>,
    tolerance: Duration,
    max_body: usize,
}

impl Verifier {
    /// How old a message may be, and how far in the future: five minutes, as the official
    /// clients have it.
    pub const DEFAULT_TOLERANCE: Duration = Duration::from_secs(300);

    /// How large a body may be: 4 MiB. An event holds one file's details, a few KiB; the rest
    /// is room for embedded metadata.
    pub const DEFAULT_MAX_BODY: usize = 4 << 20;

    /// A verifier for the webhook's secret, the whole text from the dashboard.
    ///
    /// # Errors
    ///
    /// [`SignatureError::EmptySecret`].
    pub fn new(secret: impl Into<Secret>) -> Result<Self, SignatureError> {
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
    /// use std::time::Duration;
    /// use imagekit_proto::webhook::{Signer, Verifier};
    ///
    /// let verifier = Verifier::new("whsec_new")?.or_secret("whsec_old")?;
    /// let now = Duration::from_secs(1_700_000_000);
    /// let headers = Signer::new("whsec_old")?.sign("msg_1", now, b"{}")?;
    /// assert!(verifier.verify(&headers, b"{}", now).is_ok());
    /// # Ok::<(), imagekit_proto::webhook::SignatureError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SignatureError::EmptySecret`].
    pub fn or_secret(mut self, secret: impl Into<Secret>) -> Result<Self, SignatureError> {
        self.keys.push(prepare(&secret.into())?);
        Ok(self)
    }

    /// Sets how old a message may be, and how far in the future.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Sets how many bytes a body may have. A larger one is refused before it is read, so
    /// that a stranger cannot make the server hash megabytes. Limit what the server reads
    /// into memory too.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Verifies a message in the current scheme, Standard Webhooks.
    ///
    /// `body` is the bytes as received; `now` the wall clock, as
    /// `SystemTime::now().duration_since(UNIX_EPOCH)` gives it. The signature is checked before
    /// the age, so that [`SignatureError::TooOld`] always speaks of a genuine message.
    ///
    /// # Errors
    ///
    /// Any [`SignatureError`] but those of signing.
    pub fn verify<'a>(
        &self,
        headers: &'a HeaderMap,
        body: &'a [u8],
        now: Duration,
    ) -> Result<Verified<'a>, SignatureError> {
        let id = single(headers, header::ID)?;
        let timestamp = single(headers, header::TIMESTAMP)?;
        let seconds = decimal(timestamp, header::TIMESTAMP)?;
        let signatures = single(headers, header::SIGNATURE)?;
        self.check_size(body)?;

        let genuine = self.keys.iter().any(|key| {
            let expected = standard_signature(key, id, timestamp, body);
            signatures
                .split(' ')
                .filter_map(|signature| signature.strip_prefix("v1,"))
                .any(|signature| constant_time_eq(signature.as_bytes(), expected.as_bytes()))
        });
        if !genuine {
            return Err(SignatureError::NoMatch);
        }
        let signed_at = Duration::from_secs(seconds);
        // The sender's clock has whole seconds, so ours is read in whole seconds too.
        self.check_age(signed_at, Duration::from_secs(now.as_secs()))?;
        Ok(Verified { message_id: Some(id), signed_at, body })
    }

    /// Verifies a message in the older scheme, `x-ik-signature`.
    ///
    /// The header is read as the official client of that time reads it: parts in any order,
    /// further ones ignored, of a repeated part the first, of a value what stands before a
    /// second `=`. That client leaves the age to its user; here the tolerance holds in both
    /// schemes. `body` and `now` are as in [`Verifier::verify`].
    ///
    /// ```
    /// use std::time::Duration;
    /// use imagekit_proto::webhook::{Signer, Verifier};
    ///
    /// let now = Duration::from_millis(1_700_000_000_264);
    /// let headers = Signer::new("whsec_abc")?.sign_legacy(now, b"{}")?;
    /// let verified = Verifier::new("whsec_abc")?.verify_legacy(&headers, b"{}", now)?;
    /// assert_eq!(verified.signed_at(), now);
    /// # Ok::<(), imagekit_proto::webhook::SignatureError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Any [`SignatureError`] but those of signing.
    pub fn verify_legacy<'a>(
        &self,
        headers: &'a HeaderMap,
        body: &'a [u8],
        now: Duration,
    ) -> Result<Verified<'a>, SignatureError> {
        let parts = single(headers, header::LEGACY)?;
        let part = |name| {
            parts
                .split(',')
                .map(|part| part.split('='))
                .find_map(|mut fields| (fields.next() == Some(name)).then(|| fields.next()))
                .flatten()
                .ok_or(SignatureError::MissingPart { part: name })
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
            return Err(SignatureError::NoMatch);
        }
        let signed_at = Duration::from_millis(milliseconds);
        self.check_age(signed_at, now)?;
        Ok(Verified { message_id: None, signed_at, body })
    }

    fn check_size(&self, body: &[u8]) -> Result<(), SignatureError> {
        if body.len() > self.max_body {
            return Err(SignatureError::BodyTooLarge { len: body.len(), max: self.max_body });
        }
        Ok(())
    }

    fn check_age(&self, signed_at: Duration, now: Duration) -> Result<(), SignatureError> {
        let tolerance = self.tolerance;
        let age = now.saturating_sub(signed_at);
        let ahead = signed_at.saturating_sub(now);
        if age > tolerance {
            return Err(SignatureError::TooOld { age, tolerance });
        }
        if ahead > tolerance {
            return Err(SignatureError::TooNew { ahead, tolerance });
        }
        Ok(())
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("secrets", &self.keys.len())
            .field("tolerance", &self.tolerance)
            .field("max_body", &self.max_body)
            .finish()
    }
}

/// A message that ImageKit signed: only a [`Verifier`] makes one.
#[derive(Clone, Copy)]
pub struct Verified<'a> {
    message_id: Option<&'a str>,
    signed_at: Duration,
    body: &'a [u8],
}

impl<'a> Verified<'a> {
    /// The message's own id, the same in every delivery of it; the older scheme has none.
    pub fn message_id(&self) -> Option<&'a str> {
        self.message_id
    }

    /// When this delivery was signed, since 1970.
    pub fn signed_at(&self) -> Duration {
        self.signed_at
    }

    /// The body as received.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// The event that the body holds; of a type unknown to this version of the crate,
    /// [`Event::Unknown`].
    ///
    /// # Errors
    ///
    /// When the body is no event, or not as documented: see [`EventError`].
    pub fn event(&self) -> Result<Event, EventError> {
        Event::parse_unverified(self.body)
    }

    /// The body as an extension callback, which has a shape of its own.
    ///
    /// # Errors
    ///
    /// When the body has another shape: see [`EventError`].
    pub fn callback(&self) -> Result<ExtensionCallback, EventError> {
        ExtensionCallback::parse_unverified(self.body)
    }
}

impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("message_id", &self.message_id)
            .field("signed_at", &self.signed_at)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// The key of both schemes: the whole text of the secret.
pub(super) fn prepare(secret: &Secret) -> Result<Hmac<Sha256>, SignatureError> {
    let key = secret.expose().as_bytes();
    if key.is_empty() {
        return Err(SignatureError::EmptySecret);
    }
    Hmac::new_from_slice(key).map_err(|_| SignatureError::EmptySecret)
}

/// The signature of the current scheme, without its `v1,`.
pub(super) fn standard_signature(
    key: &Hmac<Sha256>,
    id: &str,
    timestamp: &str,
    body: &[u8],
) -> String {
    let head = [id.as_bytes(), b".", timestamp.as_bytes(), b"."];
    STANDARD.encode(mac_of(key, &head, body))
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
