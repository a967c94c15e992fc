//! A scripted loopback server.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use imagekit_reqwest::proto::Config;

pub(crate) const DETAILS: &str =
    r#"{"fileId": "a", "name": "b", "filePath": "/b", "url": "https://ik.imagekit.io/demo/b"}"#;

pub(crate) struct Server {
    url: String,
    requests: Receiver<Request>,
}

/// A request as far as it came.
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
    /// What its head announced.
    pub(crate) length: usize,
}

pub(crate) struct Connection(pub(crate) TcpStream);

impl Server {
    /// Serves connections one after the other by `script`, which gets each connection's number.
    /// The requests that it returns can be had from [`requests`](Self::requests).
    pub(crate) fn new(
        mut script: impl FnMut(usize, &mut Connection) -> Vec<Request> + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, requests) = mpsc::channel();
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let mut connection = Connection(stream.unwrap());
                for request in script(number, &mut connection) {
                    let _ = sender.send(request);
                }
            }
        });
        Self { url, requests }
    }

    /// Reads one request on each connection and gives it the answer of that number, the last
    /// one again when there is none.
    pub(crate) fn answering(answers: &'static [&'static str]) -> Self {
        Self::new(move |number, connection| {
            let request = connection.request();
            connection.write(answers[number.min(answers.len() - 1)].as_bytes());
            vec![request]
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn config(&self) -> Config {
        let config = Config::new("private_test_key").unwrap();
        config.with_api_url(&self.url).unwrap().with_upload_url(&self.url).unwrap()
    }

    /// The next request served.
    pub(crate) fn request(&self) -> Request {
        self.requests.recv_timeout(Duration::from_secs(10)).unwrap()
    }

    /// How many requests were served that nobody asked for yet.
    pub(crate) fn unseen(&self) -> usize {
        self.requests.try_iter().count()
    }
}

impl Request {
    /// Whether it ended before it was complete.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.head.is_empty() || self.body.len() < self.length
    }
}

impl Connection {
    /// One request, or what came of it before the client hung up.
    pub(crate) fn request(&mut self) -> Request {
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

    /// The head of a request, and no more of its body than came with it.
    pub(crate) fn head(&mut self) -> Request {
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

    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let _ = self.0.write_all(bytes);
    }

    /// Waits until the client hangs up.
    pub(crate) fn drain(&mut self) {
        let mut chunk = vec![0; 64 << 10];
        while matches!(self.0.read(&mut chunk), Ok(1..)) {}
    }

    /// Tells the client that nothing more comes.
    pub(crate) fn finish(&mut self) {
        let _ = self.0.shutdown(Shutdown::Write);
    }
}

/// An answer with a body of known length.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}")
}

/// An answer without a body, for [`Server::answering`].
macro_rules! empty {
    ($head:literal) => {
        concat!("HTTP/1.1 ", $head, "\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
    };
}

/// A 200 with [`DETAILS`](crate::server::DETAILS), for [`Server::answering`].
pub(crate) const OK: &str = concat!(
    "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 86\r\n\r\n",
    r#"{"fileId": "a", "name": "b", "filePath": "/b", "url": "https://ik.imagekit.io/demo/b"}"#
);

pub(crate) use empty;
