//! The single-use token of a client-side upload.

use std::fmt;

use super::UploadAuthError;
use crate::hex;

/// A token that ImageKit accepts once, also when that upload fails (the OpenAPI file).
///
/// ```
/// use imagekit_proto::upload_auth::UploadToken;
///
/// assert_eq!(UploadToken::new("order-4711")?.as_str(), "order-4711");
/// assert!(UploadToken::new("").is_err());
/// # Ok::<(), imagekit_proto::upload_auth::UploadAuthError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UploadToken(String);

impl UploadToken {
    /// A token of the caller's own: a text that was never used before.
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

    /// A random token: a version 4 UUID from 16 bytes of the system's random source.
    ///
    /// Bytes used before make a token used before, which ImageKit refuses.
    pub fn from_entropy(entropy: [u8; 16]) -> Self {
        let mut bytes = entropy;
        // RFC 9562: version 4 in the high half of byte 6, variant 10 on top of byte 8.
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let mut text = String::with_capacity(36);
        for (place, byte) in bytes.into_iter().enumerate() {
            if matches!(place, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            hex::push(&mut text, byte);
        }
        Self(text)
    }

    /// The token as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for UploadToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
