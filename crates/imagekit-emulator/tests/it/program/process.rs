//! A running program, and requests to it by plain sockets.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};

/// The program; it is killed at the end of its test.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    /// What it printed behind the first line, up to an empty line.
    pub(crate) introduction: String,
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imagekit-emulator"));
    for name in ["IMAGEKIT_PRIVATE_KEY", "IMAGEKIT_PUBLIC_KEY", "IMAGEKIT_WEBHOOK_SECRET"] {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

impl Process {
    /// Starts it at a free port, and waits until it listens.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut command = command(&["--port", "0"]);
        let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let first = lines.next().unwrap();
        let address = first.strip_prefix("listening on http://").unwrap().parse().unwrap();
        let introduction = lines.take_while(|line| !line.starts_with("Ctrl+C")).collect::<Vec<_>>();
        Self { child, address, introduction: introduction.join("\n") }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection that stays open.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> std::io::Result<Self> {
        Ok(Self(BufReader::new(TcpStream::connect(address)?)))
    }

    /// Sends a request with the default key. Returns status and body.
    pub(crate) fn send(
        &mut self,
        head: &str,
        headers: &str,
        body: &[u8],
    ) -> std::io::Result<(u16, Vec<u8>)> {
        let length = body.len();
        let mut request = format!(
            "{head} HTTP/1.1\r\nhost: localhost\r\nauthorization: Basic cHJpdmF0ZV9lbXVsYXRvcjo=\r\n\
             content-length: {length}\r\n{headers}\r\n"
        )
        .into_bytes();
        request.extend_from_slice(body);
        self.0.get_mut().write_all(&request)?;
        self.read()
    }

    pub(crate) fn upload(&mut self, name: &str, bytes: &[u8]) -> std::io::Result<u16> {
        let mut body = Vec::new();
        for (part, data) in [
            ("\"file\"; filename=\"f\"", bytes),
            ("\"fileName\"", name.as_bytes()),
            ("\"useUniqueFileName\"", b"false"),
        ] {
            body.extend_from_slice(
                format!("--b\r\ncontent-disposition: form-data; name={part}\r\n\r\n").as_bytes(),
            );
            body.extend_from_slice(data);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--b--\r\n");
        let headers = "content-type: multipart/form-data; boundary=b\r\n";
        Ok(self.send("POST /api/v1/files/upload", headers, &body)?.0)
    }

    fn read(&mut self) -> std::io::Result<(u16, Vec<u8>)> {
        let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line)?;
            match line.trim_end() {
                "" if line.is_empty() => return Err(broken()),
                "" => break,
                line => head.push(line.to_ascii_lowercase()),
            }
        }
        let status = head.first().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let mut lengths = head.iter().filter_map(|line| line.strip_prefix("content-length:"));
        let length = lengths.next().and_then(|length| length.trim().parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        Ok((status.ok_or_else(broken)?, body))
    }
}
