use super::*;

fn reason(url: &str) -> &'static str {
    match BaseUrl::parse(url) {
        Err(ConfigError::InvalidUrl { reason }) => reason,
        other => panic!("{url}: {other:?}"),
    }
}

#[test]
fn absolute_https_urls_are_accepted() {
    for (url, printed) in [
        ("https://api.imagekit.io", "https://api.imagekit.io"),
        ("HTTPS://API.example.com/", "https://API.example.com"),
        (
            "https://proxy.example.com:8443/a/b.c/%20;x=1//",
            "https://proxy.example.com:8443/a/b.c/%20;x=1",
        ),
        ("https://my_host-1:65535", "https://my_host-1:65535"),
        ("https://xn--bcher-kva.example/...", "https://xn--bcher-kva.example/..."),
        ("https://3scale.1a", "https://3scale.1a"),
        ("https://10.0.0.1/a@b:c", "https://10.0.0.1/a@b:c"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
        ("https://localhost.example.com", "https://localhost.example.com"),
    ] {
        let base = BaseUrl::parse(url).unwrap();
        assert_eq!(format!("{base:?}"), printed);
        assert!(!base.is_loopback(), "{url}");
    }
}

#[test]
fn http_is_for_loopback_only() {
    for url in [
        "http://127.0.0.1:8080",
        "http://127.9.9.9",
        "HTTP://LocalHost:1/prefix",
        "http://[::1]:80",
        "http://[0:0:0:0:0:0:0:1]",
        "https://localhost",
    ] {
        let base = BaseUrl::parse(url).unwrap();
        assert!(base.is_loopback(), "{url}");
    }
    for url in [
        "http://example.com",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://[::ffff:127.0.0.1]",
        "http://10.0.0.1",
        "http://0.0.0.0",
    ] {
        assert_eq!(reason(url), "http would send the key unencrypted; use https", "{url}");
    }
}

/// Hosts that one parser takes for another host than the next parser does.
#[test]
fn ambiguous_hosts_are_refused() {
    for (url, part) in [
        ("", "not absolute"),
        ("/v1", "not absolute"),
        ("api.imagekit.io", "not absolute"),
        ("https:/example.com", "not absolute"),
        ("https:example.com", "not absolute"),
        ("//example.com", "not absolute"),
        ("ftp://example.com", "scheme is not https"),
        ("://example.com", "scheme is not https"),
        ("https ://example.com", "character"),
        (" https://example.com", "character"),
        ("https://example.com\t", "character"),
        ("https://exa\nmple.com", "character"),
        ("https://host\\@evil.com", "character"),
        ("https:\\\\evil.com", "character"),
        ("https://b\u{fc}cher.example", "character"),
        ("https://example.com\u{200b}", "character"),
        ("\u{feff}https://example.com", "character"),
        ("https://user@example.com", "user name"),
        ("https://user:password@example.com", "user name"),
        ("https://@example.com", "user name"),
        ("http://localhost@evil.com", "user name"),
        ("https://", "no host"),
        ("https:///path", "no host"),
        ("https://:80", "no host"),
        ("http://[::1]evil.com", "port"),
        ("http://[::1]:80.evil.com", "port"),
        ("http://[::1", "bracket"),
        ("http://[]", "not IPv6"),
        ("http://[127.0.0.1]", "not IPv6"),
        ("http://[fe80::1%25eth0]", "not IPv6"),
        ("http://[::1%25lo]", "not IPv6"),
        ("https://::1", "no host"),
        ("https://example.com.", "single dots"),
        ("http://localhost.", "single dots"),
        ("https://.example.com", "single dots"),
        ("https://a..b", "single dots"),
        ("https://exa%6dple.com", "single dots"),
        ("https://a,b", "single dots"),
        ("https://a[::1]", "single dots"),
        ("http://127.1", "four decimal numbers"),
        ("http://0x7f.0.0.1", "four decimal numbers"),
        ("https://0x7f000001", "four decimal numbers"),
        ("https://0X7F000001", "four decimal numbers"),
        ("https://2130706433", "four decimal numbers"),
        ("https://0177.0.0.1", "four decimal numbers"),
        ("https://1.2.3.256", "four decimal numbers"),
        ("https://host:", "port"),
        ("https://host:0", "port"),
        ("https://host:99999", "port"),
        ("https://host:65536", "port"),
        ("https://host:+80", "port"),
        ("https://host:8a", "port"),
        ("https://host:80:80", "port"),
    ] {
        let reason = reason(url);
        assert!(reason.contains(part), "{url}: {reason}");
    }
}

#[test]
fn ambiguous_paths_are_refused() {
    for (path, part) in [
        ("?x", "query"),
        ("/a?", "query"),
        ("#x", "fragment"),
        ("/.", "dot segments"),
        ("/a/../b", "dot segments"),
        ("/..", "dot segments"),
        ("/%2e%2e/", "dot segments"),
        ("/%2E%2e/a", "dot segments"),
        ("/a/.%2e/b", "dot segments"),
        ("/%2E./b", "dot segments"),
        ("/%2e", "dot segments"),
        ("/..;x=1/b", "dot segments"),
        ("/;x", "dot segments"),
        ("/..%2fb", "percent-encoded slash"),
        ("/a%5Cb", "percent-encoded slash"),
        ("/a%00", "control character"),
        ("/a%0d", "control character"),
        ("/a%7f", "control character"),
        ("//evil.com", "two slashes"),
        ("/a//b", "two slashes"),
        ("/a b", "character"),
        ("/a\\b", "character"),
        ("/a[b", "character"),
        ("/a^b", "character"),
        ("/100%", "hexadecimal"),
        ("/%2", "hexadecimal"),
        ("/%zz", "hexadecimal"),
        ("/%+1", "hexadecimal"),
    ] {
        let reason = reason(&format!("https://example.com{path}"));
        assert!(reason.contains(part), "{path}: {reason}");
    }
}

#[test]
fn the_parts_are_those_of_the_url() {
    let base = BaseUrl::parse("http://127.0.0.1:8080/a/b/").unwrap();
    assert_eq!(base.scheme(), &Scheme::HTTP);
    assert_eq!(base.authority(), "127.0.0.1:8080");
    assert_eq!(base.prefix(), "/a/b");
}

#[test]
fn loopback_is_what_the_standard_library_says() {
    for address in ["127.0.0.1", "127.255.255.254", "128.0.0.1", "126.255.255.255"] {
        let expected = address.parse::<core::net::IpAddr>().unwrap().is_loopback();
        assert_eq!(check_authority(address), Ok(expected), "{address}");
    }
}
