//! Everything that an emulator knows.

use std::collections::BTreeMap;

use imagekit_proto::Secret;
use serde_json::Value;

use crate::api::custom_metadata_fields::Field;
use crate::auth::Keys;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::ids::Ids;
use crate::library::Library;
use crate::ratelimit::{Limiter, RateLimit};

/// Everything that an emulator knows.
pub(crate) struct State {
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) library: Library,
    /// What the URLs of files begin with.
    pub(crate) url_endpoint: String,
    /// The purge requests, by id.
    pub(crate) purges: BTreeMap<String, String>,
    /// What is said of the folder jobs, by id.
    pub(crate) jobs: BTreeMap<String, Value>,
    /// The custom metadata fields.
    pub(crate) fields: Vec<Field>,
    pub(crate) rate_limit: RateLimit,
    pub(crate) limiter: Limiter,
    pub(crate) faults: Faults,
    pub(crate) discard_bytes: bool,
}

impl State {
    pub(crate) fn new(private_key: Secret, public_key: String) -> Self {
        Self {
            keys: Keys::new(private_key, public_key),
            clock: Clock::default(),
            ids: Ids::seeded(0),
            library: Library::default(),
            url_endpoint: "https://ik.imagekit.io/demo".to_owned(),
            purges: BTreeMap::new(),
            jobs: BTreeMap::new(),
            fields: Vec::new(),
            rate_limit: RateLimit::default(),
            limiter: Limiter::default(),
            faults: Faults::default(),
            discard_bytes: false,
        }
    }
}
