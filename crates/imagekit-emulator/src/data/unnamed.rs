//! Files that have no name until they are complete, so that a killed program leaves no part of one.

use std::io;
use std::path::Path;

/// Writes a file and gives it its name. `None`: this way is not possible here.
#[cfg(target_os = "linux")]
pub(super) fn write(path: &Path, bytes: &[u8]) -> Option<io::Result<()>> {
    use std::fs::File;
    use std::io::Write as _;
    use std::os::fd::AsRawFd as _;

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, openat};

    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    // Not every file system has such files.
    let file = openat(CWD, path.parent()?, flags, Mode::from_raw_mode(0o600)).ok()?;
    let mut file = File::from(file);
    if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_data()) {
        return Some(Err(error));
    }
    // Without `/proc` it cannot be named.
    let unnamed = format!("/proc/self/fd/{}", file.as_raw_fd());
    linkat(CWD, unnamed, CWD, path, AtFlags::SYMLINK_FOLLOW).ok().map(Ok)
}

/// Other systems have no such files.
#[cfg(not(target_os = "linux"))]
pub(super) fn write(_path: &Path, _bytes: &[u8]) -> Option<io::Result<()>> {
    None
}
