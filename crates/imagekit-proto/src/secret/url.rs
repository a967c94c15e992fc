//! URLs that are credentials.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Secret, exposed};

/// A URL that grants access to everyone who knows it: a `webhookUrl` with an unguessable part, a
/// presigned URL of a source file, a URL with a password.
///
/// `Debug` prints `[secret]`, there is no `Display`, and the text is overwritten with zeros when
/// the URL is dropped, as with [`Secret`]. Its JSON form is the text.
///
/// ```
/// use imagekit_proto::SecretUrl;
///
/// let url = SecretUrl::new("https://example.com/hooks/7f3a9c");
/// assert_eq!(format!("{url:?}"), "[secret]");
/// assert_eq!(url.expose(), "https://example.com/hooks/7f3a9c");
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[doc(alias = "presigned")]
#[doc(alias = "webhookUrl")]
pub struct SecretUrl(#[serde(with = "exposed")] Secret);

impl SecretUrl {
    /// Wraps `url`, which is not parsed.
    pub fn new(url: impl Into<String>) -> Self {
        Self(Secret::new(url))
    }

    /// Returns the URL itself: for requests, not for logs.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<String> for SecretUrl {
    fn from(url: String) -> Self {
        Self::new(url)
    }
}

impl From<&str> for SecretUrl {
    fn from(url: &str) -> Self {
        Self::new(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://u:p@example.com/7f3a9c?x=1";

    #[test]
    fn every_conversion_keeps_the_url() {
        for url in [SecretUrl::new(URL), SecretUrl::from(URL), SecretUrl::from(URL.to_owned())] {
            assert_eq!(url.expose(), URL);
            let json = serde_json::to_value(&url).unwrap();
            assert_eq!(json, URL);
            assert_eq!(serde_json::from_value::<SecretUrl>(json).unwrap(), url);
        }
        assert_ne!(SecretUrl::new(URL), SecretUrl::new("https://example.com"));
    }

    #[test]
    fn debug_prints_a_placeholder() {
        assert_eq!(format!("{:?}", SecretUrl::new(URL)), "[secret]");
        assert_eq!(format!("{:?}", Some(SecretUrl::new(URL))), "Some([secret])");
    }

    #[test]
    fn errors_do_not_quote_the_value() {
        let error = serde_json::from_str::<SecretUrl>("31337").unwrap_err();
        assert!(!error.to_string().contains("31337"), "{error}");
    }
}
