//! The single-use token of a client-side upload.

use std::fmt;

use super::UploadAuthError;
use crate::{Secret, hex};

/// A token that ImageKit accepts once, also when that upload fails (the OpenAPI file). Version 1
/// signs it together with `expire`. `Debug` does not print it.
///
/// ```
/// use imagekit_proto::upload_auth::SignatureToken;
///
/// let random = SignatureToken::from_entropy([7; 16]); // bytes from the system's random source
/// assert_eq!(random.as_str(), "07070707-0707-4707-8707-07070707070b");
/// assert_eq!(SignatureToken::new("order-4711-a")?.as_str(), "order-4711-a");
/// assert!(SignatureToken::new("").is_err());
/// # Ok::<(), imagekit_proto::upload_auth::UploadAuthError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
#[doc(alias = "nonce")]
pub struct SignatureToken(String);

impl SignatureToken {
    /// Wraps a token of your own: a text that was never used before.
    ///
    /// A token may end in a digit, although ImageKit signs token and `expire` as one text: the
    /// `expire` of [`UploadSigner::sign`](super::UploadSigner::sign) always has ten digits, so
    /// an attacker who moves a digit from one to the other gets an `expire` of nine or eleven digits,
    /// in the past or centuries ahead, and ImageKit refuses both.
    ///
    /// # Errors
    ///
    /// [`UploadAuthError::EmptyToken`] and [`UploadAuthError::ControlCharacterInToken`].
    pub fn new(text: impl Into<String>) -> Result<Self, UploadAuthError> {
        let text = text.into();
        if text.is_empty() {
            return Err(UploadAuthError::EmptyToken);
        }
        match text.char_indices().find(|(_, c)| c.is_control()) {
            Some((position, _)) => Err(UploadAuthError::ControlCharacterInToken { position }),
            None => Ok(Self(text)),
        }
    }

    /// Creates a random token: a version 4 UUID from 16 bytes of the system's random source,
    /// whose last digit is a letter (`a` to `f`).
    ///
    /// Bytes used before make a token used before, which ImageKit refuses.
    #[doc(alias = "uuid")]
    pub fn from_entropy(entropy: [u8; 16]) -> Self {
        let mut bytes = entropy;
        // RFC 9562: version 4 in the high half of byte 6, variant 10 in the top bits of byte 8.
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        // Without a decimal digit at the end, no digit can move between token and `expire`.
        let last = bytes[15] & 0x0f;
        if last < 10 {
            bytes[15] = bytes[15] & 0xf0 | (10 + last % 6);
        }
        let mut text = String::with_capacity(36);
        for (place, byte) in bytes.into_iter().enumerate() {
            if matches!(place, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            hex::push(&mut text, byte);
        }
        Self(text)
    }

    /// Returns the token as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Debug for SignatureToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SignatureToken").field(&Secret::default()).finish()
    }
}
