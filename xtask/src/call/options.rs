//! The command line of `cargo xtask call`.

use imagekit_proto::{CallOptions, Config, RetryPolicy};
use std::time::Duration;

/// The transport of the calls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Via {
    Ureq,
    Reqwest,
    Memory,
}

pub struct Options {
    pub via: Via,
    pub config: Config,
    pub call: CallOptions,
}

impl Options {
    /// Reads the options. Without `--key` the key is `IMAGEKIT_PRIVATE_KEY`; without both there is
    /// none. `--base-url` alone holds for uploads too, so that nothing meant for a test server
    /// reaches the real one.
    pub fn parse(arguments: &[&str]) -> Result<Self, String> {
        Self::read(arguments, std::env::var("IMAGEKIT_PRIVATE_KEY").ok())
    }

    fn read(arguments: &[&str], environment_key: Option<String>) -> Result<Self, String> {
        let (mut via, mut base, mut upload, mut key) = (None, None, None, environment_key);
        let mut call = CallOptions::default();
        let mut rest = arguments.iter();
        while let Some(&option) = rest.next() {
            if option == "--assume-idempotent" {
                call = call.assume_idempotent(true);
                continue;
            }
            let value = *rest.next().ok_or_else(|| format!("{option} needs a value"))?;
            match option {
                "--via" => {
                    via = Some(match value {
                        "ureq" => Via::Ureq,
                        "reqwest" => Via::Reqwest,
                        "memory" => Via::Memory,
                        other => return Err(format!("calls cannot go via {other}")),
                    });
                }
                "--base-url" => base = Some(value),
                "--upload-url" => upload = Some(value),
                "--max-attempts" => {
                    call = call.retry(RetryPolicy::default().max_attempts(number(option, value)?));
                }
                "--deadline-ms" => call = call.deadline(milliseconds(option, value)?),
                "--attempt-timeout-ms" => {
                    call = call.attempt_timeout(milliseconds(option, value)?);
                }
                "--idle-timeout-ms" => call = call.idle_timeout(milliseconds(option, value)?),
                "--key" => key = Some(value.to_owned()),
                other => return Err(format!("there is no option {other}")),
            }
        }
        let config = configure(key, base, upload.or(base)).map_err(|error| error.to_string())?;
        Ok(Self { via: via.ok_or("--via is missing")?, config, call })
    }
}

fn configure(
    key: Option<String>,
    base: Option<&str>,
    upload: Option<&str>,
) -> Result<Config, imagekit_proto::ConfigError> {
    let mut config = match key {
        Some(key) => Config::new(key)?,
        None => Config::without_key(),
    };
    if let Some(url) = base {
        config = config.with_api_url(url)?;
    }
    if let Some(url) = upload {
        config = config.with_upload_url(url)?;
    }
    Ok(config)
}

fn milliseconds(option: &str, value: &str) -> Result<Duration, String> {
    number(option, value).map(Duration::from_millis)
}

fn number<N: std::str::FromStr>(option: &str, value: &str) -> Result<N, String> {
    value.parse().map_err(|_| format!("{option} {value}: not a number in range"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read() {
        let arguments = "--via reqwest --max-attempts 7 --deadline-ms 250 --attempt-timeout-ms 30 \
                         --idle-timeout-ms 20 --assume-idempotent";
        let arguments: Vec<_> = arguments.split_whitespace().collect();
        let options = Options::read(&arguments, None).unwrap();
        assert_eq!(options.via, Via::Reqwest);
        let milliseconds = Duration::from_millis;
        let call = CallOptions::default()
            .retry(RetryPolicy::default().max_attempts(7))
            .deadline(milliseconds(250))
            .attempt_timeout(milliseconds(30))
            .idle_timeout(milliseconds(20))
            .assume_idempotent(true);
        assert_eq!(options.call, call);
        assert!(options.config.private_key().is_none());
    }

    #[test]
    fn a_test_server_gets_the_uploads_too() {
        let server = ["--via", "ureq", "--base-url", "http://127.0.0.1:1", "--key", "k"];
        let config = Options::read(&server, None).unwrap().config;
        assert!(!format!("{config:?}").contains("imagekit.io:"), "{config:?}");
        assert_eq!(format!("{config:?}").matches("http://127.0.0.1:1").count(), 2, "{config:?}");
    }

    #[test]
    fn mistakes_are_reported() {
        for arguments in [
            &["--via"][..],
            &["--via", "pigeon"],
            &["--max-attempts", "1"],
            &["--via", "ureq", "--max-attempts", "-1"],
            &["--via", "ureq", "--base-url", "http://example.com"],
            &["--via", "ureq", "--key", "a:b"],
            &["--via", "ureq", "--colour", "x"],
        ] {
            assert!(Options::read(arguments, None).is_err(), "{arguments:?}");
        }
    }
}
