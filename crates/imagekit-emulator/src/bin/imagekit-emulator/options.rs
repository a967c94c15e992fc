//! The arguments and environment variables of the program.

use std::ffi::OsString;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use imagekit_emulator::{Emulator, Fault, RateLimit, Webhook};
use imagekit_proto::Secret;
use lexopt::Arg::{Long, Short};
use lexopt::{Parser, ValueExt as _};

pub(crate) const USAGE: &str = "usage: imagekit-emulator [OPTIONS]

Serves ImageKit's API: uploads, the media library, delivery, webhooks, and a web page at /_emulator.
The first line that it prints is `listening on URL`.

Where
  --port PORT            the port, 8787 unless given; 0 is a free one
  --host ADDRESS         the IP address to listen on, 127.0.0.1 unless given; one that other
                         machines reach needs --private-key
  --id ID                the ImageKit id, `demo` unless given: files are at URL/ID
  --url-endpoint URL     what the URLs of files begin with, instead of the server's own and the id

Account
  --private-key KEY      the key that it accepts, private_emulator unless given
  --public-key KEY       public_emulator unless given
  --webhook-url URL      posts events to this http URL; may be given several times
  --webhook-secret TEXT  what events are signed with, whsec_emulator unless given

Library
  --data DIR             keeps everything in this folder; otherwise it is gone at the end
  --load FOLDER          puts the files of this folder into the library, unless they are there
  --fetch-from FOLDER    lets uploads by URL read file:// URLs in this folder; they read http URLs of
                         this machine in any case; may be given several times
  --random-seed NUMBER   makes ids repeatable; otherwise they differ with every start
  --discard-bytes        keeps only the first 16 MiB of a file, so that large uploads cost no memory

Behaviour
  --latency MILLIS       delays every response
  --rate-limit NUMBER    responds with 429 to more requests a second to one operation
  --fault FAULT          makes requests fail: `503; on=upload-file; times=2`, `drop-after`,
                         `delay=1500; times=always`; may be given several times. The header
                         x-emulator-fault does the same for one request. The documentation of the
                         type Fault has the whole syntax.
  --job-duration MILLIS  how long folder jobs and purges are pending, and lock folders
  --log                  prints a line for every request

  --help, --version      prints this text, or the version

Other users of the machine can see the arguments of a program: IMAGEKIT_PRIVATE_KEY,
IMAGEKIT_PUBLIC_KEY and IMAGEKIT_WEBHOOK_SECRET in its environment do the same as the options.";

/// Where the web page is: no file can be there.
const PAGE: &str = "_emulator";

/// The command to run.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Version,
    Serve(Box<Options>),
}

/// How to serve.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) address: SocketAddr,
    pub(crate) id: String,
    pub(crate) url_endpoint: Option<String>,
    /// `None`: that of every emulator.
    pub(crate) private_key: Option<Secret>,
    pub(crate) public_key: String,
    pub(crate) webhooks: Vec<Webhook>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) load: Vec<PathBuf>,
    pub(crate) fetch_from: Vec<PathBuf>,
    pub(crate) seed: Option<u64>,
    pub(crate) discard_bytes: bool,
    pub(crate) latency: Duration,
    pub(crate) rate_limit: RateLimit,
    pub(crate) faults: Vec<Fault>,
    pub(crate) job_duration: Duration,
    pub(crate) log: bool,
}

