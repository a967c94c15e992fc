//! The bytes of a version, in memory or in a data folder.

use std::io;
#[cfg(feature = "server")]
use std::sync::Arc;

use bytes::Bytes;

#[cfg(feature = "server")]
use crate::data::StoredBytes;

/// The bytes of a version: all of them, or the first ones only.
#[derive(Clone, Debug)]
pub(crate) enum Blob {
    Memory(Bytes),
    #[cfg(feature = "server")]
    Disk(Arc<StoredBytes>),
}

impl Blob {
    /// How many bytes are kept.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            #[cfg(feature = "server")]
            Self::Disk(stored) => stored.len,
        }
    }

    pub(crate) fn read(&self) -> io::Result<Bytes> {
        match self {
            Self::Memory(bytes) => Ok(bytes.clone()),
            #[cfg(feature = "server")]
            Self::Disk(stored) => stored.read(),
        }
    }
}
