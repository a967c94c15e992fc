//! A point in time, and its ISO 8601 text.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

const DAY: i64 = 86_400_000;

/// Milliseconds since 1970, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Instant(i64);

impl Instant {
    pub(crate) fn from_duration(since_epoch: Duration) -> Self {
        Self(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }

    pub(crate) fn millis(self) -> i64 {
        self.0
    }

    pub(crate) fn unix_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The number of the UTC day, 0 is 1970-01-01.
    pub(crate) fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// The beginning of a UTC day.
    pub(crate) fn of_day(day: i64) -> Self {
        Self(day.saturating_mul(DAY))
    }

    /// Reads `2024-05-06` and nothing longer, and returns the number of the day.
    pub(crate) fn parse_day(text: &str) -> Option<i64> {
        let day = Self::parse(text)?.day();
        // Neither a time of day nor a day that its month does not have.
        Self::of_day(day).to_string().split('T').next().filter(|date| *date == text)?;
        Some(day)
    }

    pub(crate) fn plus(self, by: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)))
    }

    /// Zero when `earlier` is later.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// Reads `2024-05-06`, `2024-05-06T07:08:09Z`, fractions and offsets.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (date, time) = match text.split_once(['T', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let mut parts = date.split('-');
        let mut field = |digits: usize, range: std::ops::RangeInclusive<i64>| {
            let part = parts.next().filter(|part| part.len() == digits)?;
            number(part).filter(|value| range.contains(value))
        };
        let (year, month, day) = (field(4, 0..=9999)?, field(2, 1..=12)?, field(2, 1..=31)?);
        if parts.next().is_some() {
            return None;
        }
        let millis = time.map_or(Some(0), time_of_day)?;
        Some(Self(days(year, month, day) * DAY + millis))
    }
}

/// As ImageKit writes it: `2019-08-24T06:14:41.313Z`.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.0.div_euclid(DAY));
        let millis = self.0.rem_euclid(DAY);
        let (seconds, millis) = (millis / 1000, millis % 1000);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
    }
}

/// `07:08`, `07:08:09.5`, with `Z`, `+01:00` or nothing (UTC) behind it, in milliseconds.
fn time_of_day(text: &str) -> Option<i64> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let (clock, offset) = match text.find(['+', '-']) {
        Some(at) => (text.get(..at)?, offset(text.get(at..)?)?),
        None => (text, 0),
    };
    let mut parts = clock.splitn(3, ':');
    let hour = number(parts.next()?).filter(|hour| *hour <= 24)?;
    let minute = number(parts.next()?).filter(|minute| *minute < 60)?;
    let (second, fraction) = match parts.next() {
        None => ("0", ""),
        Some(text) => text.split_once('.').unwrap_or((text, "")),
    };
    let second = number(second).filter(|second| *second <= 60)?;
    let mut millis = 0;
    for place in 0..3 {
        let digit = match fraction.get(place..=place) {
            Some(digit) => number(digit)?,
            None => 0,
        };
        millis = millis * 10 + digit;
    }
    Some(((hour * 60 + minute) * 60 + second) * 1000 + millis - offset)
}

fn offset(text: &str) -> Option<i64> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = (number(digits.get(..2)?)?, number(digits.get(2..4).unwrap_or("0"))?);
    Some(sign * (hours * 60 + minutes) * 60_000)
}

fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Days from 1970-01-01 to a date. Years begin in March here, so that the leap day comes last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (month * 153 + 2) / 5 + day - 1 - 719_468
}

/// The date so many days after 1970-01-01.
fn civil(since_epoch: i64) -> (i64, i64, i64) {
    let shifted = since_epoch + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year_of_era;
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_566_627_281_313, "2019-08-24T06:14:41.313Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Instant(millis).to_string(), text);
            assert_eq!(Instant::parse(text), Some(Instant(millis)));
        }
    }

    #[test]
    fn what_a_search_may_hold() {
        let parse = |text| Instant::parse(text).map(Instant::millis);
        assert_eq!(parse("1970-01-02"), Some(DAY));
        assert_eq!(parse("1970-01-01T01:00:00+01:00"), Some(0));
        assert_eq!(parse("1970-01-01T00:00"), Some(0));
        for bad in ["", "7d", "1970", "1970-13-01", "1970-01-01T", "1970-01-01Tx:y", "1970-1-1"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_day_has_one_text(day in -700_000_i64..2_900_000) {
            let instant = Instant(day * DAY);
            proptest::prop_assert_eq!(Instant::parse(&instant.to_string()), Some(instant));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = Instant::parse(&text);
        }
    }
}
