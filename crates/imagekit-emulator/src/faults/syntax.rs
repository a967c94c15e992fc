//! Faults as text.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use super::{DropAt, Fault};

/// A text is not a fault.
///
/// ```
/// use imagekit_emulator::Fault;
///
/// let error = "slow".parse::<Fault>().unwrap_err();
/// assert!(error.to_string().contains("slow"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultSyntaxError {
    part: String,
    hint: String,
}

impl fmt::Display for FaultSyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not part of a fault; {}", self.part, self.hint)
    }
}

impl Error for FaultSyntaxError {}

/// The names of the parts behind the effect.
#[cfg(feature = "server")]
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').skip(1).filter_map(|part| part.split_once('=')).map(|(name, _)| name.trim())
}

/// Reads the grammar that [`Fault`] documents.
pub(super) fn parse(text: &str) -> Result<Fault, FaultSyntaxError> {
    let mut parts = text.split(';').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let wrong = |part: &str| FaultSyntaxError {
        part: part.to_owned(),
        hint: "write a status from 200 to 599, delay=1500, drop or drop-after".to_owned(),
    };
    let fault = match first {
        "drop" => Fault::drop_connection(DropAt::BeforeActing),
        "drop-after" => Fault::drop_connection(DropAt::AfterActing),
        _ => match first.strip_prefix("delay=") {
            Some(millis) => {
                let millis = millis.parse().map_err(|_| wrong(first))?;
                Fault::delay(Duration::from_millis(millis))
            }
            None => {
                let status = first.parse().ok().filter(|status| (200..600).contains(status));
                Fault::status(status.ok_or_else(|| wrong(first))?)
            }
        },
    };
    parts.filter(|part| !part.is_empty()).try_fold(fault, |fault, part| {
        let because =
            |hint: &str| FaultSyntaxError { part: part.to_owned(), hint: hint.to_owned() };
        let (name, value) =
            part.split_once('=').ok_or_else(|| because("write a name, =, and a value"))?;
        let number = || value.trim().parse().map_err(|_| because("write a number"));
        Ok(match (name.trim(), value.trim()) {
            ("on", value) => fault.on(value).map_err(|error| because(&error.to_string()))?,
            ("path", value) => fault.on_path(value),
            ("skip", _) => fault.skip(number()?),
            ("times", "always") => fault.times(u32::MAX),
            ("times", _) => match number()? {
                0 => return Err(because("write a number from 1, or always")),
                times => fault.times(times),
            },
            ("reset", value) => fault.header("x-ratelimit-reset", value),
            ("body", _) => fault.body(value.to_owned()),
            (name, value) => fault.header(name, value),
        })
    })
}
