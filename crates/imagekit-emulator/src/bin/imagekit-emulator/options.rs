//! The arguments and environment variables of the program.

use std::net::SocketAddr;
use std::time::Duration;

use imagekit_emulator::{Emulator, Webhook, WebhookError};

pub(crate) const USAGE: &str = "usage: imagekit-emulator [OPTIONS] [ADDRESS]

Serves ImageKit's API over an empty media library in memory.

ADDRESS                a loopback address, a port, or both: 9000, localhost:9000,
                       127.0.0.1:9000; 127.0.0.1:8787 unless given, port 0 is a free one
--port PORT            the same as PORT for ADDRESS
--url-endpoint URL     what the URLs of files begin with; otherwise the server's own address and
                       /demo, so that a browser shows the files
--webhook URL          posts events to this http URL; may be given several times
--seed NUMBER          makes ids repeatable; otherwise they differ with every start
--job-duration MILLIS  how long folder jobs and purges are pending, and lock folders
--log                  prints a line for every request
--discard-bytes        keeps only the first 16 MiB of a file, so that large uploads cost no memory
--help, --version      print this text, or the version

IMAGEKIT_PRIVATE_KEY and IMAGEKIT_PUBLIC_KEY set the keys that it accepts,
IMAGEKIT_WEBHOOK_SECRET the secret that events are signed with.
A request header such as `x-emulator-fault: 429; reset=1500` makes that request fail; the
documentation of the type Fault has the whole syntax.";

/// The command to run.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Version,
    Serve(Options),
}

/// How to serve.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) address: SocketAddr,
    pub(crate) url_endpoint: Option<String>,
    pub(crate) webhooks: Vec<Webhook>,
    pub(crate) seed: Option<u64>,
    pub(crate) job_duration: Option<Duration>,
    pub(crate) log: bool,
    pub(crate) discard_bytes: bool,
}

impl Command {
    /// Reads the arguments; the error says what is wrong with them.
    pub(crate) fn read(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut options = Options {
            address: SocketAddr::from(([127, 0, 0, 1], 8787)),
            url_endpoint: None,
            webhooks: Vec::new(),
            seed: None,
            job_duration: None,
            log: false,
            discard_bytes: false,
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
                _ => (argument.as_str(), None),
            };
            let mut value = || {
                let value = inline.clone().or_else(|| arguments.next());
                value.ok_or_else(|| format!("{name} needs a value"))
            };
            match name {
                "-h" | "--help" => return Ok(Self::Help),
                "-V" | "--version" => return Ok(Self::Version),
                "--port" => options.address = address(&value()?)?,
                "--webhook" => {
                    let webhook = Webhook::new(&value()?).map_err(|error| error.to_string())?;
                    options.webhooks.push(webhook);
                }
                "--url-endpoint" => options.url_endpoint = Some(value()?),
                "--seed" => options.seed = Some(number(name, &value()?)?),
                "--job-duration" => {
                    options.job_duration = Some(Duration::from_millis(number(name, &value()?)?));
                }
                "--log" => options.log = true,
                "--discard-bytes" => options.discard_bytes = true,
                _ if name.starts_with('-') => return Err(format!("{name} is not an option")),
                _ => options.address = address(name)?,
            }
        }
        Ok(Self::Serve(options))
    }
}

/// Reads `9000`, `localhost:9000` or `127.0.0.1:9000`.
fn address(text: &str) -> Result<SocketAddr, String> {
    let full = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None if text.parse::<u16>().is_ok() => format!("127.0.0.1:{text}"),
        None => text.to_owned(),
    };
    full.parse().map_err(|_| {
        format!(
            "{text:?} is not an address; write a port or an address with a port, 127.0.0.1:9000"
        )
    })
}

fn number(name: &str, text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("{name} needs a number, not {text:?}"))
}

/// The private and the public key.
pub(crate) fn keys() -> (String, String) {
    (
        variable("IMAGEKIT_PRIVATE_KEY", Emulator::PRIVATE_KEY),
        variable("IMAGEKIT_PUBLIC_KEY", Emulator::PUBLIC_KEY),
    )
}

/// A webhook with the secret of the environment.
pub(crate) fn signed(webhook: Webhook) -> Result<Webhook, WebhookError> {
    webhook.with_secret(variable("IMAGEKIT_WEBHOOK_SECRET", Emulator::WEBHOOK_SECRET))
}

/// An environment variable; an empty one counts as none.
fn variable(name: &str, default: &str) -> String {
    let set = std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    set.unwrap_or_else(|| default.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Command, String> {
        Command::read(text.split_whitespace().map(str::to_owned))
    }

    fn options(text: &str) -> Options {
        match read(text) {
            Ok(Command::Serve(options)) => options,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn addresses() {
        for (text, address) in [
            ("", "127.0.0.1:8787"),
            ("9000", "127.0.0.1:9000"),
            ("localhost:9000", "127.0.0.1:9000"),
            ("[::1]:0", "[::1]:0"),
            ("--port 9000", "127.0.0.1:9000"),
            ("--port=9000", "127.0.0.1:9000"),
        ] {
            assert_eq!(options(text).address, address.parse().unwrap(), "{text}");
        }
    }

    #[test]
    fn other_options() {
        let options = options("--seed 5 --log --url-endpoint=https://a/b --job-duration 200");
        assert_eq!((options.seed, options.log, options.discard_bytes), (Some(5), true, false));
        assert_eq!(options.url_endpoint.as_deref(), Some("https://a/b"));
        assert_eq!(options.job_duration, Some(Duration::from_millis(200)));
        assert!(matches!(read("--version 5"), Ok(Command::Version)));
        assert!(matches!(read("9000 -h"), Ok(Command::Help)));
    }

    #[test]
    fn webhooks() {
        let two = options("--webhook http://127.0.0.1:1/a --webhook=http://localhost:2/");
        assert_eq!(two.webhooks.len(), 2);
        assert!(read("--webhook https://a.example/").unwrap_err().contains("without TLS"));
    }

    #[test]
    fn mistakes_are_named() {
        for (text, named) in [
            ("--seed", "--seed needs a value"),
            ("--seed x", "\"x\""),
            ("--prot 5", "--prot is not an option"),
            ("nowhere", "\"nowhere\" is not an address"),
            ("--port 99999", "99999"),
        ] {
            assert!(read(text).unwrap_err().contains(named), "{text}");
        }
    }
}
