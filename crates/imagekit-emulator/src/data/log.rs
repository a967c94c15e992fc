//! The log: records are appended by a thread of its own, many at once.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;

use super::DataError;
use super::bytes::Files;
use super::frame::{self, End};

/// The format that this version writes, and the latest that it reads.
pub(super) const FORMAT: u32 = 1;
/// What a log begins with; the format and a line feed follow.
const MAGIC: &str = "imagekit-emulator data ";
/// A snapshot replaces the log when this many bytes follow the last snapshot, and at least
/// twice the bytes of that snapshot.
const SNAPSHOT_AFTER: u64 = 8 * 1024 * 1024;
/// The record behind the last one of a snapshot.
const SNAPSHOT_END: &[u8] = b"\"snapshot\"";

/// Appends records to the log of a data folder.
#[derive(Debug)]
pub(crate) struct Log {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    path: PathBuf,
    files: Arc<Files>,
    queue: Mutex<Queue>,
    /// There is something to write, or the end.
    wake: Condvar,
    /// A batch is done.
    done: Condvar,
}

#[derive(Debug)]
struct Queue {
    file: Arc<File>,
    /// The records that are not yet being written.
    records: Vec<u8>,
    /// Files that can be removed once these records are on disk.
    unused: Vec<u64>,
    must_sync: bool,
    batch: Arc<Batch>,
    is_writing: bool,
    /// The bytes of the log that are written.
    written: u64,
    /// The bytes of the last snapshot.
    snapshot: u64,
    failure: Option<Failure>,
    is_closing: bool,
}

/// Why nothing more is written.
#[derive(Clone, Debug)]
struct Failure {
    message: Arc<str>,
    /// The log ends in a state that is not known.
    is_final: bool,
}

/// Records that are written together, and the outcome.
#[derive(Debug, Default)]
pub(crate) struct Batch(OnceLock<Result<(), Arc<str>>>);

/// Takes a record that is read, and says whether it can be.
pub(super) type Each<'a> = &'a mut dyn FnMut(&[u8]) -> bool;

