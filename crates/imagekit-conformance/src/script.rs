//! The script of a server.

use std::time::Duration;

use bytes::Bytes;

/// What the server does: the n-th request, over any connection, gets the n-th exchange.
#[derive(Clone, Debug)]
pub(crate) enum Script {
    /// Every connection is refused.
    Refuse,
    /// Connecting takes forever.
    Silent,
    /// A server that plays exchanges.
    Serve(Vec<Exchange>),
}

/// The status of a response to a request that is not in the script.
pub(crate) const SURPRISE: u16 = 599;

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    /// How much of the request it reads first.
    pub(crate) read: Extent,
    /// What it does then. Afterwards the connection is kept for a next request.
    pub(crate) acts: Vec<Act>,
}

/// How much of a request is read before the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// The head alone.
    Head,
}

/// One action of the server.
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
    /// Does nothing until the client closes the connection.
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

    /// Closes the connection afterwards.
    pub(crate) fn then(mut self, act: Act) -> Self {
        self.acts.push(act);
        self
    }
}

/// A response in the making: status and headers so far.
#[derive(Clone, Debug)]
pub(crate) struct ResponseHead {
    head: String,
    body: Vec<u8>,
}

/// Starts a response of `status`.
pub(crate) fn response(status: u16) -> ResponseHead {
    ResponseHead { head: format!("HTTP/1.1 {status} Scripted\r\n"), body: Vec::new() }
}

impl ResponseHead {
    /// Adds a header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    /// Ends the response with a JSON body.
    pub(crate) fn json(self, body: &str) -> Exchange {
        self.body("application/json", body)
    }

    /// Ends the response with the HTML of a gateway.
    pub(crate) fn html(self) -> Exchange {
        self.body("text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>\n")
    }

    /// Ends the response with a body and its length.
    pub(crate) fn body(mut self, content_type: &str, body: impl AsRef<[u8]>) -> Exchange {
        self.body = body.as_ref().to_vec();
        let len = self.body.len().to_string();
        self.header("Content-Type", content_type).header("Content-Length", &len).end()
    }

    /// Ends the response with a length of zero.
    pub(crate) fn empty(self) -> Exchange {
        self.header("Content-Length", "0").end()
    }

    /// Ends the response with the headers so far, without length and body.
    pub(crate) fn end(self) -> Exchange {
        Exchange::raw(self.into_bytes())
    }

    /// Ends the response with the headers so far and a body without a length.
    pub(crate) fn unannounced(mut self, body: impl AsRef<[u8]>) -> Exchange {
        self.body = body.as_ref().to_vec();
        self.end()
    }

    /// Ends the response with a chunked body.
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
