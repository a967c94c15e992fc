//! ureq's resolver and connector, with what they leave to wish for.
//!
//! Errors from before the connection are marked as such (see [`Unsent`]), an address needs no
//! thread to be resolved, and a server that answers an upload early and hangs up is heard.

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

/// ureq's resolver. It spawns a thread for every request that has a timeout, although addresses
/// (and `localhost`) never wait for an answer.
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
            Ok(inner) => Ok(inner.map(|inner| Connection { inner, answer: Answer::Awaited })),
            Err(error) => Err(Unsent::wrap(error)),
        }
    }
}

/// A connection that still reads when it can no longer write.
///
/// A server that refuses an upload (401, 413) may answer and hang up while the body is on its
/// way. Writing then fails, but the answer is there to be read.
#[derive(Debug)]
pub(crate) struct Connection {
    inner: Box<dyn Transport>,
    answer: Answer,
}

#[derive(Debug, PartialEq)]
enum Answer {
    Awaited,
    /// It came early and waits in the input buffer. The rest of the body goes nowhere.
    Waiting,
    /// It came early and was handed out.
    Taken,
}

impl Transport for Connection {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if self.answer != Answer::Awaited {
            return Ok(());
        }
        match self.inner.transmit_output(amount, timeout) {
            Err(error)
                if is_hung_up(&error) && self.inner.await_input(timeout).unwrap_or(false) =>
            {
                self.answer = Answer::Waiting;
                Ok(())
            }
            result => result,
        }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        if self.answer == Answer::Waiting {
            self.answer = Answer::Taken;
            return Ok(true);
        }
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.answer == Answer::Awaited && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

fn is_hung_up(error: &Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
    matches!(error, Error::Io(error)
        if matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset))
}
