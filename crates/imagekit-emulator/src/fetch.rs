//! Files of folders that uploads by URL may read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::route::percent_decode;

const SCHEME: &str = "file://";

/// Whether a URL is one of a file.
pub(crate) fn names_file(url: &str) -> bool {
    url.get(..SCHEME.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME))
}

/// The folders whose files an upload may name by `file:` URLs.
#[derive(Clone, Debug, Default)]
pub(crate) struct FetchFolders(Vec<PathBuf>);

impl FetchFolders {
    /// Allows a folder.
    pub(crate) fn allow(&mut self, folder: &Path) -> io::Result<()> {
        let folder = fs::canonicalize(folder)?;
        if !folder.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotADirectory, "not a folder"));
        }
        self.0.push(folder);
        Ok(())
    }

    /// Reads the file that a URL such as `file:///photos/cat.jpg` names, if it lies in a folder
    /// that is allowed: after symbolic links and `..` are followed.
    pub(crate) fn read(&self, url: &str) -> Option<Bytes> {
        let path = url.get(SCHEME.len()..).filter(|_| names_file(url))?;
        let path = path.strip_prefix("localhost").unwrap_or(path);
        let file = fs::canonicalize(percent_decode(path)).ok()?;
        if !self.0.iter().any(|folder| file.starts_with(folder)) || !file.is_file() {
            return None;
        }
        fs::read(file).ok().map(Bytes::from)
    }
}
