//! Base URLs: parsed once, and strictly.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::fmt;

use http::uri::{Authority, Scheme};

use super::ConfigError;

/// Scheme, host and path prefix of a server.
///
/// The grammar is narrower than that of RFC 3986: what two parsers could read differently is
/// refused, because the private key is sent to this host.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Without a slash at the end.
    prefix: String,
    is_loopback: bool,
}

impl BaseUrl {
    /// The server of ImageKit at `host`, over https.
    pub(super) fn service(host: &'static str) -> Self {
        // `from_static` panics on a malformed host: `Config::without_key` passes constants, and a
        // test compares them with what `parse` returns.
        Self {
            scheme: Scheme::HTTPS,
            authority: Authority::from_static(host),
            prefix: String::new(),
            is_loopback: false,
        }
    }

    pub(super) fn parse(url: &str) -> Result<Self, ConfigError> {
        let refuse = |reason| ConfigError::InvalidUrl { reason };
        if !url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
            return Err(refuse(
                "it has a character that no URL has; write an international host in its ASCII \
                 form, and percent-encode other characters",
            ));
        }
        let (scheme, rest) =
            url.split_once("://").ok_or(refuse("it is not absolute; write it as https://host"))?;
        if url.contains('?') {
            return Err(refuse("it has a query; remove it"));
        }
        if url.contains('#') {
            return Err(refuse("it has a fragment; remove it"));
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(refuse("it has a user name; pass the key to Config::new instead"));
        }
        let is_loopback = check_authority(authority).map_err(refuse)?;
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "https" => Scheme::HTTPS,
            "http" if is_loopback => Scheme::HTTP,
            "http" => {
                return Err(refuse("http would send the key unencrypted; use https"));
            }
            _ => return Err(refuse("its scheme is not https; write it as https://host")),
        };
        let prefix = path.trim_end_matches('/');
        prefix.split('/').skip(1).try_for_each(check_segment).map_err(refuse)?;
        let authority =
            authority.parse().map_err(|_| refuse("its host is malformed; check its spelling"))?;
        Ok(Self { scheme, authority, prefix: prefix.to_owned(), is_loopback })
    }

    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(crate) fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }

    pub(super) fn is_loopback(&self) -> bool {
        self.is_loopback
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.prefix)
    }
}

/// Whether the host is a loopback one; an error when `authority` is not `host` or `host:port`.
fn check_authority(authority: &str) -> Result<bool, &'static str> {
    let (is_loopback, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, port) =
                rest.split_once(']').ok_or("its IPv6 address lacks the closing bracket; add it")?;
            let address: Ipv6Addr = address.parse().map_err(|_| {
                "the address in brackets is not IPv6; check it, and remove a zone such as %25eth0"
            })?;
            (address.is_loopback(), port)
        }
        None => {
            let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
            (check_host(host)?, port)
        }
    };
    if !port.is_empty() {
        check_port(port)?;
    }
    Ok(is_loopback)
}

/// Whether `host`, a name or an IPv4 address, is a loopback one.
fn check_host(host: &str) -> Result<bool, &'static str> {
    if host.is_empty() {
        return Err("it has no host; write it as https://host");
    }
    let is_name = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    if !host.split('.').all(is_name) {
        return Err(
            "its host may hold letters, digits, hyphens and underscores, with single dots \
             between them; check its spelling",
        );
    }
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return Ok(address.is_loopback());
    }
    // Some resolvers read 127.1, 0x7f.1 and 2130706433 as addresses, and others as names.
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_decimal = last.bytes().all(|byte| byte.is_ascii_digit());
    if is_decimal || last.starts_with("0x") || last.starts_with("0X") {
        return Err("its host is not an IPv4 address of four decimal numbers; write it that way");
    }
    Ok(host.eq_ignore_ascii_case("localhost"))
}

/// Refuses anything but a colon and a number from 1 to 65535.
fn check_port(port: &str) -> Result<(), &'static str> {
    let digits = port.strip_prefix(':').unwrap_or_default();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse::<u16>() {
        Ok(1..) if is_number => Ok(()),
        _ => Err("its port is not a number from 1 to 65535; correct or remove it"),
    }
}

/// Refuses path segments that a server or proxy may resolve to another path.
fn check_segment(segment: &str) -> Result<(), &'static str> {
    if segment.is_empty() {
        return Err("its path has two slashes in a row; remove one");
    }
    let mut decoded = String::with_capacity(segment.len());
    let mut parts = segment.split('%');
    decoded.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.get(..2).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte.ok_or("its path has a % without two hexadecimal digits; write %25")? {
            b'/' | b'\\' | 0..0x20 | 0x7f => {
                return Err(
                    "its path has a percent-encoded slash, backslash or control character; \
                     remove it",
                );
            }
            byte => decoded.push(char::from(byte)),
        }
        decoded.push_str(part.get(2..).unwrap_or_default());
    }
    // Some servers drop what follows a semicolon before they resolve dots.
    if matches!(decoded.split(';').next(), Some("." | ".." | "")) {
        return Err("its path has dot segments; write the path they lead to");
    }
    if segment.contains(['"', '<', '>', '[', ']', '^', '`', '{', '|', '}']) {
        return Err("its path has a character that no URL has; percent-encode it");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
