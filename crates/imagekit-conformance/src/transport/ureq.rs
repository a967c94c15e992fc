//! The blocking adapter.

use std::io;

use imagekit_proto::Config;
use imagekit_ureq::{Client, Payload};

use super::file::TempFile;
use super::{Transport, over_tcp};
use crate::case::{BETWEEN, Called, Case};
use crate::outcome::Outcome;
use crate::report::Played;
use crate::source::Source;

/// `imagekit-ureq`.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Ureq;

impl Transport for Ureq {
    fn name(&self) -> &'static str {
        "ureq"
    }

    fn play(&self, case: &Case) -> io::Result<Played> {
        over_tcp(case, |config: Config| {
            let client = Client::new(config).map_err(io::Error::other)?;
            let mut outcomes = Vec::new();
            for call in &case.calls {
                if !outcomes.is_empty() {
                    std::thread::sleep(BETWEEN);
                }
                outcomes.push(send(&client, call)?);
            }
            Ok(outcomes)
        })
    }
}

fn send(client: &Client, call: &Called) -> io::Result<Outcome> {
    let (endpoint, options) = (&*call.endpoint, call.options.clone());
    let file;
    let payload = match call.source.clone() {
        None => return Ok(Outcome::of(client.send_with(endpoint, options))),
        Some(Source::Bytes(bytes)) => Payload::bytes(bytes),
        Some(Source::Path(bytes)) => {
            file = TempFile::new(&bytes)?;
            Payload::path(file.path())
        }
        Some(Source::Once(supply) | Source::Stream(supply)) => {
            Payload::reader(supply.clone(), supply.announced)
        }
        Some(Source::Reopen(supply)) => {
            Payload::reopen(supply.announced, move || Ok(supply.clone()))
        }
    };
    Ok(Outcome::of(client.upload_with(endpoint, payload, options)))
}
