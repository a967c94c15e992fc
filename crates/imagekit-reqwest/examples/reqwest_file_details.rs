//! Prints the details of a file: `IMAGEKIT_PRIVATE_KEY=.. cargo run --example reqwest_file_details -- ID`.

use std::error::Error;

use imagekit_reqwest::Client;
use imagekit_reqwest::proto::api::files::GetFileDetails;

#[expect(clippy::print_stdout, reason = "that is what it is for")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let id = std::env::args().nth(1).ok_or("which file? give its id")?;
    let file = Client::from_env()?.send(GetFileDetails::new(id)).await?;
    println!("{}\n{}\n{:#?}", file.file_path, file.url, file.value);
    Ok(())
}
