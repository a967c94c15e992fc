//! Requests that ImageKit would send to `webhookUrl`.

use serde_json::Value;

/// A request that ImageKit would send to the `webhookUrl` of an upload or update when an
/// extension has ended. The emulator records it; a `Server` sends it, if the URL is one of this
/// machine.
///
/// ```
/// use imagekit_emulator::Emulator;
///
/// let emulator = Emulator::new();
/// // ... what your application does ...
/// for callback in emulator.callbacks() {
///     println!("POST {} {}", callback.url, callback.body);
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Callback {
    /// The `webhookUrl`.
    pub url: String,
    /// The JSON of the body: `service`, `status` (`SUCCESS` or `FAILURE`) and either
    /// `fileObject` or `fileId` and `error`.
    pub body: Value,
}

impl Callback {
    pub(crate) fn new(url: String, body: Value) -> Self {
        Self { url, body }
    }
}
