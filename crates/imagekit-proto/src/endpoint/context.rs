//! What a request needs beyond its own fields.

use crate::config::Config;
use crate::endpoint::Operation;
use crate::error::BuildError;
use crate::wire::RequestBuilder;

/// Everything that a request needs beyond its own fields: configuration, entropy, the length of a
/// payload that the transport supplies.
///
/// ```
/// use imagekit_proto::api::files::GetFileDetails;
/// use imagekit_proto::{Config, Endpoint, RequestContext};
///
/// let config = Config::new("private_abc")?;
/// let entropy = 0x5eed; // in a program: 128 random bits
/// let cx = RequestContext::new(&config, entropy);
/// let request = GetFileDetails::new("598821f949c0a938d57563bd").build(&cx)?;
/// assert_eq!(request.uri().host(), Some("api.imagekit.io"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RequestContext<'a> {
    config: &'a Config,
    entropy: u128,
    payload_len: Option<u64>,
    skip_limit_checks: bool,
}

impl<'a> RequestContext<'a> {
    /// Creates a request context. `entropy` must be unpredictable and fresh for every call: the
    /// boundary of a form is made from it.
    pub fn new(config: &'a Config, entropy: u128) -> Self {
        Self { config, entropy, payload_len: None, skip_limit_checks: false }
    }

    /// Announces a payload of exactly `len` bytes, which the transport supplies while it sends.
    pub fn with_payload_len(mut self, len: u64) -> Self {
        self.payload_len = Some(len);
        self
    }

    /// Skips the checks of ImageKit's documented limits, or not.
    pub fn skip_limit_checks(mut self, skip: bool) -> Self {
        self.skip_limit_checks = skip;
        self
    }

    /// Returns the configuration.
    pub fn config(&self) -> &'a Config {
        self.config
    }

    /// Returns the unpredictable bits of this call.
    pub fn entropy(&self) -> u128 {
        self.entropy
    }

    /// Returns the length of the payload that the transport supplies, if there is one.
    pub fn payload_len(&self) -> Option<u64> {
        self.payload_len
    }

    /// Starts the request of `operation`.
    pub fn request(&self, operation: &Operation) -> RequestBuilder<'a> {
        RequestBuilder::new(self.config, operation.server, operation.method.clone(), operation.path)
    }

    /// Checks one of ImageKit's documented limits: refuses `field`, with the reason `why`, unless
    /// `holds` is true or limit checks are skipped.
    ///
    /// # Errors
    ///
    /// [`BuildError::Limit`] when the limit does not hold.
    pub fn ensure(
        &self,
        holds: bool,
        field: &'static str,
        why: &'static str,
    ) -> Result<(), BuildError> {
        if holds || self.skip_limit_checks { Ok(()) } else { Err(BuildError::Limit { field, why }) }
    }
}

/// Refuses an empty text where the API needs one.
pub(crate) fn not_empty(field: &'static str, text: &str) -> Result<(), BuildError> {
    if text.is_empty() { Err(BuildError::Empty { field }) } else { Ok(()) }
}
