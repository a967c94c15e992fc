//! Calls through ureq.

use super::options::Options;
use super::{Sender, output};
use imagekit_proto::Endpoint;
use imagekit_proto::operation::JsonEndpoint;
use imagekit_ureq::{Client, Payload};
use serde_json::Value;
use std::path::Path;

pub struct Ureq(Client);

impl Ureq {
    pub fn new(options: &Options) -> Result<Self, String> {
        let client = Client::builder(options.config.clone()).options(options.call.clone()).build();
        client.map(Self).map_err(|error| error.to_string())
    }
}

impl Sender for Ureq {
    fn send(&self, endpoint: JsonEndpoint, payload: Option<&Path>) -> Value {
        let operation = endpoint.operation().id;
        let outcome = match payload {
            Some(path) => self.0.upload(endpoint, Payload::path(path)),
            None => self.0.send(endpoint),
        };
        output::line(operation, outcome)
    }
}
