//! Uploads the files of a folder, 16 at a time:
//! `IMAGEKIT_PRIVATE_KEY=.. cargo run --example ureq_upload_folder -- FOLDER`.
#![expect(clippy::print_stdout, reason = "that is what it is for")]

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use imagekit_ureq::proto::api::upload::UploadFile;
use imagekit_ureq::{Client, Payload, Upload};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("which folder? give its path")?;
    let (uploaded, failed) = upload_folder(&Client::from_env()?, Path::new(&folder))?;
    println!("{uploaded} files uploaded, {failed} failed");
    Ok(())
}

/// Uploads every file of `folder`, and returns how many succeeded and failed.
pub(crate) fn upload_folder(client: &Client, folder: &Path) -> io::Result<(usize, usize)> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths = entries.collect::<io::Result<Vec<PathBuf>>>()?;
    paths.retain(|path| path.is_file());
    // Nothing is opened before its turn comes.
    let uploads = paths.iter().map(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let request = UploadFile::new(name).folder("/sale").use_unique_file_name(false);
        Upload::new(request, Payload::path(path))
    });
    let mut all = client.send_all(uploads, 16);
    for (path, sent) in paths.iter().zip(all.by_ref()) {
        if let Err(error) = sent.outcome {
            println!("{}: {error}", path.display());
        }
    }
    let end = all.finish();
    Ok((end.succeeded, end.failed))
}
