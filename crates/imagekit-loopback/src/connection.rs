//! The server's side of one connection.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// No test waits longer for a client.
const PATIENCE: Duration = Duration::from_secs(20);

/// A request, as much of it as the client sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct Request {
    /// The request line and the headers, in lower case; empty if the client closed before their
    /// end.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
    /// The length of the body according to the head.
    pub length: usize,
}

impl Request {
    /// Returns whether it ended before it was complete.
    pub fn is_cut_off(&self) -> bool {
        self.head.is_empty() || self.body.len() < self.length
    }
}

/// The server's side of one connection.
#[derive(Debug)]
pub struct Connection(TcpStream);

impl Connection {
    pub(crate) fn new(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    /// Reads a request, or as much of it as comes before the client closes.
    pub fn request(&mut self) -> Request {
        let mut request = self.head();
        let mut chunk = vec![0; 64 << 10];
        while request.body.len() < request.length {
            match self.0.read(&mut chunk) {
                Ok(0) | Err(_) => break,
                Ok(count) => request.body.extend_from_slice(&chunk[..count]),
            }
        }
        request
    }

    /// Reads the head of a request, and no more of its body than comes with it.
    pub fn head(&mut self) -> Request {
        let mut bytes = Vec::new();
        let mut chunk = [0; 1024];
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            match self.0.read(&mut chunk) {
                Ok(0) | Err(_) => {
                    return Request { head: String::new(), body: bytes, length: 0 };
                }
                Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            }
        };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length = length.map_or(0, |length| length.parse().unwrap());
        Request { head, body: bytes.split_off(end + 4), length }
    }

    /// Sends `bytes`, if the client still takes them.
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.0.write_all(bytes.as_ref());
    }

    /// Reads until the client closes.
    pub fn drain(&mut self) {
        let mut chunk = vec![0; 64 << 10];
        while matches!(self.0.read(&mut chunk), Ok(1..)) {}
    }

    /// Tells the client that nothing more comes.
    pub fn finish(&mut self) {
        let _ = self.0.shutdown(Shutdown::Write);
    }
}
