//! Text that is never printed.

mod asset_url;
pub(crate) mod exposed;
mod hidden;
mod object;
mod url;

use std::fmt;
use std::hint::black_box;

#[cfg(feature = "sign")]
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

pub use asset_url::AssetUrl;
pub(crate) use hidden::{HiddenBytes, HiddenValues};
pub use object::SecretObject;
pub use url::SecretUrl;

/// A secret: a private key, a webhook secret, a credential inside an origin.
///
/// `Debug` prints `[secret]`, and there is no `Display`: [`Secret::expose`] is the only way to
/// the text.
///
/// # What is wiped
///
/// A `Secret` overwrites its text with zeros when it is dropped, and so does every clone. A
/// `String` passed in is moved, not copied; wiping what a `&str` was borrowed from is up to its
/// owner. This crate also wipes its own intermediate copies, such as the text of the basic
/// authentication.
///
/// Not wiped are copies that other code makes: the `authorization` header value inside
/// [`Config`](crate::Config) and requests (the `http` crate's buffers), request and response
/// bodies, the buffers of the transport and of TLS, and the prepared HMAC states of signers and
/// verifiers (these sign, but do not contain the key).
///
/// # Comparison
///
/// `==` reads every byte of two secrets of the same length before it decides; only the length
/// can be inferred from the time it takes. Signatures and tokens that arrive from outside are
/// compared by [`webhook::WebhookVerifier`](crate::webhook) and its like, not with `==`.
///
/// ```
/// use imagekit_proto::Secret;
///
/// let secret = Secret::new("private_abc");
/// assert_eq!(format!("{secret:?}"), "[secret]");
/// assert_eq!(secret.expose(), "private_abc");
/// assert_ne!(secret, Secret::new("private_abd"));
/// ```
#[derive(Clone, Default)]
#[doc(alias = "password")]
#[doc(alias = "private_key")]
#[doc(alias = "zeroize")]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Returns the text itself: for signing and for the wire, not for logs.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// Without an early exit: see [`Secret`](Secret#comparison).
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (self.expose().as_bytes(), other.expose().as_bytes());
        // `black_box` keeps the compiler from leaving the loop at the first difference.
        a.len() == b.len() && a.iter().zip(b).fold(0, |diff, (a, b)| black_box(diff | (a ^ b))) == 0
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// Compares a value from outside with the expected one; only the lengths can be inferred from the
/// time it takes.
#[cfg(feature = "sign")]
pub(crate) fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIRS: [(&str, &str, bool); 8] = [
        ("", "", true),
        ("abc", "abc", true),
        ("abc", "abd", false),
        ("abc", "bbc", false),
        ("abc", "aBc", false),
        ("abc", "ab", false),
        ("", "a", false),
        // Differences that cancel each other out under XOR.
        ("ab", "ba", false),
    ];

    #[test]
    fn secrets_are_equal_when_every_byte_is() {
        for (a, b, equal) in PAIRS {
            assert_eq!(Secret::new(a) == Secret::new(b), equal, "{a} {b}");
            assert_eq!(Secret::new(b) == Secret::new(a), equal, "{b} {a}");
        }
    }

    #[cfg(feature = "sign")]
    #[test]
    fn constant_time_comparison_agrees_with_plain_comparison() {
        for (a, b, equal) in PAIRS {
            assert_eq!(constant_time_eq(a.as_bytes(), b.as_bytes()), equal, "{a} {b}");
        }
    }

    #[test]
    fn every_conversion_keeps_the_text() {
        assert_eq!(Secret::from("abc").expose(), "abc");
        assert_eq!(Secret::from("abc".to_owned()).expose(), "abc");
        assert_eq!(Secret::new("abc").clone().expose(), "abc");
        assert_eq!(Secret::default().expose(), "");
    }

    #[test]
    fn debug_prints_a_placeholder() {
        assert_eq!(
            format!("{:?} {:#?}", Secret::new("abc"), Secret::new("abc")),
            "[secret] [secret]"
        );
    }
}
