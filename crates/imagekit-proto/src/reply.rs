//! A successful answer.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;

use crate::secret::HiddenBytes;
use crate::wire::Meta;

/// The result of an operation, and what came with it. Reads like the result itself.
///
/// `Debug` prints the result and the length of the body.
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The result.
    pub value: T,
    /// Status, request id, rate limit.
    pub meta: Meta,
    /// The body as it came.
    pub body: Bytes,
    /// How many requests were sent, this answer's included.
    pub attempts: u32,
}

impl<T> Reply<T> {
    /// The result alone.
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("value", &self.value)
            .field("meta", &self.meta)
            .field("body", &HiddenBytes(&self.body))
            .field("attempts", &self.attempts)
            .finish()
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
