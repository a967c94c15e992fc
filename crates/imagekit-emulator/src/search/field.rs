//! The fields of a query: what they are called and what they are compared with.

use std::time::Duration;

use super::SearchError;
use super::lexer::Token;
use super::region::Region;
use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Field {
    Name,
    Tags,
    Kind,
    Id,
    Path,
    Format,
    CreatedAt,
    UpdatedAt,
    Width,
    Height,
    Size,
    Private,
    Published,
    Transparency,
    CreatedBy,
    LocationTaken,
    Custom(String),
    Embedded(String),
}

/// A value to compare with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    Text(String),
    Number(f64),
    Flag(bool),
    Region(Region),
}

impl Operand {
    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(_) | Self::Flag(_) | Self::Region(_) => None,
        }
    }
}

impl Field {
    pub(super) fn named(name: &str) -> Result<Self, SearchError> {
        Ok(match name {
            "name" => Self::Name,
            "tags" => Self::Tags,
            "type" => Self::Kind,
            "id" => Self::Id,
            "path" => Self::Path,
            "format" => Self::Format,
            "createdAt" => Self::CreatedAt,
            "updatedAt" => Self::UpdatedAt,
            "width" => Self::Width,
            "height" => Self::Height,
            "size" => Self::Size,
            "private" => Self::Private,
            "published" => Self::Published,
            "transparency" => Self::Transparency,
            "createdBy" => Self::CreatedBy,
            "LocationTaken" | "embeddedMetadata.LocationTaken" => Self::LocationTaken,
            _ => match name.split_once('.') {
                Some(("customMetadata", field)) => Self::Custom(field.to_owned()),
                Some(("embeddedMetadata", field)) => Self::Embedded(field.to_owned()),
                _ => {
                    let message = format!("the field {name:?} is not known to the emulator");
                    return Err(SearchError::new(message));
                }
            },
        })
    }

    /// The value of a token, as this field compares it.
    pub(super) fn operand(&self, token: Token, now: Instant) -> Result<Operand, SearchError> {
        let (text, quoted) = match token {
            Token::Quoted(text) => (text, true),
            Token::Word(text) => (text, false),
            Token::Operator(_) | Token::Mark(_) => {
                return Err(SearchError::new("a value is missing"));
            }
        };
        let number = || text.parse::<f64>().ok().filter(|number| number.is_finite());
        let operand = match self {
            Self::CreatedAt | Self::UpdatedAt => date(&text, now).map(Operand::Number),
            Self::Size => number().or_else(|| size(&text)).map(Operand::Number),
            Self::Width | Self::Height => number().map(Operand::Number),
            Self::Private | Self::Published | Self::Transparency => flag(&text).map(Operand::Flag),
            Self::LocationTaken => Region::parse(&text).map(Operand::Region),
            // An open value says by its quotes what it is.
            Self::Custom(_) | Self::Embedded(_) if !quoted => {
                number().map(Operand::Number).or_else(|| flag(&text).map(Operand::Flag))
            }
            _ => quoted.then(|| Operand::Text(text.clone())),
        };
        operand.ok_or_else(|| SearchError::new(format!("{text:?} is no value of its field")))
    }
}

/// Milliseconds since 1970: ISO 8601, or so long ago (`7d`).
fn date(text: &str, now: Instant) -> Option<f64> {
    let millis = match Instant::parse(text) {
        Some(instant) => instant.millis(),
        None => {
            let unit = text.chars().last()?;
            let count: u64 = text.strip_suffix(unit)?.parse().ok()?;
            let hours = match unit {
                'h' => 1,
                'd' => 24,
                'w' => 24 * 7,
                'm' => 24 * 30,
                'y' => 24 * 365,
                _ => return None,
            };
            let ago = Duration::from_secs(count.checked_mul(hours * 3600)?);
            now.millis().saturating_sub(i64::try_from(ago.as_millis()).ok()?)
        }
    };
    Some(millis as f64)
}

/// `1mb`, in bytes.
pub(crate) fn size(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let (number, unit) = lower.split_at(lower.find(|c: char| c.is_ascii_alphabetic())?);
    let factor = match unit {
        "b" => 1.0,
        "kb" => 1024.0,
        "mb" => 1024.0 * 1024.0,
        "gb" => 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    };
    Some(number.trim().parse::<f64>().ok()? * factor)
}

fn flag(text: &str) -> Option<bool> {
    text.parse().ok()
}
