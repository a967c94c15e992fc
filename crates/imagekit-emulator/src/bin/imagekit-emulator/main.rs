//! Serves an emulated ImageKit until it is stopped.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a program")]

mod introduction;
mod options;
mod stop;

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use imagekit_emulator::{Clock, Emulator, Server};
use imagekit_proto::Secret;
use options::{Command, Options};

fn main() -> ExitCode {
    let environment = |name: &str| std::env::var_os(name);
    match options::read(std::env::args_os().skip(1), &environment) {
        Ok(Command::Help) => print(options::USAGE),
        Ok(Command::Version) => print(concat!("imagekit-emulator ", env!("CARGO_PKG_VERSION"))),
        Ok(Command::Serve(options)) => {
            if let Err(message) = serve(*options) {
                eprintln!("imagekit-emulator: {message}");
                return ExitCode::FAILURE;
            }
        }
        Err(message) => {
            eprintln!("imagekit-emulator: {message}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// Serves until a signal comes.
fn serve(options: Options) -> Result<(), String> {
    let stop = stop::Stop::new().map_err(|error| format!("no signal can be received: {error}"))?;
    let emulator = emulator(&options)?;
    let server = Server::start_at(emulator, options.address)
        .map_err(|error| unavailable(&options, &error))?;
    let own = || format!("{}/{}", server.url(), options.id);
    let url_endpoint = options.url_endpoint.clone().unwrap_or_else(own);
    // All clones share it, the server's too.
    let emulator = server.emulator().clone().with_url_endpoint(&url_endpoint);
    print(&introduction::of(&server.url(), &url_endpoint, &options));
    if options.log {
        std::thread::spawn(move || print_requests(&emulator));
    }
    stop.wait();
    Ok(())
}

fn emulator(options: &Options) -> Result<Emulator, String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let private_key = options.private_key.clone();
    let private_key = private_key.unwrap_or_else(|| Secret::from(Emulator::PRIVATE_KEY));
    let mut emulator = Emulator::with_keys(private_key, options.public_key.as_str())
        .with_clock(Clock::system())
        .with_seed(options.seed.unwrap_or(now.as_nanos() as u64))
        .with_job_duration(options.job_duration)
        .with_latency(options.latency)
        .with_rate_limit(options.rate_limit)
        .discard_bytes(options.discard_bytes);
    for folder in &options.fetch_from {
        let opened = emulator.with_fetch_folder(folder);
        emulator = opened.map_err(|error| format!("--fetch-from {folder:?}: {error}"))?;
    }
    if let Some(folder) = &options.data {
        emulator =
            emulator.with_data(folder).map_err(|error| format!("--data: {}", all(&error)))?;
    }
    for folder in &options.load {
        emulator.load(folder).map_err(|error| format!("--load: {}", all(&error)))?;
    }
    options.webhooks.iter().for_each(|webhook| emulator.add_webhook(webhook.clone()));
    options.faults.iter().for_each(|fault| emulator.inject(fault.clone()));
    Ok(emulator)
}

/// Why a server does not start.
fn unavailable(options: &Options, error: &io::Error) -> String {
    let address: SocketAddr = options.address;
    match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "another program listens on {address}; stop it, or choose another port by --port (0 is \
             a free one)"
        ),
        io::ErrorKind::AddrNotAvailable => {
            format!("this machine does not have the address {}", address.ip())
        }
        io::ErrorKind::PermissionDenied => {
            format!("you may not listen on {address}; choose a port from 1024 on by --port")
        }
        _ => format!("{address}: {error}"),
    }
}

/// An error with its causes.
fn all(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // Writing to a string does not fail.
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}

/// Prints each request when it arrives.
fn print_requests(emulator: &Emulator) {
    loop {
        for request in emulator.take_requests() {
            let status =
                request.status.map_or("dropped".to_owned(), |status| status.as_u16().to_string());
            let operation = request.operation.unwrap_or("-");
            print(&format!("{} {} {status} {operation}", request.method, request.path));
        }
        sleep(Duration::from_millis(100));
    }
}

/// Prints lines; who started the program may have stopped to read them.
fn print(text: &str) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}
