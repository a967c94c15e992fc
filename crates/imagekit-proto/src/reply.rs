//! The decoded response of a successful call.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;

use crate::meta::Meta;
use crate::secret::HiddenBytes;

/// The decoded response of a successful call: the result, with status, request id and body.
///
/// Reads like the result itself (it dereferences to it), and a list iterates. To move the result or
/// one of its fields out, take it by [`into_value`](Self::into_value). `Debug` prints the result and
/// the length of the body.
///
/// ```
/// use imagekit_proto::Reply;
/// use imagekit_proto::api::assets::Asset;
/// use imagekit_proto::api::files::FileDetails;
///
/// fn url(file: Reply<FileDetails>) -> String {
///     println!("{} after {} attempts", file.name, file.attempts);
///     file.into_value().url
/// }
///
/// fn print(assets: Reply<Vec<Asset>>) {
///     for asset in assets {
///         println!("{:?}", asset.as_file().map(|file| &file.name));
///     }
/// }
/// # let _ = (url, print);
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The result.
    pub value: T,
    /// Status, request id, rate limit.
    pub meta: Meta,
    /// The body of the response, unchanged.
    pub body: Bytes,
    /// How many requests were sent, the last one included.
    pub attempts: u32,
}

impl<T> Reply<T> {
    /// Returns the result alone.
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T: IntoIterator> IntoIterator for Reply<T> {
    type Item = T::Item;
    type IntoIter = T::IntoIter;

    fn into_iter(self) -> T::IntoIter {
        self.value.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Reply<T>
where
    &'a T: IntoIterator,
{
    type Item = <&'a T as IntoIterator>::Item;
    type IntoIter = <&'a T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.value.into_iter()
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
