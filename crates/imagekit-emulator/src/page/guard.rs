//! Who may send the requests of the page.
//!
//! Other websites may not: a browser states the origin of a request, and a name that an attacker
//! points at this machine (DNS rebinding) shows in `Host`. An emulator with a private key of its own
//! wants that key once more, from everybody.

use std::net::IpAddr;

use http::header::{HOST, ORIGIN};
use http::request::Parts;
use http::{HeaderMap, HeaderName};

use super::session;
use crate::emulator::Emulator;

/// The decision about a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Access {
    Allowed,
    /// The private key has to be entered.
    NeedsLogin,
    /// 403, with this message.
    Refused(&'static str),
}

pub(super) fn check(emulator: &Emulator, parts: &Parts) -> Access {
    let state = emulator.state();
    let key = state.keys.private();
    let own_key = state.keys.is_own();
    let host = text(&parts.headers, &HOST).unwrap_or_default();
    if !is_same_origin(&parts.headers, host) {
        return Access::Refused("Only the emulator's own page may send this request.");
    }
    if own_key {
        let now = state.clock.now();
        let open = session::is_open(key, &parts.headers, now);
        return if open { Access::Allowed } else { Access::NeedsLogin };
    }
    if is_loopback(host) {
        return Access::Allowed;
    }
    Access::Refused(
        "Open the page at localhost or 127.0.0.1; for other names start the emulator with a \
         private key of your own.",
    )
}

/// Whether the request comes from the page itself, or from no page at all.
fn is_same_origin(headers: &HeaderMap, host: &str) -> bool {
    let by_origin = match text(headers, &ORIGIN) {
        Some(origin) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        None => !headers.contains_key(ORIGIN),
    };
    let site = text(headers, &HeaderName::from_static("sec-fetch-site"));
    by_origin && site.is_none_or(|site| matches!(site, "same-origin" | "none"))
}

/// Whether the value of a `Host` header names this machine.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn access(emulator: &Emulator, headers: &[(&str, &str)]) -> Access {
        let mut request = Request::get("/_emulator/state");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        check(emulator, &request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn other_websites_and_names_are_refused() {
        let emulator = Emulator::new();
        for host in ["localhost:9", "LOCALHOST", "127.0.0.1:9", "127.8.8.8", "[::1]:9", "[::1]"] {
            assert_eq!(access(&emulator, &[("host", host)]), Access::Allowed, "{host}");
        }
        for host in ["", "evil.example:9", "127.0.0.1.evil.example", "localhost.evil", "10.0.0.1"] {
            let access = access(&emulator, &[("host", host)]);
            assert!(matches!(access, Access::Refused(_)), "{host}");
        }
        let here = ("host", "localhost:9");
        for (name, value, allowed) in [
            ("origin", "http://localhost:9", true),
            ("origin", "http://localhost:8", false),
            ("origin", "http://evil.example", false),
            ("origin", "null", false),
            ("origin", "é", false),
            ("sec-fetch-site", "same-origin", true),
            ("sec-fetch-site", "none", true),
            ("sec-fetch-site", "same-site", false),
            ("sec-fetch-site", "cross-site", false),
        ] {
            let access = access(&emulator, &[here, (name, value)]);
            assert_eq!(access == Access::Allowed, allowed, "{name}: {value}");
        }
    }

    #[test]
    fn a_key_of_the_users_has_to_be_entered() {
        let emulator = Emulator::with_keys("private_own", "public_own");
        let host = ("host", "emulator:8787");
        assert_eq!(access(&emulator, &[host]), Access::NeedsLogin);
        assert_eq!(access(&emulator, &[("host", "localhost:8787")]), Access::NeedsLogin);
        let foreign = access(&emulator, &[host, ("origin", "http://evil.example")]);
        assert!(matches!(foreign, Access::Refused(_)));
    }
}