impl Log {
    /// Reads the log of a folder, cuts off an incomplete record, and prepares to append.
    pub(super) fn open(
        path: PathBuf,
        files: Arc<Files>,
        each: Each<'_>,
    ) -> Result<Self, DataError> {
        let io = |source| DataError::Io { path: path.clone(), source };
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(io)?;
        if is_begun(&file).map_err(io)? {
            file.set_len(0).map_err(io)?;
            file.write_all(header().as_bytes()).map_err(io)?;
            file.sync_all().map_err(io)?;
            sync_folder(path.parent().unwrap_or(Path::new("."))).map_err(io)?;
        }
        let (written, snapshot) = read(&path, each)?;
        if file.metadata().map_err(io)?.len() > written {
            file.set_len(written).map_err(io)?;
            file.sync_all().map_err(io)?;
        }
        let queue = Queue {
            file: Arc::new(file),
            records: Vec::new(),
            unused: Vec::new(),
            must_sync: false,
            batch: Arc::default(),
            is_writing: false,
            written,
            snapshot,
            failure: None,
            is_closing: false,
        };
        let shared = Arc::new(Shared {
            path: path.clone(),
            files,
            queue: Mutex::new(queue),
            wake: Condvar::new(),
            done: Condvar::new(),
        });
        let writer = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("imagekit-emulator-log".to_owned())
            .spawn(move || writer.write_all())
            .map_err(io)?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Appends a record. Its batch is on disk when it is done, if `must_sync`. The unused files
    /// are removed then.
    pub(crate) fn append(&self, json: &[u8], unused: Vec<u64>, must_sync: bool) -> Arc<Batch> {
        let mut queue = self.shared.lock();
        if let Some(failure) = &queue.failure {
            return Arc::new(Batch(OnceLock::from(Err(Arc::clone(&failure.message)))));
        }
        frame::write(json, &mut queue.records);
        queue.unused.extend(unused);
        queue.must_sync |= must_sync;
        self.shared.wake.notify_one();
        Arc::clone(&queue.batch)
    }

    /// Waits until a batch is on disk, or cannot be written.
    pub(crate) fn wait(&self, batch: &Batch) -> Result<(), Arc<str>> {
        let mut queue = self.shared.lock();
        loop {
            if let Some(outcome) = batch.0.get() {
                return outcome.clone();
            }
            queue = self.shared.done.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whether records could not be written, and the log is as it was before them.
    pub(crate) fn can_recover(&self) -> bool {
        self.shared.lock().failure.as_ref().is_some_and(|failure| !failure.is_final)
    }

    /// Reads the log again. Nobody may append meanwhile.
    pub(crate) fn read(&self, each: Each<'_>) -> Result<(), DataError> {
        read(&self.shared.path, each).map(drop)
    }

    /// Continues after a failure.
    pub(crate) fn resume(&self) {
        self.shared.lock().failure = None;
    }

    /// Whether the log has grown enough for a snapshot.
    pub(crate) fn wants_snapshot(&self) -> bool {
        let queue = self.shared.lock();
        let since = queue.written.saturating_sub(queue.snapshot);
        since > SNAPSHOT_AFTER.max(queue.snapshot.saturating_mul(2))
    }

    /// Replaces the log by records that say the same. Nobody may append meanwhile. If that fails
    /// the log stays as it is.
    pub(crate) fn replace(
        &self,
        records: impl Iterator<Item = serde_json::Result<Vec<u8>>>,
    ) -> io::Result<()> {
        let mut queue = self.shared.lock();
        while queue.is_writing || !queue.records.is_empty() {
            queue = self.shared.done.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        if queue.failure.is_some() {
            return Ok(());
        }
        let new = new_path(&self.shared.path);
        match write_snapshot(&new, &self.shared.path, records) {
            Ok((file, length)) => {
                queue.file = Arc::new(file);
                (queue.written, queue.snapshot) = (length, length);
                Ok(())
            }
            Err(error) => {
                let _ = fs::remove_file(new);
                // The next attempt comes after as many bytes again.
                queue.snapshot = queue.written;
                Err(error)
            }
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.shared.lock().is_closing = true;
        self.shared.wake.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes batch after batch until the log closes.
    fn write_all(&self) {
        let mut queue = self.lock();
        loop {
            if queue.records.is_empty() {
                if queue.is_closing {
                    let _ = queue.file.sync_data();
                    return;
                }
                queue = self.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let records = std::mem::take(&mut queue.records);
            let unused = std::mem::take(&mut queue.unused);
            let must_sync = std::mem::take(&mut queue.must_sync);
            let batch = std::mem::take(&mut queue.batch);
            let file = Arc::clone(&queue.file);
            let before = queue.written;
            queue.is_writing = true;
            drop(queue);
            let outcome = self.write(&file, &records, must_sync);
            let (is_lost, failure) = match outcome {
                Ok(()) => (false, None),
                // No response waits for what is lost; the counters in memory go on.
                Err(error) => {
                    let failure = self.undo(&file, before, &error);
                    (true, Some(failure).filter(|failure| must_sync || failure.is_final))
                }
            };
            if !is_lost {
                self.files.remove(&unused);
            }
            queue = self.lock();
            queue.is_writing = false;
            match failure {
                None => {
                    if !is_lost {
                        queue.written = before + records.len() as u64;
                    }
                    let _ = batch.0.set(Ok(()));
                }
                Some(failure) => {
                    // What was appended meanwhile builds on what is lost.
                    queue.records.clear();
                    queue.unused.clear();
                    let later = std::mem::take(&mut queue.batch);
                    for batch in [batch, later] {
                        let _ = batch.0.set(Err(Arc::clone(&failure.message)));
                    }
                    queue.failure = Some(failure);
                }
            }
            self.done.notify_all();
        }
    }

    fn write(&self, mut file: &File, records: &[u8], must_sync: bool) -> io::Result<()> {
        if must_sync {
            sync_folder(self.files.folder())?;
        }
        file.write_all(records)?;
        if must_sync { file.sync_data() } else { Ok(()) }
    }

    /// Cuts off what a failed write has left.
    fn undo(&self, file: &File, before: u64, error: &io::Error) -> Failure {
        let folder = self.path.parent().unwrap_or(&self.path).display();
        let is_final = file.set_len(before).and_then(|()| file.sync_data()).is_err();
        let message = if is_final {
            format!("The data folder {folder} cannot be written: {error}. Restart the emulator.")
        } else {
            format!("The data folder {folder} cannot be written: {error}. Nothing was changed.")
        };
        Failure { message: message.into(), is_final }
    }
}

fn header() -> String {
    format!("{MAGIC}{FORMAT}\n")
}

/// Whether a log is new, or a crash interrupted its first start.
fn is_begun(log: &File) -> io::Result<bool> {
    let mut start = Vec::new();
    log.take(header().len() as u64).read_to_end(&mut start)?;
    Ok(start.len() < header().len() && header().as_bytes().starts_with(&start))
}

/// Whether a log is there, with its whole first line.
pub(super) fn has_header(log: &Path) -> Result<bool, DataError> {
    match File::open(log) {
        Ok(file) => is_begun(&file).map(|is_begun| !is_begun).map_err(DataError::io(log)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(DataError::io(log)(error)),
    }
}

/// Where a snapshot is written, before it replaces the log.
fn new_path(log: &Path) -> PathBuf {
    log.with_extension("new")
}

/// Removes what is left of a snapshot that a crash interrupted.
pub(super) fn clean(log: &Path) -> Result<(), DataError> {
    let new = new_path(log);
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(DataError::io(new)(error)),
        _ => Ok(()),
    }
}

/// Reads all complete records. Returns the bytes up to the end of the last one, and of the
/// snapshot at the beginning.
fn read(path: &Path, each: Each<'_>) -> Result<(u64, u64), DataError> {
    let io = |source| DataError::Io { path: path.to_owned(), source };
    let mut log = File::open(path).map_err(io)?;
    let begin = read_header(path, &mut log)?;
    let mut snapshot = 0;
    let end = frame::read_all(BufReader::with_capacity(1 << 20, log), begin, |json, after| {
        if json == SNAPSHOT_END {
            snapshot = after;
            return true;
        }
        each(json)
    });
    match end.map_err(io)? {
        End::At(offset) => Ok((offset, snapshot)),
        End::Damaged(offset) => Err(DataError::Damaged { path: path.to_owned(), offset }),
    }
}

/// Checks the first line. Returns its length.
fn read_header(path: &Path, log: &mut File) -> Result<u64, DataError> {
    let io = |source| DataError::Io { path: path.to_owned(), source };
    let mut start = Vec::new();
    log.take(64).read_to_end(&mut start).map_err(io)?;
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let format = std::str::from_utf8(line).ok().and_then(|line| line.strip_prefix(MAGIC));
    let format = format.and_then(|format| format.parse::<u32>().ok());
    match format {
        None => Err(DataError::Damaged { path: path.to_owned(), offset: 0 }),
        Some(format) if format > FORMAT => Err(DataError::Newer { path: path.to_owned(), format }),
        Some(_) => {
            let length = line.len() as u64 + 1;
            log.seek(SeekFrom::Start(length)).map_err(io)?;
            Ok(length)
        }
    }
}

/// Writes records to `new` and renames it to `log`. Returns the file, open at its end.
fn write_snapshot(
    new: &Path,
    log: &Path,
    records: impl Iterator<Item = serde_json::Result<Vec<u8>>>,
) -> io::Result<(File, u64)> {
    let mut length = 0;
    let mut file = BufWriter::with_capacity(1 << 20, File::create(new)?);
    let mut put = |bytes: &[u8]| {
        length += bytes.len() as u64;
        file.write_all(bytes)
    };
    put(header().as_bytes())?;
    let mut line = Vec::new();
    for record in records.chain([Ok(SNAPSHOT_END.to_vec())]) {
        line.clear();
        frame::write(&record?, &mut line);
        put(&line)?;
    }
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    let file = OpenOptions::new().append(true).open(new)?;
    fs::rename(new, log)?;
    sync_folder(log.parent().unwrap_or(Path::new(".")))?;
    Ok((file, length))
}

/// Makes the names in a folder last.
fn sync_folder(folder: &Path) -> io::Result<()> {
    // Other systems do not open folders.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
