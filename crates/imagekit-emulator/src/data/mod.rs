//! A data folder: the log of all changes, and the bytes of file versions.
//!
//! ```text
//! DIR/lock                     locked while an emulator uses the folder
//! DIR/log                      a header, then records: see `frame`
//! DIR/log.new                  a snapshot that is being written, and becomes `log`
//! DIR/files/0000000000000001   the bytes of a file version
//! DIR/files/….part             bytes that are being written, where `unnamed` files are not possible
//! ```
//!
//! Bytes are on disk before the record that names them, a record is on disk before the response
//! to its request, and files are removed after the record that no longer needs them. So after a
//! crash the log is right up to its last complete record, and what it does not name is removed.
//!
//! This module knows bytes and records; what they say is the matter of `records`.

mod bytes;
mod error;
mod frame;
mod log;
mod unnamed;

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

pub(crate) use bytes::{Files, StoredBytes};
pub use error::DataError;
pub(crate) use log::{Batch, Log};

/// An open data folder.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) log: Arc<Log>,
    pub(crate) files: Arc<Files>,
    /// The last batch that a response has to wait for.
    pub(crate) awaited: Option<Arc<Batch>>,
    /// The last record.
    pub(crate) last: Vec<u8>,
    _lock: File,
}

impl Data {
    /// Opens a folder, which no other emulator can then open, and gives each record of its log
    /// to `each`, which says whether it can be read.
    pub(crate) fn open(
        folder: &Path,
        mut each: impl FnMut(&Files, &[u8]) -> bool,
    ) -> Result<Self, DataError> {
        make_private(folder)?;
        let log = folder.join("log");
        if !log.exists() && has_other_files(folder)? {
            return Err(DataError::Foreign { path: folder.to_owned() });
        }
        let lock = lock(folder)?;
        let files = Arc::new(Files::open(folder.join("files"))?);
        // A first start writes the header of the log before it stores any bytes.
        if !log::has_header(&log)? && files.has_any()? {
            return Err(DataError::MissingLog { path: log });
        }
        log::clean(&log)?;
        let named = Arc::clone(&files);
        let log = Log::open(log, Arc::clone(&files), &mut |json| each(&named, json))?;
        Ok(Self { log: Arc::new(log), files, awaited: None, last: Vec::new(), _lock: lock })
    }

    /// Removes the files that no version needs.
    pub(crate) fn clean(&self, is_used: impl Fn(u64) -> bool) -> Result<(), DataError> {
        self.files.take_unused();
        self.files.clean(is_used).map_err(DataError::io(self.files.folder()))
    }
}

/// Makes a folder that only its owner can read: files may be private.
fn make_private(folder: &Path) -> Result<(), DataError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(DataError::io(folder))
}

fn has_other_files(folder: &Path) -> Result<bool, DataError> {
    let entries = fs::read_dir(folder).map_err(DataError::io(folder))?;
    // A crash may have interrupted the first start.
    Ok(entries.flatten().any(|entry| entry.file_name() != "lock" && entry.file_name() != "files"))
}

fn lock(folder: &Path) -> Result<File, DataError> {
    let path = folder.join("lock");
    let file = File::options().create(true).append(true).open(&path);
    let file = file.map_err(DataError::io(&path))?;
    match fs4::FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(fs4::TryLockError::WouldBlock) => Err(DataError::InUse { path: folder.to_owned() }),
        Err(fs4::TryLockError::Error(error)) => Err(DataError::io(path)(error)),
    }
}
