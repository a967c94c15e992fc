//! `cargo xtask call`: carries operations given as lines of JSON, for programs in any language.

mod answer;
mod input;
mod options;
mod via_memory;
mod via_reqwest;
mod via_ureq;

use imagekit_proto::operation::JsonEndpoint;
use input::Order;
use options::{Options, Via};
use serde_json::Value;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

pub const USAGE: &str = "cargo xtask call --via ureq|reqwest|memory [--base-url URL] \
     [--upload-url URL] [--max-attempts N] [--deadline-ms N] [--attempt-timeout-ms N] \
     [--idle-timeout-ms N] [--assume-idempotent] [--key KEY]";

/// Something that carries a call to its outcome. One of them serves all lines.
trait Carrier {
    /// The answer line for `endpoint`, whose payload is read from a file if there is one.
    fn carry(&self, endpoint: JsonEndpoint, payload: Option<&Path>) -> Value;
}

/// Answers the lines of standard input, one by one.
pub fn main(arguments: &[&str]) -> ExitCode {
    let carrier = Options::parse(arguments).and_then(|options| -> Result<Box<dyn Carrier>, _> {
        Ok(match options.via {
            Via::Ureq => Box::new(via_ureq::Ureq::new(&options)?),
            Via::Reqwest => Box::new(via_reqwest::Reqwest::new(&options)?),
            Via::Memory => Box::new(via_memory::Memory::new(options)?),
        })
    });
    let carrier = match carrier {
        Ok(carrier) => carrier,
        Err(error) => {
            eprintln!("{error}\nusage: {USAGE}");
            return ExitCode::from(2);
        }
    };
    match serve(io::stdin().lock(), io::stdout().lock(), carrier.as_ref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers each line before it reads the next. Blank lines have no answer.
fn serve(mut lines: impl BufRead, mut out: impl Write, carrier: &dyn Carrier) -> io::Result<()> {
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            writeln!(out, "{}", answer_line(&line, carrier))?;
            out.flush()?;
        }
        line.clear();
    }
    Ok(())
}

fn answer_line(line: &[u8], carrier: &dyn Carrier) -> Value {
    let Order { operation, input } = match Order::read(line) {
        Ok(order) => order,
        Err(message) => return answer::refused(None, message),
    };
    match input::endpoint(&operation, input) {
        Ok((endpoint, payload)) => carrier.carry(endpoint, payload.as_deref()),
        Err(message) => answer::refused(Some(&operation), message),
    }
}

#[cfg(test)]
mod tests;
