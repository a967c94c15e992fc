//! Absolute URLs in the form in which every client sends them.
//!
//! A signature covers the URL's text, so what a client would rewrite (host in capitals, default
//! port, dot segments, spaces) is rewritten here, by the WHATWG URL standard. `http::Uri` cannot do
//! it: it refuses spaces and letters beyond ASCII, and drops the fragment. International host names
//! are refused rather than translated: that takes tables this crate does not carry.

use super::error::UrlProblem;
use crate::wire::encode::{self, Segment};
use std::fmt::Write as _;

/// The parts of an absolute `http` or `https` URL.
#[derive(Clone, Copy)]
pub(super) struct Absolute<'a> {
    scheme: &'static str,
    user_info: Option<&'a str>,
    host: &'a str,
    port: Option<u16>,
    path: &'a str,
    /// Without the `?`; `Some("")` if nothing follows the question mark.
    pub(super) query: Option<&'a str>,
    /// Without the `#`.
    pub(super) fragment: Option<&'a str>,
}

impl<'a> Absolute<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, UrlProblem> {
        let text = text.trim_matches(|c: char| c <= ' ');
        if text.is_empty() {
            return Err(UrlProblem::Empty);
        }
        let (scheme, rest) = text.split_once("://").ok_or(UrlProblem::NotHttp)?;
        let (scheme, default_port) = match scheme {
            scheme if scheme.eq_ignore_ascii_case("https") => ("https", 443),
            scheme if scheme.eq_ignore_ascii_case("http") => ("http", 80),
            _ => return Err(UrlProblem::NotHttp),
        };
        let (rest, fragment) = split(rest, '#');
        let (rest, query) = split(rest, '?');
        let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
        let (user_info, host_port) = match authority.rsplit_once('@') {
            Some((user_info, host_port)) => (Some(check_user_info(user_info)?), host_port),
            None => (None, authority),
        };
        let (host, port) = split_port(host_port)?;
        check_host(host)?;
        let port = port.filter(|port| *port != default_port);
        Ok(Self { scheme, user_info, host, port, path, query, fragment })
    }

    /// Writes scheme, authority and path; the path begins with a slash. With `single_slashes`,
    /// repeated slashes become one.
    pub(super) fn write_to_path(&self, out: &mut String, single_slashes: bool) {
        out.push_str(self.scheme);
        out.push_str("://");
        if let Some(user_info) = self.user_info {
            out.push_str(user_info);
            out.push('@');
        }
        out.extend(self.host.chars().map(|c| c.to_ascii_lowercase()));
        if let Some(port) = self.port {
            out.push(':');
            // Writing to a `String` cannot fail.
            _ = write!(out, "{port}");
        }
        out.push('/');
        let path = self.path.strip_prefix('/').unwrap_or(self.path);
        push_path(out, path, if single_slashes { Slashes::Single } else { Slashes::Kept });
    }
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn split_port(host_port: &str) -> Result<(&str, Option<u16>), UrlProblem> {
    let bracket = host_port.rfind(']').unwrap_or(0);
    let Some(colon) = host_port.rfind(':').filter(|colon| *colon >= bracket) else {
        return Ok((host_port, None));
    };
    let (host, port) = host_port.split_at(colon);
    let port = port.trim_start_matches(':');
    if port.is_empty() {
        return Ok((host, None));
    }
    if !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(UrlProblem::Port);
    }
    port.parse().map(|port| (host, Some(port))).map_err(|_| UrlProblem::Port)
}

fn check_host(host: &str) -> Result<(), UrlProblem> {
    if host.is_empty() {
        return Err(UrlProblem::NoHost);
    }
    let bracketed = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let good = match bracketed {
        Some(address) => address.parse::<core::net::Ipv6Addr>().is_ok(),
        None => host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)),
    };
    if good { Ok(()) } else { Err(UrlProblem::Host) }
}

