//! Serves an emulated ImageKit on a loopback port until it is stopped.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use imagekit_emulator::{Clock, Emulator, Server};

const USAGE: &str = "usage: imagekit-emulator [--discard-bytes] [ADDRESS]

Serves ImageKit's API over an empty media library in memory.
ADDRESS is a loopback address with a port; 127.0.0.1:8787 unless given, port 0 is a free one.
--discard-bytes keeps only the first 16 MiB of a file, so that large uploads cost no memory.
IMAGEKIT_PRIVATE_KEY and IMAGEKIT_PUBLIC_KEY set the keys it answers to.
A request header such as `x-emulator-fault: 429; reset=1500` makes that request go wrong
(`delay=1500` answers later; `drop` and `drop-after` end the connection).";

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program")]
fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let discard = arguments.iter().any(|argument| argument == "--discard-bytes");
    arguments.retain(|argument| argument != "--discard-bytes");
    let address = match arguments.as_slice() {
        [] => "127.0.0.1:8787",
        [address] => address.as_str(),
        _ => "",
    };
    let Ok(address) = address.parse::<SocketAddr>() else {
        if matches!(address, "-h" | "--help") {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let key =
        |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let private = key("IMAGEKIT_PRIVATE_KEY", Emulator::PRIVATE_KEY);
    let public = key("IMAGEKIT_PUBLIC_KEY", Emulator::PUBLIC_KEY);
    let own_key = private == Emulator::PRIVATE_KEY;
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let emulator = Emulator::with_keys(private, public)
        .with_clock(Clock::system())
        .with_seed(seed)
        .discard_bytes(discard);
    match Server::start_at(emulator, address) {
        Ok(server) => {
            let url = server.url();
            println!("An emulated ImageKit is at {url}, for the API and for uploads.");
            println!();
            println!("  private key   {}", if own_key { Emulator::PRIVATE_KEY } else { "yours" });
            println!(
                "  Rust          Config::new(key)?.with_api_url({url:?})?.with_upload_url({url:?})?"
            );
            println!("  curl          curl -u {}: {url}/v1/files", Emulator::PRIVATE_KEY);
            println!();
            println!("Ctrl+C stops it; its library is gone then.");
            server.wait();
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("imagekit-emulator: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