/// Reads an environment variable.
pub(crate) type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Reads the arguments; the error says what is wrong with them. No message has the text of a
/// secret.
pub(crate) fn read(
    arguments: impl IntoIterator<Item = OsString>,
    environment: Environment<'_>,
) -> Result<Command, String> {
    let variable = |name: &str| match environment(name).map(OsString::into_string) {
        None => Ok(None),
        Some(Ok(value)) => Ok(Some(value).filter(|value| !value.trim().is_empty())),
        Some(Err(_)) => Err(format!("the environment variable {name} is not UTF-8; set it again")),
    };
    let mut options = Options {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, 8787)),
        id: "demo".to_owned(),
        url_endpoint: None,
        private_key: variable("IMAGEKIT_PRIVATE_KEY")?.map(Secret::from),
        public_key: variable("IMAGEKIT_PUBLIC_KEY")?
            .unwrap_or_else(|| Emulator::PUBLIC_KEY.to_owned()),
        webhooks: Vec::new(),
        data: None,
        load: Vec::new(),
        fetch_from: Vec::new(),
        seed: None,
        discard_bytes: false,
        latency: Duration::ZERO,
        rate_limit: RateLimit::default(),
        faults: Vec::new(),
        job_duration: Duration::ZERO,
        log: false,
    };
    let mut webhook_secret = variable("IMAGEKIT_WEBHOOK_SECRET")?.map(Secret::from);
    let mut parser = Parser::from_args(arguments);
    let wrong = |error: lexopt::Error| format!("{error}; --help lists the options");
    while let Some(argument) = parser.next().map_err(wrong)? {
        let Long(name) = argument else {
            match argument {
                Short('h') => return Ok(Command::Help),
                Short('V') => return Ok(Command::Version),
                other => return Err(wrong(other.unexpected())),
            }
        };
        let name = name.to_owned();
        let mut value = Value { name: &name, parser: &mut parser };
        match name.as_str() {
            "help" => return Ok(Command::Help),
            "version" => return Ok(Command::Version),
            "port" => options.address.set_port(value.number("a number from 0 to 65535")?),
            "host" => options.address.set_ip(value.host()?),
            "id" => options.id = value.id()?,
            "url-endpoint" => options.url_endpoint = Some(value.url()?),
            "private-key" => options.private_key = Some(value.filled()?.into()),
            "public-key" => options.public_key = value.filled()?,
            "webhook-url" => {
                let webhook = Webhook::new(&value.filled()?).map_err(|error| error.to_string())?;
                options.webhooks.push(webhook);
            }
            "webhook-secret" => webhook_secret = Some(value.filled()?.into()),
            "data" => options.data = Some(value.path()?),
            "load" => options.load.push(value.path()?),
            "fetch-from" => options.fetch_from.push(value.path()?),
            "random-seed" => options.seed = Some(value.number("a number")?),
            "discard-bytes" => options.discard_bytes = true,
            "latency" => options.latency = value.millis()?,
            "rate-limit" => {
                let limit = value.number::<std::num::NonZeroU32>("a number from 1")?;
                options.rate_limit = RateLimit::enforced(limit.get(), Duration::from_secs(1));
            }
            "fault" => {
                let fault = value.filled()?.parse();
                options.faults.push(fault.map_err(|error| format!("--fault: {error}"))?);
            }
            "job-duration" => options.job_duration = value.millis()?,
            "log" => options.log = true,
            _ => return Err(wrong(Long(&name).unexpected())),
        }
    }
    if let Some(secret) = webhook_secret {
        let signed =
            options.webhooks.into_iter().map(|webhook| webhook.with_secret(secret.clone()));
        options.webhooks = signed.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    }
    check_key(&options)?;
    Ok(Command::Serve(Box::new(options)))
}

/// Checks that the private key fits into a request, and is not one that everybody knows where
/// other machines can send requests.
fn check_key(options: &Options) -> Result<(), String> {
    let key = options.private_key.as_ref().map(Secret::expose);
    if key.is_some_and(|key| key.contains(':')) {
        return Err("a private key cannot hold a colon, since it is the user name of HTTP Basic \
                    authentication; choose another one by --private-key or IMAGEKIT_PRIVATE_KEY"
            .to_owned());
    }
    let ip = options.address.ip();
    if !ip.is_loopback() && key.is_none_or(|key| key == Emulator::PRIVATE_KEY) {
        let known =
            if key.is_some() { "another key than the one that everybody knows" } else { "a key" };
        return Err(format!(
            "other machines can reach {ip}: give {known} by --private-key or \
             IMAGEKIT_PRIVATE_KEY, so that only those with your key can use the emulator"
        ));
    }
    Ok(())
}

