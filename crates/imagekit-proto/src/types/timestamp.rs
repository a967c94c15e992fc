//! Points in time as the API spells them.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{UnixTime, day_number, is_day};

/// Point in time, kept as sent (ISO 8601 such as `2024-05-06T07:08:09.123Z`).
///
/// Two timestamps are equal when their text is. They sort by the instant that they name, to the
/// nanosecond; of two texts for one instant the smaller text comes first, so the order agrees with
/// equality. Text that is not an instant sorts before every instant, by text.
///
/// ```
/// use imagekit_proto::types::Timestamp;
///
/// let created = Timestamp::new("2024-05-06T09:00:00+02:00");
/// let updated = Timestamp::new("2024-05-06T08:00:00.250Z");
/// assert!(created < updated);
/// assert_eq!(created.unix_time().unwrap().as_secs(), 1_714_978_800);
/// assert_eq!(created.as_str(), "2024-05-06T09:00:00+02:00");
/// ```
///
/// With the feature `jiff`, `Timestamp::to_jiff` converts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// Creates a timestamp from `text`, which is not checked.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text as sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the whole Unix seconds of the instant.
    ///
    /// `None` when the text is not an instant with an offset, or before 1970.
    pub fn unix_time(&self) -> Option<UnixTime> {
        let (seconds, _) = instant(&self.0)?;
        u64::try_from(seconds).ok().map(UnixTime::from_secs)
    }

    /// Returns the instant that the text names.
    ///
    /// # Errors
    ///
    /// When the text is not an ISO 8601 instant with an offset.
    ///
    /// ```
    /// use imagekit_proto::types::Timestamp;
    ///
    /// let instant = Timestamp::new("2024-05-06T07:08:09.123Z").to_jiff()?;
    /// assert_eq!(instant.as_millisecond(), 1_714_979_289_123);
    /// # Ok::<(), jiff::Error>(())
    /// ```
    #[cfg(feature = "jiff")]
    pub fn to_jiff(&self) -> Result<jiff::Timestamp, jiff::Error> {
        self.0.parse()
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        instant(&self.0).cmp(&instant(&other.0)).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Unix seconds and nanoseconds of `YYYY-MM-DDTHH:MM:SS`, a fraction if there is one, and an offset
/// (`Z`, `+02:00` or `+0200`).
fn instant(text: &str) -> Option<(i64, u32)> {
    let (date, time) = (text.get(..10)?, text.get(11..19)?);
    let separator = *text.as_bytes().get(10)?;
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time, ':')?;
    // 60 is a leap second: the same instant as the second after it.
    let exists = is_day(year, month, day) && hour < 24 && minute < 60 && second <= 60;
    if !exists || !matches!(separator, b'T' | b't' | b' ') {
        return None;
    }
    let (nanosecond, offset) = match text.get(19..)?.strip_prefix(['.', ',']) {
        Some(rest) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            (
                nanoseconds(rest.get(..digits).filter(|digits| !digits.is_empty())?),
                rest.get(digits..)?,
            )
        }
        None => (0, text.get(19..)?),
    };
    let days = i64::try_from(day_number(year, month, day)).ok()?
        - i64::try_from(day_number(1970, 1, 1)).ok()?;
    let of_day = i64::try_from(hour * 3600 + minute * 60 + second).ok()?;
    Some((days * 86_400 + of_day - offset_seconds(offset)?, nanosecond))
}

