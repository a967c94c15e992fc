//! URLs as `Debug` prints them: without passwords, signatures and secrets in queries.

use std::fmt;

const HIDDEN: &str = "[secret]";

/// A text with URLs in it, printed without user information and without the values of `ik-s`.
pub(super) struct Redacted<'a>(pub(super) &'a str);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::with_capacity(self.0.len());
        for (index, part) in self.0.split("://").enumerate() {
            if index == 0 {
                out.push_str(part);
                continue;
            }
            out.push_str("://");
            let authority = part.split(['/', '?', '#', ' ']).next().unwrap_or_default();
            let host = authority.rfind('@').unwrap_or_default();
            if host > 0 {
                out.push_str(HIDDEN);
            }
            out.push_str(part.get(host..).unwrap_or_default());
        }
        let mut parts = out.split("ik-s=");
        let mut shown = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let rest = part.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
            shown = shown + "ik-s=" + HIDDEN + rest;
        }
        fmt::Debug::fmt(&shown, f)
    }
}

/// The source of a URL, printed without user information and query: the query of a presigned URL
/// is as good as a password.
pub(super) struct RedactedSource<'a>(pub(super) &'a str);

impl fmt::Debug for RedactedSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_once('?') {
            Some((url, _)) => Redacted(&format!("{url}?{HIDDEN}")).fmt(f),
            None => Redacted(self.0).fmt(f),
        }
    }
}
