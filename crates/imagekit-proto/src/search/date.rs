//! Points in time.

use super::QueryError;
use super::literal::Literal;
use crate::types::parse_day;

/// A point in time, absolute or relative to the time of the search.
///
/// ```
/// use imagekit_proto::search::{Date, field};
///
/// let new = field::created_at().after(Date::weeks_ago(2));
/// assert_eq!(new.build()?.as_str(), r#"createdAt > "2w""#);
/// let old = field::updated_at().before(Date::at("2020-01-01T12:12:12"));
/// assert_eq!(old.build()?.as_str(), r#"updatedAt < "2020-01-01T12:12:12""#);
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date(Moment);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Moment {
    At(String),
    Ago(u32, char),
}

impl Date {
    /// Creates a date from ISO 8601, in UTC: `YYYY-MM-DD` (its first second) or
    /// `YYYY-MM-DDTHH:MM:SS`. A fraction of a second and an offset (`Z`, `+01:00`) may follow, so a
    /// timestamp of a response can be passed as it is.
    pub fn at(text: impl Into<String>) -> Self {
        Self(Moment::At(text.into()))
    }

    /// Creates a date `count` hours before the search.
    pub fn hours_ago(count: u32) -> Self {
        Self(Moment::Ago(count, 'h'))
    }

    /// Creates a date `count` days before the search.
    pub fn days_ago(count: u32) -> Self {
        Self(Moment::Ago(count, 'd'))
    }

    /// Creates a date `count` weeks before the search.
    pub fn weeks_ago(count: u32) -> Self {
        Self(Moment::Ago(count, 'w'))
    }

    /// Creates a date `count` months before the search.
    pub fn months_ago(count: u32) -> Self {
        Self(Moment::Ago(count, 'm'))
    }

    /// Creates a date `count` years before the search.
    pub fn years_ago(count: u32) -> Self {
        Self(Moment::Ago(count, 'y'))
    }
}

impl Literal for Date {
    fn literal(&self, field: &str) -> Result<String, QueryError> {
        match &self.0 {
            Moment::Ago(count, unit) => Ok(format!("\"{count}{unit}\"")),
            Moment::At(text) if is_iso_8601(text) => Ok(format!("\"{text}\"")),
            Moment::At(_) => Err(QueryError::Date { field: field.to_owned() }),
        }
    }
}

fn is_iso_8601(text: &str) -> bool {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    parse_day(date).is_some() && time.is_none_or(is_time)
}

/// Returns whether text is `HH:MM:SS`, with an optional fraction and an optional offset.
fn is_time(text: &str) -> bool {
    let Some((clock, rest)) = text.split_at_checked(8) else { return false };
    let is_clock = match_digits(clock, "dd:dd:dd")
        && is_at_most(clock.get(..2), 23)
        && is_at_most(clock.get(3..5), 59)
        && is_at_most(clock.get(6..), 60);
    let offset = match rest.strip_prefix('.') {
        Some(fraction) => {
            let offset = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if offset.len() == fraction.len() {
                return false;
            }
            offset
        }
        None => rest,
    };
    let is_offset = matches!(offset, "" | "Z")
        || offset.strip_prefix(['+', '-']).is_some_and(|offset| match_digits(offset, "dd:dd"));
    is_clock && is_offset
}

/// Returns whether `text` is `pattern` with digits in place of its `d`s.
fn match_digits(text: &str, pattern: &str) -> bool {
    let fits = |(byte, pattern): (u8, u8)| match pattern {
        b'd' => byte.is_ascii_digit(),
        other => byte == other,
    };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
}

fn is_at_most(digits: Option<&str>, most: u8) -> bool {
    digits.and_then(|digits| digits.parse().ok()).is_some_and(|number: u8| number <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_iso_8601_accepts_only_dates() {
        for good in [
            "2020-01-01",
            "2020-12-31T23:59:60",
            "2019-08-24T06:14:41.313Z",
            "2019-08-24T06:14:41+05:30",
        ] {
            assert!(is_iso_8601(good), "{good}");
        }
        for bad in [
            "",
            "7d",
            "2020-1-1",
            "2020-13-01",
            "2020-01-32",
            "2021-02-29",
            "2020-01-01T",
            "2020-01-01T24:00:00",
            "2020-01-01T00:00",
            "2020-01-01T00:00:00.Z",
            "2020-01-01T00:00:00x",
            "2020-01-01 00:00:00",
            "2020-01-01\" OR name : \"",
            "２０２０-01-01",
            "2020-01-01T00:00:0é",
        ] {
            assert!(!is_iso_8601(bad), "{bad}");
        }
    }
}
