//! URLs that may carry a signature or a password.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// A URL of a file at ImageKit, which may be signed, or of a place that files come from, which may
/// hold a password.
///
/// `Debug` prints the URL without the parts that may grant access: user name, password, query and
/// fragment. [`as_str`](Self::as_str) returns the whole URL; `Deref` and comparison with `str`
/// work on it.
///
/// ```
/// use imagekit_proto::AssetUrl;
///
/// let url = AssetUrl::from("https://ik.imagekit.io/demo/cat.jpg?ik-t=1700000000&ik-s=1a2b");
/// assert_eq!(format!("{url:?}"), r#""https://ik.imagekit.io/demo/cat.jpg?[secret]""#);
/// assert!(url.as_str().ends_with("ik-s=1a2b"));
/// assert!(url.starts_with("https://"));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AssetUrl(String);

impl AssetUrl {
    /// Returns the whole URL, its signature included.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AssetUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&redacted(&self.0), f)
    }
}

impl Deref for AssetUrl {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for AssetUrl {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<String> for AssetUrl {
    fn from(url: String) -> Self {
        Self(url)
    }
}

impl From<&str> for AssetUrl {
    fn from(url: &str) -> Self {
        Self(url.to_owned())
    }
}

impl From<AssetUrl> for String {
    fn from(url: AssetUrl) -> Self {
        url.0
    }
}

impl PartialEq<str> for AssetUrl {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for AssetUrl {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

const PLACEHOLDER: &str = "[secret]";

/// `url` without user information, query and fragment. An absolute URL may be part of the path
/// of another one (a web proxy's source), plain or percent-encoded.
fn redacted(url: &str) -> String {
    let lower = url.to_ascii_lowercase();
    let end = ["?", "#", "%3f", "%23"].iter().filter_map(|mark| lower.find(mark)).min();
    let path = url.get(..end.unwrap_or(url.len())).unwrap_or_default();

    let mut printed = String::with_capacity(path.len() + PLACEHOLDER.len() + 1);
    let mut after_slashes = false;
    for segment in path.split_inclusive(['/', '\\']) {
        let encoded = segment.contains("%40")
            || segment.contains('@') && segment.to_ascii_lowercase().contains("%2f");
        match segment.rsplit_once('@') {
            Some((_, host)) if after_slashes => {
                printed.push_str(PLACEHOLDER);
                printed.push('@');
                printed.push_str(host);
            }
            _ if encoded => {
                printed.push_str(PLACEHOLDER);
                printed.push_str(if segment.ends_with('/') { "/" } else { "" });
            }
            _ => printed.push_str(segment),
        }
        after_slashes = matches!(segment, "/" | "\\");
    }
    if end.is_some() {
        printed.push('?');
        printed.push_str(PLACEHOLDER);
    }
    printed
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://ik.imagekit.io/demo/a.jpg?ik-s=1a2b";

    #[test]
    fn every_conversion_keeps_the_url() {
        let url = AssetUrl::from(URL);
        assert_eq!(url, AssetUrl::from(URL.to_owned()));
        assert_eq!((url.as_str(), &*url, url.as_ref()), (URL, URL, URL));
        assert_eq!(url, URL);
        assert_eq!(url, *URL);
        assert_ne!(url, "https://ik.imagekit.io");
        assert_ne!(url, *"https://ik.imagekit.io");
        assert_eq!(serde_json::to_value(&url).unwrap(), URL);
        assert_eq!(serde_json::from_value::<AssetUrl>(URL.into()).unwrap(), url);
        assert_eq!(String::from(url), URL);
    }

    #[test]
    fn debug_leaves_out_what_may_grant_access() {
        for (url, printed) in [
            ("https://ik.imagekit.io/demo/a.jpg", "https://ik.imagekit.io/demo/a.jpg"),
            (URL, "https://ik.imagekit.io/demo/a.jpg?[secret]"),
            ("https://h/a#b", "https://h/a?[secret]"),
            ("https://u:p@h/a@2x.jpg", "https://[secret]@h/a@2x.jpg"),
            ("https://u:p@p@h", "https://[secret]@h"),
            ("https:\\\\u:p@h", "https:\\\\[secret]@h"),
            ("https://h/https://u:p@h/a?b", "https://h/https://[secret]@h/a?[secret]"),
            ("https://h/https%3A%2F%2Fu%3Ap%40h%2Fa%3Fsig", "https://h/[secret]?[secret]"),
            ("https://h/https%3A%2f%2fu:p@h", "https://h/[secret]"),
            ("https://h/x%40y/a.jpg", "https://h/[secret]/a.jpg"),
            ("https://h/a%3fb", "https://h/a?[secret]"),
            ("not a URL \n", "not a URL \n"),
            ("", ""),
        ] {
            let url = AssetUrl::from(url);
            assert_eq!(format!("{url:?}"), format!("{printed:?}"));
        }
    }
}
