//! A request as it was on the wire, parsed without an HTTP library.

use std::fmt;
use std::time::Duration;

use crate::hints;
use crate::report::Problem;

/// Replaces the boundary of a form. It is as long as the core's boundaries, so that no length
/// changes.
pub(crate) const BOUNDARY: &str = "imagekit-BOUNDARYBOUNDARYBOUNDARYBOUNDARY";
/// A boundary is looked for this far from either end of a body.
const EDGE: usize = 8 << 10;

/// The head of a request, split into lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// `GET /v1/files HTTP/1.1`
    pub(crate) line: String,
    /// Names in lower case, in the order they came.
    pub(crate) headers: Vec<(String, String)>,
    /// How many bytes it took, the empty line included.
    pub(crate) len: usize,
}

/// How long a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// This long.
    Length(u64),
    /// Chunked.
    Chunked,
}

impl Head {
    /// Reads a head; `None` when it is not complete.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let len = head_end(bytes)?;
        let text = String::from_utf8_lossy(bytes.get(..len)?);
        let mut lines = text.trim_end_matches("\r\n").split("\r\n");
        let line = lines.next()?.to_owned();
        let headers = lines
            .map(|line| {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                (name.to_ascii_lowercase(), value.trim_matches([' ', '\t']).to_owned())
            })
            .collect();
        Some(Self { line, headers, len })
    }

    pub(crate) fn values<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h str> {
        self.headers.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// How long the body of this request is.
    pub(crate) fn framing(&self) -> Framing {
        if self.values("transfer-encoding").next().is_some() {
            return Framing::Chunked;
        }
        let len = self.values("content-length").next().and_then(|len| len.parse().ok());
        Framing::Length(len.unwrap_or(0))
    }
}

/// How long a head is that `bytes` begin with, its empty line included.
pub(crate) fn head_end(bytes: &[u8]) -> Option<usize> {
    find(bytes, b"\r\n\r\n").map(|end| end + 4)
}

/// Returns where `needle` begins in `bytes`.
pub(crate) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

/// One request as the server saw it.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) head: Head,
    pub(crate) body: Vec<u8>,
    /// Whether the whole body arrived.
    pub(crate) complete: bool,
    /// When its head had arrived.
    pub(crate) arrived: Duration,
    /// When the response began.
    pub(crate) response_began: Option<Duration>,
}

impl Recorded {
    /// Returns what is wrong with the request by itself, for any case.
    pub(crate) fn problems(&self, host: &str, tolerated: &[&str]) -> Vec<Problem> {
        let mut problems = Vec::new();
        let count = |name: &str| self.head.values(name).count();
        let forbidden = [
            ("transfer-encoding", hints::CHUNKED),
            ("accept-encoding", hints::ENCODING),
            ("expect", hints::HEADERS),
            ("te", hints::HEADERS),
            ("trailer", hints::HEADERS),
        ];
        for (name, hint) in forbidden {
            if count(name) > 0 && !tolerated.contains(&name) {
                let problem =
                    Problem::new(format!("no {name} header"), format!("it has a {name} header"));
                problems.push(problem.hint(hint));
            }
        }
        for (name, _) in &self.head.headers {
            if count(name) > 1 {
                let problem = Problem::new(format!("one {name} header"), "it has more than one");
                problems.push(problem.hint(hints::HEADERS));
            }
        }
        let sent = self.head.values("host").next();
        if sent != Some(host) {
            let problem =
                Problem::new(format!("host: {host}"), format!("the host header is {sent:?}"));
            problems
                .push(problem.hint("add a host header with the authority of the request's URI"));
        }
        if self.complete && self.head.framing() != Framing::Length(self.body.len() as u64) {
            let seen = format!("{} bytes, announced as {:?}", self.body.len(), self.head.framing());
            problems.push(Problem::new("a body as long as announced", seen).hint(hints::BODY));
        }
        problems
    }

    /// The form boundary, if there is one.
    pub(crate) fn boundary(&self) -> Option<&str> {
        self.head.values("content-type").next()?.split_once("boundary=").map(|(_, value)| value)
    }

    /// The request without what differs from run to run: the host, the boundary.
    pub(crate) fn normalised(&self) -> Seen {
        let boundary = self.boundary().unwrap_or(BOUNDARY);
        let mut headers: Vec<_> = self
            .head
            .headers
            .iter()
            .filter(|(name, _)| name != "host")
            .map(|(name, value)| (name.clone(), value.replace(boundary, BOUNDARY)))
            .collect();
        headers.sort();
        let mut body = self.body.clone();
        let len = body.len();
        for edge in [0..len.min(EDGE), len.saturating_sub(EDGE)..len] {
            if let Some(edge) = body.get_mut(edge) {
                replace(edge, boundary.as_bytes());
            }
        }
        let came = if self.complete { Came::Whole } else { Came::CutOff };
        Seen { line: self.head.line.clone(), headers, body, came }
    }
}

