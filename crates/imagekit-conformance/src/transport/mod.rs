//! The transports that play the table.

mod file;
mod http1;
mod memory;
mod reqwest;
mod tcp;
mod ureq;

use std::io;

pub use memory::Memory;
pub use reqwest::Reqwest;
pub use tcp::Tcp;
pub use ureq::Ureq;

use crate::case::Case;
use crate::outcome::Outcome;
use crate::report::Played;
use crate::server::Server;
use imagekit_proto::Config;

/// A transport under test: it makes calls against a scripted server.
pub trait Transport {
    /// Returns the name for the report.
    fn name(&self) -> &'static str;

    /// Makes the calls of a case against its script.
    ///
    /// # Errors
    ///
    /// The case could not be run: no socket, no temporary file, no client.
    fn play(&self, case: &Case) -> io::Result<Played>;
}

/// Starts the case's server, runs `calls`, and collects the requests that the server saw.
fn over_tcp(
    case: &Case,
    calls: impl FnOnce(Config) -> io::Result<Vec<Outcome>>,
) -> io::Result<Played> {
    let server = Server::start(&case.script)?;
    let host = server.address().to_string();
    let outcomes = calls(case.config(&host).map_err(io::Error::other)?)?;
    Ok(Played { host, outcomes, seen: server.finish() })
}

/// Returns fixed entropy for the calls of a case, other bits for each call.
fn entropy(call: usize) -> u128 {
    0x0123_4567_89ab_cdef_0f1e_2d3c_4b5a_6978_u128.wrapping_mul(call as u128 + 1)
}
