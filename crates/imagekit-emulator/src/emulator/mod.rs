//! The emulator: settings and state.

mod exchange;
mod inspect;
mod keep;
mod load;
mod transport;

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

#[cfg(feature = "server")]
pub(crate) use exchange::Begun;
pub(crate) use exchange::Payload;
pub use exchange::body_bytes;
use imagekit_proto::Secret;
pub(crate) use inspect::cleaned;
pub use load::LoadError;

use crate::clock::Clock;
use crate::ids::Ids;
use crate::ratelimit::RateLimit;
use crate::state::State;

/// The bytes kept of a file when the others are discarded.
const HEAD: usize = 16 * 1024 * 1024;

/// ImageKit's API over a media library in memory.
///
/// Clones share one library. The responses depend on the requests alone: ids come from a
/// [seed](Self::with_seed), time from a [`Clock`] that is fixed by default.
///
/// ```
/// use http::Request;
/// use imagekit_emulator::Emulator;
///
/// let emulator = Emulator::new();
/// let request = Request::get("https://api.imagekit.io/v1/files").body(Default::default())?;
/// let response = emulator.respond(request);
/// assert_eq!(response.status(), 401); // no key
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
pub struct Emulator(Arc<Mutex<State>>);

impl Emulator {
    /// The default private key.
    pub const PRIVATE_KEY: &'static str = crate::auth::DEFAULT_PRIVATE_KEY;
    /// The e-mail address of the user that uploads files: what a search by `createdBy` finds.
    pub const USER: &'static str = "user@example.com";
    /// The secret of webhooks that were not given one.
    pub const WEBHOOK_SECRET: &'static str = crate::events::DEFAULT_SECRET;
    /// The default public key.
    pub const PUBLIC_KEY: &'static str = "public_emulator";

    /// Creates an empty library with the key [`PRIVATE_KEY`](Self::PRIVATE_KEY).
    pub fn new() -> Self {
        Self::with_keys(Self::PRIVATE_KEY, Self::PUBLIC_KEY)
    }

    /// Creates an empty library with this private key. The public key is for uploads that
    /// are authorised by a signature or a token.
    pub fn with_keys(private_key: impl Into<Secret>, public_key: impl Into<String>) -> Self {
        Self(Arc::new(Mutex::new(State::new(private_key.into(), public_key.into()))))
    }

    /// Takes the time from `clock`, for all clones.
    pub fn with_clock(self, clock: Clock) -> Self {
        self.state().clock = clock;
        self
    }

    /// Sets the seed of ids, request ids and file name suffixes, for all clones.
    pub fn with_seed(self, seed: u64) -> Self {
        self.state().ids = Ids::seeded(seed);
        self
    }

    /// Sets the limit of each operation, for all clones.
    pub fn with_rate_limit(self, limit: RateLimit) -> Self {
        self.state().rate_limit = limit;
        self
    }

    /// Sets the URL endpoint of files, for all clones. The default is `https://ik.imagekit.io/demo`.
    pub fn with_url_endpoint(self, url: &str) -> Self {
        self.state().url_endpoint = url.trim_end_matches('/').to_owned();
        self
    }

    /// Keeps only the first 16 MiB of a file, for all clones: large uploads then cost no
    /// memory. Sizes stay right; a larger image is inspected by what is kept.
    pub fn discard_bytes(self, discard: bool) -> Self {
        self.state().discard_bytes = discard;
        self
    }

    /// Lets web pages of any origin send every request to a `Server`, or not, for all clones. ImageKit,
    /// and the emulator unless this is set, lets them upload only: a page must not have the private
    /// key. For tests of clients that run in a browser.
    pub fn allow_cross_origin(self, allow: bool) -> Self {
        self.state().cross_origin = allow;
        self
    }

    /// Makes folder jobs and purges take this long, for all clones.
    ///
    /// Their effect is there at once. Until then their status is pending and a folder job locks
    /// its folders (423). Without it, only the first status request says pending.
    pub fn with_job_duration(self, duration: Duration) -> Self {
        self.state().job_duration = duration;
        self
    }

    /// Delays every response by this time, for all clones.
    pub fn with_latency(self, latency: Duration) -> Self {
        self.state().latency = latency;
        self
    }

    /// Lets uploads by URL read the files in a folder and below it, for all clones: as
    /// `file:///photos/cat.jpg` if the folder is `/photos`. No other files can be read.
    ///
    /// # Errors
    ///
    /// There is no such folder.
    pub fn with_fetch_folder(self, folder: impl AsRef<Path>) -> io::Result<Self> {
        self.state().fetch_folders.allow(folder.as_ref())?;
        Ok(self)
    }

    /// Sets how many purges are possible in a month, for all clones; 1000 unless set.
    pub fn with_purge_quota(self, purges: u32) -> Self {
        self.state().purges.quota = purges;
        self
    }

    /// Whether the private key is another one than that of every emulator.
    #[cfg(feature = "server")]
    pub(crate) fn has_own_key(&self) -> bool {
        self.state().keys.is_own()
    }

    /// The state. A panic elsewhere leaves it usable: no handler leaves it half changed.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Emulator {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Emulator")
            .field("clock", &state.clock)
            .field("url_endpoint", &state.url_endpoint)
            .field("files", &state.library.len())
            .finish_non_exhaustive()
    }
}
