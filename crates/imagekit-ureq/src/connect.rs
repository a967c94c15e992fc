//! ureq's resolver and connector, and what this crate adds to them.
//!
//! Errors from before the connection are marked as such (see [`Unsent`]), an IP address costs no
//! thread to resolve, and a connection that can no longer be written to is still read.

use std::cell::Cell;
use std::io;
use std::net::IpAddr;

use http::Uri;
use ureq::Error;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::Duration;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport,
};

use crate::classify::Unsent;

/// ureq's resolver. It spawns a thread for every request with a timeout, although addresses (and
/// `localhost`) need no query.
#[derive(Debug, Default)]
pub(crate) struct Resolve(DefaultResolver);

impl Resolver for Resolve {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        mut timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        if host == "localhost" || host.parse::<IpAddr>().is_ok() {
            timeout.after = Duration::NotHappening;
        }
        self.0.resolve(uri, config, timeout).map_err(Unsent::wrap)
    }
}

/// ureq's connector: whatever fails in it (TCP, proxy, TLS) fails before the request.
#[derive(Debug, Default)]
pub(crate) struct Connect(DefaultConnector);

impl Connector for Connect {
    type Out = Connection;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Connection>, Error> {
        match self.0.connect(details, chained) {
            Ok(inner) => Ok(inner.map(|inner| Connection { inner, response: Response::Awaited })),
            Err(error) => Err(Unsent::wrap(error)),
        }
    }
}

/// Whether the request that this thread sends was cut off: its connection takes no more of it,
/// but has a response.
///
/// ureq sends a request on the thread that asks for it and gives its connections no other way to
/// say so.
pub(crate) struct CutOff;

thread_local! {
    static CUT_OFF: Cell<bool> = const { Cell::new(false) };
}

impl CutOff {
    pub(crate) fn reset() {
        CUT_OFF.set(false);
    }

    pub(crate) fn happened() -> bool {
        CUT_OFF.get()
    }
}

/// A connection that still reads when it can no longer write.
///
/// A server that rejects an upload (401, 413) may respond while the body is on its way, and then
/// close the connection or stop reading. Writing fails, but the response is there to be read.
#[derive(Debug)]
pub(crate) struct Connection {
    inner: Box<dyn Transport>,
    response: Response,
}

#[derive(Debug, PartialEq)]
enum Response {
    Awaited,
    /// It came early and is in the input buffer. The rest of the request is discarded.
    Waiting,
    /// It came early and was handed out.
    Taken,
}

impl Connection {
    /// Returns whether there is a response although the request could not be written.
    fn has_response(&mut self, error: &Error) -> bool {
        // A connection that was closed needs no wait, and one that timed out has no time left.
        let timeout = NextTimeout { after: Duration::from_millis(10), ..NextTimeout::default() };
        let is_over = match error {
            Error::Timeout(_) => true,
            Error::Io(error) => is_closed(error),
            _ => false,
        };
        is_over && self.inner.await_input(timeout).unwrap_or(false)
    }
}

impl Transport for Connection {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if self.response != Response::Awaited {
            return Ok(());
        }
        match self.inner.transmit_output(amount, timeout) {
            Err(error) if self.has_response(&error) => {
                self.response = Response::Waiting;
                CUT_OFF.set(true);
                Ok(())
            }
            result => result,
        }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        if self.response == Response::Waiting {
            self.response = Response::Taken;
            return Ok(true);
        }
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.response == Response::Awaited && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

fn is_closed(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset)
}
