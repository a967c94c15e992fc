//! Why a data folder cannot be used.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// A data folder could not be opened.
///
/// ```
/// use imagekit_emulator::{DataError, Emulator};
///
/// let error = Emulator::open("/dev/null/data").unwrap_err();
/// assert!(matches!(error, DataError::Io { .. }));
/// assert_eq!(
///     error.to_string(),
///     "the data folder needs \"/dev/null/data\", which cannot be created, read or written"
/// );
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum DataError {
    /// A file of the folder, or the folder itself, cannot be created, read or written.
    #[non_exhaustive]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// Another emulator uses the folder.
    #[non_exhaustive]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds other files than an emulator's.
    #[non_exhaustive]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds the bytes of files, and its log is missing or empty.
    #[non_exhaustive]
    MissingLog {
        /// Where the log should be.
        path: PathBuf,
    },
    /// The folder was written by a later version of the emulator.
    #[non_exhaustive]
    Newer {
        /// The log in the folder.
        path: PathBuf,
        /// The format that the log has.
        format: u32,
    },
    /// A record of the log is damaged, and more records follow it.
    #[non_exhaustive]
    Damaged {
        /// The log in the folder.
        path: PathBuf,
        /// Where the damaged record begins, in bytes.
        offset: u64,
    },
    /// The bytes of a file version are missing or have another length.
    #[non_exhaustive]
    MissingBytes {
        /// The file that should hold them.
        path: PathBuf,
    },
}

impl DataError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.into(), source }
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, .. } => {
                write!(
                    f,
                    "the data folder needs {path:?}, which cannot be created, read or written"
                )
            }
            Self::InUse { path } => write!(
                f,
                "another emulator uses the data folder {path:?}; stop it, or use another folder"
            ),
            Self::Foreign { path } => write!(
                f,
                "the folder {path:?} has files that are not an emulator's; use an empty or new one"
            ),
            Self::MissingLog { path } => write!(
                f,
                "{path:?} is missing or empty, which says what the files beside it in `files` are; \
                 restore it from a copy, or use an empty or new folder; nothing was deleted"
            ),
            Self::Newer { path, format } => write!(
                f,
                "{path:?} has format {format}, and this version of the emulator reads format {}; \
                 update the emulator",
                super::log::FORMAT
            ),
            Self::Damaged { path, offset } => write!(
                f,
                "the record at byte {offset} of {path:?} is damaged, and more records follow; \
                 restore the folder from a copy, or cut the file there to lose all later changes"
            ),
            Self::MissingBytes { path } => write!(
                f,
                "{path:?} is missing or has a wrong length; restore the folder from a copy"
            ),
        }
    }
}

impl Error for DataError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
