//! Uploads a file from disk: `IMAGEKIT_PRIVATE_KEY=.. cargo run --example ureq_upload -- PATH`.

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use imagekit_ureq::proto::RetryPolicy;
use imagekit_ureq::proto::api::upload::{FileSource, UploadFile};
use imagekit_ureq::{Client, Payload};

#[expect(clippy::print_stdout, reason = "that is what it is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let path = PathBuf::from(std::env::args_os().nth(1).ok_or("which file? give its path")?);
    let name = path.file_name().ok_or("the path has no file name")?.to_string_lossy().into_owned();
    let request = UploadFile::new(name, FileSource::payload(0));
    let policy = RetryPolicy::default().attempt_timeout(Duration::from_secs(3600));
    let reply = Client::from_env()?.upload_with(request, Payload::path(path), policy)?;
    match reply.file() {
        Some(file) => println!("{}", file.url),
        None => println!("accepted: a transformation is queued"),
    }
    Ok(())
}
