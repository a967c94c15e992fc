//! Prints the details of a file: `IMAGEKIT_PRIVATE_KEY=.. cargo run --example ureq_file_details -- ID`.

use std::error::Error;

use imagekit_ureq::Client;
use imagekit_ureq::proto::api::files::GetFileDetails;

#[expect(clippy::print_stdout, reason = "that is what it is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let id = std::env::args().nth(1).ok_or("which file? give its id")?;
    let file = Client::from_env()?.send(GetFileDetails::new(id))?;
    println!("{}\n{}\n{:#?}", file.file_path, file.url, file.value);
    Ok(())
}