fn check_user_info(user_info: &str) -> Result<&str, UrlProblem> {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:%".contains(&byte);
    if user_info.bytes().all(good) { Ok(user_info) } else { Err(UrlProblem::UserInfo) }
}

/// How repeated slashes are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slashes {
    Kept,
    Single,
}

/// Appends a path to `out`, which ends in a slash: encodes it, resolves its dot segments and
/// returns whether they stay below that slash. Those that do not are ignored.
pub(super) fn push_path(out: &mut String, path: &str, slashes: Slashes) -> bool {
    if is_clean(path) {
        out.push_str(path);
        return true;
    }
    let floor = out.len();
    let mut stayed = true;
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let more = segments.peek().is_some();
        match encode::segment(segment) {
            Segment::Current => {}
            Segment::Parent => stayed &= pop(out, floor),
            Segment::Name if segment.is_empty() && slashes == Slashes::Single => {}
            Segment::Name => {
                encode::push(out, segment, encode::PATH);
                if more {
                    out.push('/');
                }
            }
        }
    }
    stayed
}

/// Returns whether a path surely needs no change: nothing to encode, no repeated slashes, and no
/// segment that starts like a dot segment.
fn is_clean(path: &str) -> bool {
    let mut before = b'/';
    for byte in path.bytes() {
        let suspect = before == b'/' && matches!(byte, b'/' | b'.' | b'%');
        if suspect || encode::must_escape(byte, encode::PATH) {
            return false;
        }
        before = byte;
    }
    true
}

/// Removes the last segment and its slash; returns false if there is none after `floor`.
fn pop(out: &mut String, floor: usize) -> bool {
    let written = out.get(floor..).unwrap_or_default();
    let Some(without_slash) = written.strip_suffix('/') else { return false };
    let keep = without_slash.rfind('/').map_or(0, |slash| slash + 1);
    out.truncate(floor + keep);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> Result<String, UrlProblem> {
        let mut out = String::new();
        Absolute::parse(text)?.write_to_path(&mut out, false);
        Ok(out)
    }

    #[test]
    fn write_to_path_normalises_as_clients_do() {
        for (text, expected) in [
            ("https://EXAMPLE.com", "https://example.com/"),
            ("HTTPS://example.com:443/A", "https://example.com/A"),
            ("http://example.com:443/", "http://example.com:443/"),
            ("https://example.com:/a/../b//./c", "https://example.com/b//c"),
            ("https://example.com/../../a", "https://example.com/a"),
            ("https://u:p@example.com/ü x", "https://u:p@example.com/%C3%BC%20x"),
            ("https://[::1]:8080/a", "https://[::1]:8080/a"),
            ("https://example.com/a/%2e%2E/b/..", "https://example.com/"),
            ("https://example.com//..//a", "https://example.com//a"),
            (" https://example.com/a ", "https://example.com/a"),
        ] {
            assert_eq!(canonical(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn parse_refuses_what_is_not_an_absolute_url() {
        for (text, problem) in [
            ("", UrlProblem::Empty),
            ("  ", UrlProblem::Empty),
            ("ik.imagekit.io/demo", UrlProblem::NotHttp),
            ("/relative", UrlProblem::NotHttp),
            ("ftp://example.com", UrlProblem::NotHttp),
            ("https://", UrlProblem::NoHost),
            ("https:///a", UrlProblem::NoHost),
            ("https://exa mple.com/", UrlProblem::Host),
            ("https://bücher.example/", UrlProblem::Host),
            ("https://[::g]/", UrlProblem::Host),
            ("https://example.com\n.evil/", UrlProblem::Host),
            ("https://example.com:99999/", UrlProblem::Port),
            ("https://example.com:8a/", UrlProblem::Port),
            ("https://u r:p@example.com/", UrlProblem::UserInfo),
        ] {
            assert_eq!(canonical(text), Err(problem), "{text}");
        }
    }
}