/// Three numbers of digits only, as wide as they are in a date or a time.
fn numbers(text: &str, separator: char) -> Option<[u64; 3]> {
    let mut parts = text.split(separator);
    let mut number = |width: usize| {
        let part = parts.next().filter(|part| part.len() == width)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let numbers = [number(if text.len() == 10 { 4 } else { 2 })?, number(2)?, number(2)?];
    parts.next().is_none().then_some(numbers)
}

/// Digits after the decimal point as nanoseconds; digits beyond the ninth do not count.
pub(crate) fn nanoseconds(digits: &str) -> u32 {
    let digit = |place| digits.as_bytes().get(place).map_or(0, |digit| u32::from(digit - b'0'));
    (0..9).fold(0, |sum, place| sum * 10 + digit(place))
}

fn offset_seconds(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = match text.len() {
        6 if text.get(3..4)? == ":" => (text.get(1..3)?, text.get(4..6)?),
        5 => (text.get(1..3)?, text.get(3..5)?),
        _ => return None,
    };
    let number = |text: &str| -> Option<i64> {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn instants_are_read() {
        for (text, seconds, nanosecond) in [
            ("1970-01-01T00:00:00Z", 0, 0),
            ("1969-12-31T23:59:59.5Z", -1, 500_000_000),
            ("2024-05-06T07:08:09.123Z", 1_714_979_289, 123_000_000),
            ("2024-05-06t07:08:09.1234567899z", 1_714_979_289, 123_456_789),
            ("2024-05-06 09:08:09+02:00", 1_714_979_289, 0),
            ("2024-05-06T03:38:09-0330", 1_714_979_289, 0),
            ("2016-12-31T23:59:60Z", 1_483_228_800, 0),
        ] {
            assert_eq!(instant(text), Some((seconds, nanosecond)), "{text}");
        }
        assert_eq!(Timestamp::new("1969-12-31T23:59:59Z").unix_time(), None);
    }

    #[test]
    fn anything_else_is_no_instant() {
        for text in [
            "",
            "2024-05-06",
            "2024-05-06T07:08:09",
            "2024-05-06T07:08:09.Z",
            "2024-05-06T07:08:09+2",
            "2024-05-06T07:08:09+02:60",
            "2024-05-06T07:08:09+24:00",
            "2024-05-06T07:08:09Z ",
            "2024-02-30T07:08:09Z",
            "2024-05-06T24:00:00Z",
            "0000-05-06T00:00:00Z",
            "2024-05-06x07:08:09Z",
            "24-005-06T07:08:09Z",
            "2024-05-06T007:8:09Z",
            "2024-05-06T07:08:09+é2:0",
            "２０２４-05-06T07:08:09Z",
        ] {
            assert_eq!(instant(text), None, "{text}");
            assert_eq!(Timestamp::new(text).unix_time(), None);
        }
    }

    /// Texts of few instants, so that many are of one, and texts that are no instants.
    fn timestamp() -> impl Strategy<Value = Timestamp> {
        let text = (0..3_u32, -2..=2_i32, prop::sample::select(vec!["", ".0", ".5", ".50"]));
        prop_oneof![
            4 => text.prop_map(|(hour, offset, fraction)| {
                let (hour, sign) = (hour as i32 + 10 + offset, if offset < 0 { '-' } else { '+' });
                let offset = offset.abs();
                Timestamp::new(format!("2024-05-06T{hour:02}:00:00{fraction}{sign}{offset:02}:00"))
            }),
            1 => "[a-c0-9T:Z-]{0,12}".prop_map(Timestamp::new),
        ]
    }

    proptest! {
        #[test]
        fn the_order_is_total_and_agrees_with_equality(
            a in timestamp(), b in timestamp(), c in timestamp(),
        ) {
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
            if a <= b && b <= c {
                prop_assert!(a <= c);
            }
        }

        #[test]
        fn the_earlier_instant_comes_first(a in timestamp(), b in timestamp()) {
            if let (Some(first), Some(second)) = (instant(a.as_str()), instant(b.as_str())) {
                if first < second {
                    prop_assert!(a < b);
                }
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,40}") {
            let _ = Timestamp::new(text).unix_time();
        }
    }

    #[cfg(feature = "jiff")]
    proptest! {
        #[test]
        fn instants_are_those_of_jiff(
            seconds in -60_000_000_000..250_000_000_000_i64,
            nanosecond in 0..1_000_000_000,
        ) {
            let expected = jiff::Timestamp::new(seconds, nanosecond).unwrap();
            let (seconds, nanosecond) = instant(&expected.to_string()).unwrap();
            prop_assert_eq!(jiff::Timestamp::new(seconds, nanosecond as i32).unwrap(), expected);
        }
    }
}
