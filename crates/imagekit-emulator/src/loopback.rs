//! Downloads from this machine, for uploads by URL.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Uri;

use crate::response::Problem;

/// The response has to begin within this time (the OpenAPI file).
const TIMEOUT: Duration = Duration::from_secs(8);
/// A file has at most this many bytes (uploads of the free plan).
const LARGEST: u64 = 100 * 1024 * 1024;

/// Downloads a file from a plain HTTP server on a loopback address. Blocks.
pub(crate) fn fetch(url: &str) -> Result<Bytes, Problem> {
    let problem = |why: &str| {
        let message = "Your request contains invalid file parameter.";
        Problem::bad_request(message).with("errors", serde_json::json!({ "file": why }))
    };
    let uri: Uri = url.parse().map_err(|_| problem("is not a URL"))?;
    let address = address(&uri).ok_or_else(|| {
        problem(
            "the emulator downloads from http URLs of this machine only, such as http://127.0.0.1",
        )
    })?;
    let deadline = Instant::now() + TIMEOUT;
    let response =
        exchange(&uri, address, deadline).map_err(|_| problem("cannot be downloaded"))?;
    body(&response).map(Bytes::copy_from_slice).ok_or_else(|| problem("cannot be downloaded"))
}

/// The address of a URL, if it is one of this machine.
pub(crate) fn address(uri: &Uri) -> Option<SocketAddr> {
    let host = uri.host().filter(|_| uri.scheme_str() == Some("http"))?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if host != "localhost" && !host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()) {
        return None;
    }
    let mut addresses = (host, uri.port_u16().unwrap_or(80)).to_socket_addrs().ok()?;
    addresses.find(|address| address.ip().is_loopback())
}

/// One request of HTTP/1.0: the response ends with the connection.
fn exchange(uri: &Uri, address: SocketAddr, deadline: Instant) -> std::io::Result<Vec<u8>> {
    let left = || deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
    let mut stream = TcpStream::connect_timeout(&address, left())?;
    stream.set_write_timeout(Some(left()))?;
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let host = uri.authority().map_or("localhost", |authority| authority.as_str());
    let host = host.rsplit('@').next().unwrap_or(host);
    write!(stream, "GET {target} HTTP/1.0\r\nhost: {host}\r\naccept: */*\r\n\r\n")?;
    stream.set_read_timeout(Some(left()))?;
    let mut response = Vec::new();
    stream.take(LARGEST).read_to_end(&mut response)?;
    Ok(response)
}

/// The body of a response with a 2xx status, if it is complete.
fn body(response: &[u8]) -> Option<&[u8]> {
    let end = memchr::memmem::find(response, b"\r\n\r\n")?;
    let head = std::str::from_utf8(response.get(..end)?).ok()?.to_ascii_lowercase();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?;
    let mut headers = lines.filter_map(|line| line.split_once(':'));
    let mut header =
        |name: &str| headers.find(|(key, _)| key.trim() == name).map(|(_, value)| value);
    if !status.starts_with('2') {
        return None;
    }
    let length = header("content-length").map(|value| value.trim().parse::<usize>().ok());
    let body = response.get(end + 4..)?;
    match length {
        None => Some(body),
        Some(length) => body.get(..length?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_asked() {
        let allowed = |url: &str| address(&url.parse().unwrap()).is_some();
        for url in
            ["http://127.0.0.1:9/a", "http://localhost:9/a", "http://[::1]/a", "http://127.9.9.9/"]
        {
            assert!(allowed(url), "{url}");
        }
        for url in [
            "https://127.0.0.1/",
            "http://10.0.0.1/",
            "http://169.254.169.254/",
            "http://example.com/",
            "http://127.0.0.1.example.com/",
            "/a",
        ] {
            assert!(!allowed(url), "{url}");
        }
    }

    #[test]
    fn bodies() {
        assert_eq!(body(b"HTTP/1.1 200 OK\r\n\r\nabc"), Some(&b"abc"[..]));
        assert_eq!(body(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nabc"), Some(&b"ab"[..]));
        for bad in
            ["", "HTTP/1.1 404 No\r\n\r\nabc", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"]
        {
            assert_eq!(body(bad.as_bytes()), None, "{bad}");
        }
    }
}
