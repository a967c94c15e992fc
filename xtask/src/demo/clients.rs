//! Both adapters behind one type, so that there is one tour.

use imagekit_proto::api::upload::{UploadFile, UploadOutcome};
use imagekit_proto::{Endpoint, Reply};
use std::path::Path;

/// One of the two clients, used as a blocking one.
pub enum Client {
    Blocking(imagekit_ureq::Client),
    Async(imagekit_reqwest::Client, tokio::runtime::Runtime),
}

impl Client {
    /// The blocking client.
    pub fn blocking(client: imagekit_ureq::Client) -> Self {
        Self::Blocking(client)
    }

    /// The async client, on a runtime of its own.
    pub fn on_runtime(client: imagekit_reqwest::Client) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self::Async(client, runtime))
    }

    /// Returns the name of the transport.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Blocking(_) => "imagekit-ureq, blocking",
            Self::Async(..) => "imagekit-reqwest, async",
        }
    }

    /// Sends `endpoint`.
    pub fn send<E: Endpoint>(&self, endpoint: E) -> Result<Reply<E::Output>, String> {
        match self {
            Self::Blocking(client) => client.send(endpoint).map_err(|error| error.to_string()),
            Self::Async(client, runtime) => {
                runtime.block_on(client.send(endpoint)).map_err(|error| error.to_string())
            }
        }
    }

    /// Streams the file at `path`.
    pub fn upload(&self, upload: UploadFile, path: &Path) -> Result<Reply<UploadOutcome>, String> {
        match self {
            Self::Blocking(client) => client
                .upload(upload, imagekit_ureq::Payload::path(path))
                .map_err(|error| error.to_string()),
            Self::Async(client, runtime) => runtime
                .block_on(client.upload(upload, imagekit_reqwest::Payload::path(path)))
                .map_err(|error| error.to_string()),
        }
    }
}
