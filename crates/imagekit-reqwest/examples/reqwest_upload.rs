//! Uploads a file from disk: `IMAGEKIT_PRIVATE_KEY=.. cargo run --example reqwest_upload -- PATH`.

use std::error::Error;
use std::path::PathBuf;

use imagekit_reqwest::Client;
use imagekit_reqwest::proto::api::upload::UploadFile;

#[expect(clippy::print_stdout, reason = "that is what it is for")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = PathBuf::from(std::env::args_os().nth(1).ok_or("which file? give its path")?);
    let name = path.file_name().ok_or("the path has no file name")?.to_string_lossy().into_owned();
    let uploaded = Client::from_env()?.upload(UploadFile::new(name), path).await?;
    match uploaded.file() {
        Some(file) => println!("{}", file.url),
        None => println!("accepted: a transformation is queued"),
    }
    Ok(())
}
