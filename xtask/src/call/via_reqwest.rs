//! Calls through reqwest, on a runtime of one thread.

use super::options::Options;
use super::{Sender, output};
use imagekit_proto::Endpoint;
use imagekit_proto::operation::JsonEndpoint;
use imagekit_reqwest::{Client, Payload};
use serde_json::Value;
use std::path::Path;
use tokio::runtime::{Builder, Runtime};

pub struct Reqwest {
    runtime: Runtime,
    client: Client,
}

impl Reqwest {
    pub fn new(options: &Options) -> Result<Self, String> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let client = Client::builder(options.config.clone()).options(options.call.clone()).build();
        Ok(Self { runtime, client: client.map_err(|error| error.to_string())? })
    }
}

impl Sender for Reqwest {
    fn send(&self, endpoint: JsonEndpoint, payload: Option<&Path>) -> Value {
        let operation = endpoint.operation().id;
        let outcome = self.runtime.block_on(async {
            match payload {
                Some(path) => self.client.upload(endpoint, Payload::path(path)).await,
                None => self.client.send(endpoint).await,
            }
        });
        output::line(operation, outcome)
    }
}
