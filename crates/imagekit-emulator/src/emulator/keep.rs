//! Keeping the state in a data folder.

#[cfg(feature = "server")]
use std::path::Path;

use super::Emulator;
#[cfg(feature = "server")]
use crate::data::DataError;
use crate::library::Blob;
#[cfg(feature = "server")]
use crate::records;

#[cfg(feature = "server")]
impl Emulator {
    /// Creates an emulator whose library and account are in a folder, as
    /// [`with_data`](Self::with_data) does.
    ///
    /// # Errors
    ///
    /// As [`with_data`](Self::with_data).
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, DataError> {
        Self::new().with_data(folder)
    }

    /// Takes the library and the account from a folder, and keeps all changes there, for all
    /// clones. The folder is created if it is missing. What the emulator held before is dropped.
    ///
    /// Everything that requests create or change survives the end of the program, also when it is
    /// killed: a response is given when its change is on disk. The bytes of files are read from
    /// disk when they are needed. Settings do not belong to the account and have to be made again:
    /// keys, limits, the URL endpoint, [webhooks](Self::add_webhook). Lists for tests begin empty:
    /// requests, events, callbacks, faults. Ids continue, whatever the [seed](Self::with_seed); so
    /// does a [`Clock`](crate::Clock::fixed) that does not go on its own.
    ///
    /// When a change cannot be written the request fails with 500, and changes nothing.
    ///
    /// # Errors
    ///
    /// The folder cannot be created, read or written, is used by another emulator, holds other
    /// files, was written by a later version, or is damaged or incomplete.
    ///
    /// ```
    /// use imagekit_emulator::Emulator;
    ///
    /// # let folder = std::env::temp_dir().join(format!("emulator-doc-{}", std::process::id()));
    /// # let _ = std::fs::remove_dir_all(&folder);
    /// let emulator = Emulator::open(&folder)?;
    /// emulator.put("/a.txt", "hello")?;
    /// drop(emulator);
    ///
    /// let emulator = Emulator::open(&folder)?;
    /// assert_eq!(emulator.stored_bytes("/a.txt").as_deref(), Some(b"hello".as_slice()));
    /// # drop(emulator);
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_data(self, folder: impl AsRef<Path>) -> Result<Self, DataError> {
        records::open(&mut self.state(), folder.as_ref())?;
        Ok(self)
    }

    /// Whether changes are kept in a folder, which takes its time.
    pub(crate) fn has_data(&self) -> bool {
        self.state().data.is_some()
    }

    /// Stores bytes in the data folder, if there is one. Takes its time: the state must not be
    /// locked.
    pub(crate) fn keep(&self, blob: Blob) -> Result<Blob, String> {
        let files = self.state().data.as_ref().map(|data| std::sync::Arc::clone(&data.files));
        match (files, blob) {
            (Some(files), Blob::Memory(bytes)) => match files.store(&bytes) {
                Ok(stored) => Ok(Blob::Disk(std::sync::Arc::new(stored))),
                Err(error) => {
                    let folder = files.folder().display();
                    Err(format!(
                        "The folder {folder} cannot be written: {error}. Nothing was changed."
                    ))
                }
            },
            (_, blob) => Ok(blob),
        }
    }

    /// Waits until everything that was changed so far is in the data folder, if there is one.
    /// If that fails nothing of it has happened.
    pub(crate) fn commit(&self) -> Result<(), String> {
        let awaited = records::commit(&mut self.state());
        let Some((log, batch)) = awaited else { return Ok(()) };
        log.wait(&batch).map_err(|message| {
            records::recover(&mut self.state());
            message.to_string()
        })
    }
}

#[cfg(not(feature = "server"))]
impl Emulator {
    /// The bytes stay in memory.
    pub(crate) fn keep(&self, blob: Blob) -> Result<Blob, String> {
        Ok(blob)
    }

    /// Nothing is kept elsewhere.
    pub(crate) fn commit(&self) -> Result<(), String> {
        Ok(())
    }
}