/// Replaces a boundary in place; one of another length stays and will be noticed.
fn replace(mut bytes: &mut [u8], boundary: &[u8]) {
    if boundary.len() != BOUNDARY.len() {
        return;
    }
    while let Some(at) = find(bytes, boundary) {
        let (_, rest) = bytes.split_at_mut(at);
        let (found, rest) = rest.split_at_mut(BOUNDARY.len());
        found.copy_from_slice(BOUNDARY.as_bytes());
        bytes = rest;
    }
}

/// How much of a request arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Came {
    /// All of it.
    Whole,
    /// It was cut off in its body. How much of it arrives, if any, depends on buffers and timing.
    CutOff,
    /// Either.
    Either,
}

/// A request without what differs from run to run.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) line: String,
    /// Sorted by name.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) came: Came,
}

impl Seen {
    /// Returns how the request that was seen differs from the expected one. A request that was cut
    /// off must have the beginning of the expected body.
    pub(crate) fn differences(&self, expected: &Self, tolerated: &[&str]) -> Vec<Problem> {
        let mut differences = Vec::new();
        if self.line != expected.line {
            let lines = [expected, self].map(|seen| excerpt(seen.line.as_bytes()));
            let [expected, seen] = lines;
            differences.push(Problem::new(expected, seen).hint(hints::TARGET));
        }
        // What is wrong by itself is reported already.
        let skipped = |name: &str| {
            tolerated.contains(&name)
                || ["accept-encoding", "transfer-encoding", "connection"].contains(&name)
        };
        for (name, value) in &self.headers {
            let is_own = skipped(name) || expected.headers.iter().any(|header| header.0 == *name);
            if !is_own {
                let seen = format!("it has {name}: {value}");
                differences.push(Problem::new("no such header", seen).hint(hints::HEADERS));
            }
        }
        for (name, value) in &expected.headers {
            let sent = self.headers.iter().find(|header| header.0 == *name);
            if sent.is_none_or(|sent| sent.1 != *value) && !skipped(name) {
                let seen = sent.map_or("no such header".to_owned(), |sent| sent.1.clone());
                let problem = Problem::new(format!("{name}: {value}"), seen);
                differences.push(problem.hint(hints::HEADERS));
            }
        }
        let same = match self.came {
            Came::Whole => self.body == expected.body,
            Came::CutOff | Came::Either => expected.body.starts_with(&self.body),
        };
        if !same {
            let [expected, seen] = [expected, self].map(|seen| excerpt(&seen.body));
            let problem = Problem::new(format!("the body {expected}"), format!("the body {seen}"));
            differences.push(problem.hint(hints::BODY));
        }
        if self.came != expected.came && expected.came != Came::Either {
            let came = |came| match came {
                Came::Whole => "the whole request",
                Came::CutOff => "a request that is cut off in its body",
                Came::Either => "a request, whole or cut off",
            };
            let problem = Problem::new(came(expected.came), came(self.came));
            differences.push(problem.hint(hints::CUT_OFF));
        }
        differences
    }
}

pub(crate) fn excerpt(body: &[u8]) -> String {
    let start = body.get(..body.len().min(300)).unwrap_or_default();
    format!("{:?} ({} bytes)", String::from_utf8_lossy(start), body.len())
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.line)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        f.write_str(&excerpt(&self.body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_with_an_empty_line() {
        assert_eq!(Head::parse(b"GET / HTTP/1.1\r\nHost: a\r\n"), None);
        let head =
            Head::parse(b"PUT /x HTTP/1.1\r\nHost: a\r\nContent-LENGTH:3\r\n\r\nabc").unwrap();
        assert_eq!((head.line.as_str(), head.len), ("PUT /x HTTP/1.1", 46));
        assert_eq!(head.framing(), Framing::Length(3));
    }

    #[test]
    fn boundaries_are_replaced_at_both_ends() {
        let boundary = "imagekit-0123456789abcdef0123456789abcdef";
        let mut body = format!("--{boundary} ").into_bytes();
        body.resize(100_000, b'.');
        body.extend_from_slice(format!(" --{boundary}--").as_bytes());
        let len = body.len();
        let head = format!(
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; \
             boundary={boundary}\r\ncontent-length: {len}\r\n\r\n"
        );
        let head = Head::parse(head.as_bytes()).unwrap();
        let recorded =
            Recorded { head, body, complete: true, arrived: Duration::ZERO, response_began: None };
        assert_eq!(recorded.problems("a", &[]), []);
        assert_eq!(recorded.problems("b", &[]).len(), 1);
        let seen = recorded.normalised();
        assert!(seen.body.starts_with(format!("--{BOUNDARY} ..").as_bytes()));
        assert!(seen.body.ends_with(format!(".. --{BOUNDARY}--").as_bytes()));
        let multipart = format!("multipart/form-data; boundary={BOUNDARY}");
        assert!(seen.headers.contains(&("content-type".to_owned(), multipart)));
        assert_eq!(seen.body.len(), len);
    }
}