/// The value of an option.
struct Value<'a> {
    name: &'a str,
    parser: &'a mut Parser,
}

impl Value<'_> {
    fn path(&mut self) -> Result<PathBuf, String> {
        let value = self.parser.value().map_err(|_| self.needs("a value"))?;
        if value.is_empty() { Err(self.needs("a path")) } else { Ok(value.into()) }
    }

    /// A text that is not empty.
    fn filled(&mut self) -> Result<String, String> {
        let value = self.parser.value().map_err(|_| self.needs("a value"))?;
        let text = value.string().map_err(|_| self.needs("a value in UTF-8"))?;
        if text.trim().is_empty() { Err(self.needs("a value")) } else { Ok(text) }
    }

    fn number<T: std::str::FromStr>(&mut self, what: &str) -> Result<T, String> {
        let text = self.filled()?;
        text.parse().map_err(|_| self.needs(format_args!("{what}, not {text:?}")))
    }

    fn millis(&mut self) -> Result<Duration, String> {
        self.number("milliseconds, such as 200").map(Duration::from_millis)
    }

    fn host(&mut self) -> Result<IpAddr, String> {
        let text = self.filled()?;
        if text == "localhost" {
            return Ok(Ipv4Addr::LOCALHOST.into());
        }
        // As in a URL, or plain.
        let plain = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
        let address = match plain {
            Some(plain) => plain.parse().map(IpAddr::V6),
            None => text.parse(),
        };
        address.map_err(|_| {
            self.needs(format_args!("an IP address such as 127.0.0.1 or 0.0.0.0, not {text:?}"))
        })
    }

    fn id(&mut self) -> Result<String, String> {
        let text = self.filled()?;
        if text == PAGE {
            return Err(self.needs(format_args!("another id than {text:?}: the web page is there")));
        }
        if text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
            return Ok(text);
        }
        Err(self.needs(format_args!("letters, digits, - and _, not {text:?}")))
    }

    fn url(&mut self) -> Result<String, String> {
        let text = self.filled()?;
        if text.starts_with("http://") || text.starts_with("https://") {
            return Ok(text);
        }
        Err(self.needs(format_args!("an http or https URL, not {text:?}")))
    }

    fn needs(&self, what: impl fmt::Display) -> String {
        format!("--{} needs {what}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_with(text: &str, environment: Environment<'_>) -> Result<Command, String> {
        read(text.split_whitespace().map(OsString::from), environment)
    }

    fn options(text: &str) -> Options {
        match read_with(text, &|_| None) {
            Ok(Command::Serve(options)) => *options,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn addresses() {
        for (text, address) in [
            ("", "127.0.0.1:8787"),
            ("--port 9000", "127.0.0.1:9000"),
            ("--port=0", "127.0.0.1:0"),
            ("--host localhost", "127.0.0.1:8787"),
            ("--port 9 --host ::1", "[::1]:9"),
            ("--port 9 --host [::1]", "[::1]:9"),
            ("--host 0.0.0.0 --private-key k", "0.0.0.0:8787"),
        ] {
            assert_eq!(options(text).address, address.parse().unwrap(), "{text}");
        }
    }

    #[test]
    fn other_options() {
        let read = options(
            "--random-seed 5 --log --url-endpoint=https://a/b --job-duration 200 --id me --data d \
             --load l --fetch-from f --fetch-from g --latency 20 --fault 503;on=upload-file",
        );
        assert_eq!((read.seed, read.log, read.discard_bytes), (Some(5), true, false));
        assert_eq!(read.url_endpoint.as_deref(), Some("https://a/b"));
        assert_eq!(read.job_duration, Duration::from_millis(200));
        assert_eq!((read.id.as_str(), read.latency.as_millis()), ("me", 20));
        assert_eq!((read.data, read.load.len()), (Some(PathBuf::from("d")), 1));
        assert_eq!((read.fetch_from.len(), read.faults.len()), (2, 1));
        assert_eq!(read.rate_limit, RateLimit::default());
        let limited = options("--rate-limit 3 --webhook-url http://127.0.0.1:1/").rate_limit;
        assert_eq!(limited, RateLimit::enforced(3, Duration::from_secs(1)));
        assert!(matches!(read_with("--version 5", &|_| None), Ok(Command::Version)));
        assert!(matches!(read_with("--log -h", &|_| None), Ok(Command::Help)));
    }

    #[test]
    fn keys_come_from_the_environment_too() {
        let environment = |name: &str| Some(format!("of {name}").into());
        let read = |text: &str| match read_with(text, &environment) {
            Ok(Command::Serve(options)) => options,
            other => panic!("{other:?}"),
        };
        let exposed = |options: &Options| options.private_key.clone().unwrap().expose().to_owned();
        let options = read("--host 0.0.0.0");
        assert_eq!(exposed(&options), "of IMAGEKIT_PRIVATE_KEY");
        assert_eq!(options.public_key, "of IMAGEKIT_PUBLIC_KEY");
        assert_eq!(exposed(&read("--private-key other")), "other");
        let empty = read_with("", &|_| Some(" ".into()));
        assert!(matches!(empty, Ok(Command::Serve(options)) if options.private_key.is_none()));
    }

    #[cfg(unix)]
    #[test]
    fn a_key_of_the_environment_that_is_not_text_is_refused() {
        use std::os::unix::ffi::OsStringExt as _;

        for variable in ["IMAGEKIT_PRIVATE_KEY", "IMAGEKIT_PUBLIC_KEY", "IMAGEKIT_WEBHOOK_SECRET"] {
            let environment =
                |name: &str| (name == variable).then(|| OsString::from_vec(b"hush\xff".to_vec()));
            let error = read_with("", &environment).unwrap_err();
            assert!(error.contains(variable) && error.contains("is not UTF-8"), "{error}");
            assert!(!error.contains("hush"), "{error}");
        }
    }

    #[test]
    fn mistakes_are_named_and_secrets_are_not() {
        for (text, named) in [
            ("--random-seed", "--random-seed needs a value"),
            ("--random-seed x", "--random-seed needs a number, not \"x\""),
            ("--prot 5", "'--prot'; --help lists the options"),
            ("9000", "\"9000\"; --help lists the options"),
            ("--port 99999", "from 0 to 65535, not \"99999\""),
            ("--host example.com", "an IP address such as 127.0.0.1 or 0.0.0.0"),
            ("--host [127.0.0.1]", "an IP address such as"),
            ("--host [::1", "an IP address such as"),
            ("--host 0.0.0.0", "give a key by --private-key"),
            (
                "--host 0.0.0.0 --private-key private_emulator",
                "give another key than the one that everybody knows by --private-key",
            ),
            ("--private-key hu:sh", "a private key cannot hold a colon"),
            ("--host 192.168.0.1", "other machines can reach 192.168.0.1"),
            ("--rate-limit 0", "a number from 1"),
            ("--latency 1s", "milliseconds"),
            ("--id a/b", "letters, digits"),
            ("--id _emulator", "the web page is there"),
            ("--url-endpoint ik.example", "an http or https URL"),
            ("--webhook-url https://a.example/", "without TLS"),
            ("--fault slow", "--fault: \"slow\" is not part of a fault; write a status"),
            ("--fault 500;on=uploadFile", "perhaps \"upload-file\" is meant"),
            ("--fault 500;times=x", "\"times=x\" is not part of a fault; write a number"),
            ("--private-key=", "--private-key needs a value"),
            ("--data=", "--data needs a path"),
        ] {
            let error = read_with(text, &|_| None).unwrap_err();
            assert!(error.contains(named), "{text}: {error}");
        }
        let hidden = options("--private-key hush --webhook-url http://a/ --webhook-secret hush");
        assert!(!format!("{hidden:?}").contains("hush"));
        let error = read_with("--log=hush --private-key hush", &|_| None).unwrap_err();
        assert!(!error.contains("--private-key"), "{error}");
    }
}
