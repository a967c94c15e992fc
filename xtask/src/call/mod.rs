//! `cargo xtask call`: sends operations given as lines of JSON, for programs in any language.

mod input;
mod options;
mod output;
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

/// Makes calls over one transport. One value serves all lines.
trait Sender {
    /// Sends `endpoint` and returns its output line. The payload is read from the file if there is one.
    fn send(&self, endpoint: JsonEndpoint, payload: Option<&Path>) -> Value;
}

/// Reads lines from standard input and writes one output line for each.
pub fn main(arguments: &[&str]) -> ExitCode {
    let sender = Options::parse(arguments).and_then(|options| -> Result<Box<dyn Sender>, _> {
        Ok(match options.via {
            Via::Ureq => Box::new(via_ureq::Ureq::new(&options)?),
            Via::Reqwest => Box::new(via_reqwest::Reqwest::new(&options)?),
            Via::Memory => Box::new(via_memory::Memory::new(options)?),
        })
    });
    let sender = match sender {
        Ok(sender) => sender,
        Err(error) => {
            eprintln!("{error}\nusage: {USAGE}");
            return ExitCode::from(2);
        }
    };
    match serve(io::stdin().lock(), io::stdout().lock(), sender.as_ref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the output of each line before it reads the next. Blank lines have no output.
fn serve(mut lines: impl BufRead, mut out: impl Write, sender: &dyn Sender) -> io::Result<()> {
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            writeln!(out, "{}", output_line(&line, sender))?;
            out.flush()?;
        }
        line.clear();
    }
    Ok(())
}

fn output_line(line: &[u8], sender: &dyn Sender) -> Value {
    let Order { operation, input } = match Order::read(line) {
        Ok(order) => order,
        Err(message) => return output::refused(None, message),
    };
    match input::endpoint(&operation, input) {
        Ok((endpoint, payload)) => sender.send(endpoint, payload.as_deref()),
        Err(message) => output::refused(Some(&operation), message),
    }
}

#[cfg(test)]
mod tests;
