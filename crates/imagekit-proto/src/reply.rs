//! A successful answer.

use std::ops::Deref;

use bytes::Bytes;

use crate::wire::Meta;

/// The result of an operation, and what came with it. Reads like the result itself.
#[derive(Clone, Debug)]
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

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
