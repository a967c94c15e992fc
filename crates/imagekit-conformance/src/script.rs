//! What the server does, told before it starts.

use std::time::Duration;

use bytes::Bytes;

/// The whole play: the n-th request, over whichever connection it comes, gets the n-th exchange.
#[derive(Clone, Debug)]
pub(crate) enum Script {
    /// Nobody listens: every connection is refused.
    Refuse,
    /// Nobody answers: connecting takes forever.
    Silent,
    /// A server that answers.
    Serve(Vec<Exchange>),
}

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    /// How much of the request it reads first.
    pub(crate) read: Extent,
    /// What it does then. Afterwards the connection is kept for a next request.
    pub(crate) acts: Vec<Act>,
}

/// How much of a request is read before it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// The head alone.
    Head,
}

/// One thing that the server does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Act {
    /// Sends these bytes.
    Send(Bytes),
    /// Sends these bytes one at a time, waiting before each.
    Dribble { bytes: Bytes, gap: Duration },
    /// Reads what is left of the request.
    Drain,
    /// Does nothing for this long, not even read.
    Sleep(Duration),
    /// Does nothing until the client leaves.
    Hold,
    /// Closes the connection.
    Close,
    /// Resets the connection.
    Reset,
}

impl Exchange {
    /// Reads the whole request, then does `acts`.
    pub(crate) fn new(acts: impl IntoIterator<Item = Act>) -> Self {
        Self { read: Extent::Whole, acts: acts.into_iter().collect() }
    }

    /// Reads the request's head only, then does `acts`.
    pub(crate) fn after_head(acts: impl IntoIterator<Item = Act>) -> Self {
        Self { read: Extent::Head, acts: acts.into_iter().collect() }
    }

    /// Sends `bytes` as they are.
    pub(crate) fn raw(bytes: impl Into<Bytes>) -> Self {
        Self::new([Act::Send(bytes.into())])
    }

    /// And then closes the connection.
    pub(crate) fn then(mut self, act: Act) -> Self {
        self.acts.push(act);
        self
    }
}

/// A response that is put together header by header.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    head: String,
    body: Vec<u8>,
}

/// A response of `status`; its length is announced.
pub(crate) fn answer(status: u16) -> Answer {
    Answer { head: format!("HTTP/1.1 {status} Scripted\r\n"), body: Vec::new() }
}

impl Answer {
    /// Adds a header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    /// A body of JSON.
    pub(crate) fn json(self, body: &str) -> Exchange {
        self.body("application/json", body)
    }

    /// A body of HTML, as a gateway sends it.
    pub(crate) fn html(self) -> Exchange {
        self.body("text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>\n")
    }

    /// Any body.
    pub(crate) fn body(mut self, content_type: &str, body: impl AsRef<[u8]>) -> Exchange {
        self.body = body.as_ref().to_vec();
        let len = self.body.len().to_string();
        self.header("Content-Type", content_type).header("Content-Length", &len).end()
    }

    /// An empty body, announced as such.
    pub(crate) fn empty(self) -> Exchange {
        self.header("Content-Length", "0").end()
    }

    /// Nothing but the headers given so far: no length, no body.
    pub(crate) fn end(self) -> Exchange {
        Exchange::raw(self.into_bytes())
    }

    /// The headers given so far and `body`, which they do not announce.
    pub(crate) fn unannounced(mut self, body: impl AsRef<[u8]>) -> Exchange {
        self.body = body.as_ref().to_vec();
        self.end()
    }

    /// The body in chunks.
    pub(crate) fn chunked(self, chunks: &[&[u8]]) -> Exchange {
        let mut body = Vec::new();
        for chunk in chunks {
            body.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            body.extend_from_slice(chunk);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"0\r\n\r\n");
        self.header("Content-Type", "application/json")
            .header("Transfer-Encoding", "chunked")
            .unannounced(body)
    }

    fn into_bytes(self) -> Vec<u8> {
        let mut bytes = self.head.into_bytes();
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }
}
