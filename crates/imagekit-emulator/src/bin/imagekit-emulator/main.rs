//! Serves an emulated ImageKit on a loopback port until it is stopped.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a program")]

mod options;

use std::process::ExitCode;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use imagekit_emulator::{Clock, Emulator, Server};
use options::{Command, Options, USAGE};

fn main() -> ExitCode {
    match Command::read(std::env::args().skip(1)) {
        Ok(Command::Help) => println!("{USAGE}"),
        Ok(Command::Version) => println!("imagekit-emulator {}", env!("CARGO_PKG_VERSION")),
        Ok(Command::Serve(options)) => return serve(options),
        Err(error) => {
            eprintln!("imagekit-emulator: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn serve(options: Options) -> ExitCode {
    let Options { address, url_endpoint, webhooks, seed, job_duration, log, discard_bytes } =
        options;
    let (private, public) = options::keys();
    let own_key = private != Emulator::PRIVATE_KEY;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let emulator = Emulator::with_keys(private, public)
        .with_clock(Clock::system())
        .with_seed(seed.unwrap_or(now.as_nanos() as u64))
        .with_job_duration(job_duration.unwrap_or_default())
        .discard_bytes(discard_bytes);
    for webhook in webhooks {
        match options::signed(webhook) {
            Ok(webhook) => emulator.add_webhook(webhook),
            Err(error) => {
                eprintln!("imagekit-emulator: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    let server = match Server::start_at(emulator, address) {
        Ok(server) => server,
        Err(error) => {
            eprintln!("imagekit-emulator: {address}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let own = || format!("{}/demo", server.url());
    let url_endpoint = url_endpoint.unwrap_or_else(own);
    // All clones share it, the server's too.
    let _ = server.emulator().clone().with_url_endpoint(&url_endpoint);
    introduce(&server.url(), own_key, &url_endpoint);
    if log {
        let emulator = server.emulator().clone();
        std::thread::spawn(move || print_requests(&emulator));
    }
    server.wait();
    ExitCode::SUCCESS
}

/// Prints the address of the server and how to use it.
fn introduce(url: &str, own_key: bool, url_endpoint: &str) {
    let (shown, shell) = if own_key {
        ("from IMAGEKIT_PRIVATE_KEY", "$IMAGEKIT_PRIVATE_KEY")
    } else {
        (Emulator::PRIVATE_KEY, Emulator::PRIVATE_KEY)
    };
    println!("An emulated ImageKit is at {url}, for the API and for uploads.");
    println!();
    println!("  private key   {shown}");
    println!("  Rust          Config::new(key)?.with_api_url({url:?})?.with_upload_url({url:?})?");
    println!("  URL endpoint  {url_endpoint}");
    println!("  web page      {url}/_emulator");
    println!("  curl          curl -u \"{shell}:\" {url}/v1/files");
    println!();
    println!("Ctrl+C stops it; its library is gone then.");
}

/// Prints each request when it arrives.
fn print_requests(emulator: &Emulator) {
    loop {
        for request in emulator.take_requests() {
            let status =
                request.status.map_or("dropped".to_owned(), |status| status.as_u16().to_string());
            let operation = request.operation.unwrap_or("-");
            println!("{} {} {status} {operation}", request.method, request.path);
        }
        sleep(Duration::from_millis(100));
    }
}
