//! Putting the files of a folder into the library.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Emulator, cleaned};
use crate::stored_file::PutError;

impl Emulator {
    /// Puts all files in a folder and below it into the library, and returns how many. Names get
    /// the form that uploads give them; files of the library with the same path stay as they are.
    /// Symbolic links are left out.
    ///
    /// # Errors
    ///
    /// The folder or a file cannot be read, or a file cannot be written to the data folder. The
    /// files before it are in the library.
    ///
    /// ```
    /// use imagekit_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// let files = emulator.load(concat!(env!("CARGO_MANIFEST_DIR"), "/src/emulator"))?;
    /// assert!(files > 1);
    /// assert_eq!(emulator.file("/load.rs").unwrap().versions, 1);
    /// # Ok::<(), imagekit_emulator::LoadError>(())
    /// ```
    pub fn load(&self, folder: impl AsRef<Path>) -> Result<usize, LoadError> {
        self.load_below(folder.as_ref(), "")
    }

    /// Puts the files of a folder into the folder `path` of the library.
    fn load_below(&self, folder: &Path, path: &str) -> Result<usize, LoadError> {
        let unreadable = |source| LoadError::Io { path: folder.to_owned(), source };
        let mut entries: Vec<_> = fs::read_dir(folder)
            .map_err(unreadable)?
            .collect::<Result<_, _>>()
            .map_err(unreadable)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        let mut loaded = 0;
        for entry in entries {
            let source = entry.path();
            let unreadable = |error| LoadError::Io { path: source.clone(), source: error };
            let kind = entry.file_type().map_err(unreadable)?;
            let target = format!("{path}/{}", entry.file_name().to_string_lossy());
            if kind.is_dir() {
                loaded += self.load_below(&source, &target)?;
            } else if kind.is_file() && !self.has_file(&cleaned(&target)) {
                let bytes = fs::read(&source).map_err(unreadable)?;
                self.put(&cleaned(&target), bytes).map_err(LoadError::Put)?;
                loaded += 1;
            }
        }
        Ok(loaded)
    }

    fn has_file(&self, path: &str) -> bool {
        self.state().library.at_path(path).is_some()
    }
}

/// The files of a folder could not be put into the library.
///
/// ```
/// use imagekit_emulator::{Emulator, LoadError};
///
/// let error = Emulator::new().load("/nowhere").unwrap_err();
/// assert!(matches!(&error, LoadError::Io { .. }));
/// assert_eq!(error.to_string(), "\"/nowhere\" cannot be read");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// The folder, or a file in it, cannot be read.
    #[non_exhaustive]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A file cannot be put into the library.
    Put(PutError),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, .. } => write!(f, "{path:?} cannot be read"),
            Self::Put(error) => error.fmt(f),
        }
    }
}

impl Error for LoadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Put(error) => error.source(),
        }
    }
}
