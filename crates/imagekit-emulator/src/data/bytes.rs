//! The bytes of file versions, one file of the data folder each.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::{DataError, unnamed};

/// The end of the name of a file that is being written.
const PART: &str = ".part";

/// The folder with the bytes.
#[derive(Debug)]
pub(crate) struct Files {
    folder: PathBuf,
    next: AtomicU64,
    unused: Mutex<Arc<Unused>>,
}

/// Files that no version needs any more.
#[derive(Debug, Default)]
struct Unused(Mutex<Vec<u64>>);

/// The bytes of a version on disk. Versions with the same bytes share it.
#[derive(Debug)]
pub(crate) struct StoredBytes {
    pub(crate) id: u64,
    path: PathBuf,
    pub(crate) len: u64,
    /// A record of the log says what the bytes are.
    pub(crate) recorded: AtomicBool,
    unused: Arc<Unused>,
}

impl Files {
    /// Opens the folder, and makes it where it is missing.
    pub(super) fn open(folder: PathBuf) -> Result<Self, DataError> {
        fs::create_dir_all(&folder).map_err(DataError::io(&folder))?;
        Ok(Self { folder, next: AtomicU64::new(1), unused: Mutex::default() })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Stores bytes under a new name. When this returns they are on disk, and the name is when
    /// the folder is synced.
    pub(crate) fn store(&self, bytes: &[u8]) -> io::Result<StoredBytes> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.path(id);
        match unnamed::write(&path, bytes) {
            Some(written) => written?,
            None => write_part(&path, bytes)?,
        }
        Ok(self.stored(id, bytes.len() as u64, false))
    }

    /// The bytes that a record names; a later record may say that they are gone.
    pub(crate) fn recorded(&self, id: u64, len: u64) -> StoredBytes {
        self.stored(id, len, true)
    }

    fn stored(&self, id: u64, len: u64, recorded: bool) -> StoredBytes {
        self.next.fetch_max(id.saturating_add(1), Ordering::Relaxed);
        let unused = Arc::clone(&lock(&self.unused));
        StoredBytes { id, path: self.path(id), len, recorded: AtomicBool::new(recorded), unused }
    }

    /// Returns the files that have become unused since the last call.
    pub(crate) fn take_unused(&self) -> Vec<u64> {
        std::mem::take(&mut *lock(&lock(&self.unused).0))
    }

    /// Forgets the bytes that are in use: they are about to be found again.
    pub(crate) fn forget(&self) {
        *lock(&self.unused) = Arc::default();
    }

    /// Removes files. One that stays is removed when the folder is opened again.
    pub(super) fn remove(&self, ids: &[u64]) {
        ids.iter().for_each(|id| drop(fs::remove_file(self.path(*id))));
    }

    /// Whether the folder holds bytes of a version, complete or not.
    pub(super) fn has_any(&self) -> Result<bool, DataError> {
        let entries = fs::read_dir(&self.folder).map_err(DataError::io(&self.folder))?;
        let is_numbered = |entry: fs::DirEntry| numbered(&entry.file_name()).is_some();
        Ok(entries.flatten().any(is_numbered))
    }

    /// Removes incomplete files, and those that `is_used` does not know.
    pub(super) fn clean(&self, is_used: impl Fn(u64) -> bool) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let Some((id, is_part)) = numbered(&entry.file_name()) else { continue };
            self.next.fetch_max(id.saturating_add(1), Ordering::Relaxed);
            if is_part || !is_used(id) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn path(&self, id: u64) -> PathBuf {
        self.folder.join(format!("{id:016x}"))
    }
}

/// Writes a file under another name, and renames it when it is complete.
fn write_part(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension(PART.trim_start_matches('.'));
    let written = File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_data()))
        .and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}

/// The number in a file's name, and whether the file is incomplete; `None` if this module gives no
/// such name.
fn numbered(name: &OsStr) -> Option<(u64, bool)> {
    let name = name.to_str()?;
    let (digits, is_part) = name.strip_suffix(PART).map_or((name, false), |name| (name, true));
    let plain =
        digits.len() == 16 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    u64::from_str_radix(digits, 16).ok().filter(|_| plain).map(|id| (id, is_part))
}

impl StoredBytes {
    /// Checks that the bytes are there.
    pub(crate) fn check(&self) -> Result<(), DataError> {
        if fs::metadata(&self.path).is_ok_and(|found| found.len() == self.len) {
            return Ok(());
        }
        Err(DataError::MissingBytes { path: self.path.clone() })
    }

    pub(crate) fn read(&self) -> io::Result<Bytes> {
        let bytes = fs::read(&self.path)?;
        if bytes.len() as u64 == self.len {
            return Ok(bytes.into());
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "the file has another length"))
    }
}

impl Drop for StoredBytes {
    fn drop(&mut self) {
        lock(&self.unused.0).push(self.id);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_leave_the_whole_file() {
        let folder = std::env::temp_dir().join(format!("emulator-bytes-{}", std::process::id()));
        let files = Files::open(folder.clone()).unwrap();
        let stored = files.store(b"hello").unwrap();
        assert_eq!(stored.read().unwrap(), "hello");
        write_part(&files.path(7), b"again").unwrap();
        assert_eq!(files.recorded(7, 5).read().unwrap(), "again");
        assert!(files.recorded(7, 6).read().is_err());
        let names = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
        assert!(names.into_iter().all(|name| name.len() == 16));
        fs::remove_dir_all(&folder).unwrap();
        // A failure leaves nothing.
        assert!(files.store(b"hello").is_err() && !folder.exists());
    }
}
