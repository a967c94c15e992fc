//! The state of an emulator.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use imagekit_proto::Secret;
use serde_json::{Map, Value};

use crate::api::cache::Purges;
use crate::api::custom_metadata_fields::Field;
use crate::api::extensions::Pending;
use crate::api::folder_jobs::Jobs;
use crate::api::named_transformations::NamedTransformation;
use crate::api::origins::Origin;
use crate::api::saved_extensions::SavedExtension;
use crate::api::url_endpoints::UrlEndpoint;
use crate::api::webhooks::AccountWebhook;
use crate::auth::Keys;
use crate::callback::Callback;
use crate::clock::Clock;
#[cfg(feature = "server")]
use crate::data::Data;
use crate::events::Outbox;
use crate::faults::Faults;
use crate::fetch::FetchFolders;
use crate::ids::{Id, Ids};
use crate::ledger::Ledger;
use crate::library::{File, Library, SharedFacts};
use crate::ratelimit::{Limiter, RateLimit};
use crate::render::{self, Step};
use crate::request_log::RequestLog;
use crate::stored_file::StoredFile;
use crate::tracked::{Tracked, TrackedMap};

/// The state of an emulator.
pub(crate) struct State {
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) library: Library,
    pub(crate) facts: SharedFacts,
    /// What the URLs of files begin with.
    pub(crate) url_endpoint: String,
    /// How long folder jobs and purges take.
    pub(crate) job_duration: Duration,
    /// How much later each response comes.
    pub(crate) latency: Duration,
    pub(crate) fetch_folders: FetchFolders,
    pub(crate) purges: Purges,
    pub(crate) jobs: Jobs,
    /// The custom metadata fields.
    pub(crate) fields: Tracked<Vec<Field>>,
    pub(crate) saved_extensions: Tracked<Vec<SavedExtension>>,
    pub(crate) named_transformations: Tracked<Vec<NamedTransformation>>,
    pub(crate) origins: Tracked<Vec<Origin>>,
    pub(crate) url_endpoints: Tracked<Vec<UrlEndpoint>>,
    /// The webhooks that requests have created.
    pub(crate) webhooks: Tracked<Vec<AccountWebhook>>,
    /// The `transformation` of uploads, by version.
    pub(crate) transformations: TrackedMap<Id, Map<String, Value>>,
    /// Extensions that are still running.
    pub(crate) pending: Tracked<Vec<Pending>>,
    pub(crate) callbacks: Vec<Callback>,
    pub(crate) outbox: Outbox,
    pub(crate) ledger: Ledger,
    pub(crate) log: RequestLog,
    pub(crate) rate_limit: RateLimit,
    pub(crate) limiter: Limiter,
    pub(crate) faults: Faults,
    pub(crate) discard_bytes: bool,
    /// Whether pages of any origin may send every request.
    pub(crate) cross_origin: bool,
    /// Where everything is kept beyond the end of the program, if anywhere.
    #[cfg(feature = "server")]
    pub(crate) data: Option<Data>,
}

impl State {
    pub(crate) fn new(private_key: Secret, public_key: String) -> Self {
        Self {
            keys: Keys::new(private_key, public_key),
            clock: Clock::default(),
            ids: Ids::seeded(0),
            library: Library::default(),
            facts: SharedFacts::default(),
            url_endpoint: "https://ik.imagekit.io/demo".to_owned(),
            job_duration: Duration::ZERO,
            latency: Duration::ZERO,
            fetch_folders: FetchFolders::default(),
            purges: Purges::default(),
            jobs: Jobs::default(),
            fields: Tracked::default(),
            saved_extensions: Tracked::default(),
            named_transformations: Tracked::default(),
            origins: Tracked::default(),
            url_endpoints: Tracked::new(vec![UrlEndpoint::default_endpoint()]),
            webhooks: Tracked::default(),
            transformations: TrackedMap::default(),
            pending: Tracked::default(),
            callbacks: Vec::new(),
            outbox: Outbox::default(),
            ledger: Ledger::default(),
            log: RequestLog::default(),
            rate_limit: RateLimit::default(),
            limiter: Limiter::default(),
            faults: Faults::default(),
            discard_bytes: false,
            cross_origin: false,
            #[cfg(feature = "server")]
            data: None,
        }
    }

    /// What follows the URL endpoint in a URL. Every account has one at ImageKit, too, whatever other
    /// hosts deliver its files.
    pub(crate) fn below_endpoint<'a>(&self, url: &'a str) -> Option<&'a str> {
        let own = || {
            let id = self.url_endpoint.rsplit('/').next().unwrap_or_default();
            url.strip_prefix("https://ik.imagekit.io/")?.strip_prefix(id)
        };
        url.strip_prefix(self.url_endpoint.as_str()).or_else(own)
    }

    /// The string of an enabled named transformation.
    pub(crate) fn named_transformation(&self, name: &str) -> Option<String> {
        let found = self.named_transformations.iter().find(|named| named.is(name));
        found.map(|named| named.transformation().to_owned())
    }

    /// The files that the layers of a transformation show, by path.
    pub(crate) fn assets(&self, steps: &[Step]) -> HashMap<String, Bytes> {
        let file = |path: String| {
            let version = self.library.at_path(&path)?.current()?;
            Some((path, version.content.blob.read().ok()?))
        };
        render::paths(steps).into_iter().filter_map(file).collect()
    }

    /// Returns a file for inspection by a test.
    pub(crate) fn stored(&self, file: &File) -> Option<StoredFile> {
        let version = file.current()?;
        StoredFile::new(file, version, self.transformations.get(&version.id))
    }
}
