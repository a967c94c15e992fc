//! Local date and time, as a camera's clock shows it.

use std::fmt;

use crate::types::{is_day, nanoseconds};

/// Local date and time without a time zone, as a camera's clock showed it.
///
/// It sorts by date and time. Two of them are only comparable when both clocks were in one time zone.
/// [`ExifDetails::captured_at`](super::ExifDetails::captured_at) returns one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct LocalDateTime {
    /// Year, 1 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
    /// Nanosecond, if the camera wrote a fraction of the second.
    pub nanosecond: Option<u32>,
}

impl LocalDateTime {
    /// Reads EXIF's `YYYY:MM:DD HH:MM:SS`, and the digits after the decimal point of its second.
    pub(super) fn from_exif(text: &str, sub_second: Option<&str>) -> Option<Self> {
        let text = text.trim_matches(|c: char| c == '\0' || c.is_whitespace());
        let &[y0, y1, y2, y3, b':', m0, m1, b':', d0, d1, b' ', h0, h1, b':', n0, n1, b':', s0, s1] =
            text.as_bytes()
        else {
            return None;
        };
        let year = u16::from(pair(y0, y1)?) * 100 + u16::from(pair(y2, y3)?);
        let (month, day) = (pair(m0, m1)?, pair(d0, d1)?);
        let (hour, minute, second) = (pair(h0, h1)?, pair(n0, n1)?, pair(s0, s1)?);
        let exists = is_day(year.into(), month.into(), day.into());
        let nanosecond = sub_second.and_then(sub_second_nanoseconds);
        (exists && hour < 24 && minute < 60 && second < 60).then_some(Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
            nanosecond,
        })
    }
}

fn pair(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

fn sub_second_nanoseconds(digits: &str) -> Option<u32> {
    let digits = digits.trim_matches(|c: char| c == '\0' || c.is_whitespace());
    let some = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    some.then(|| nanoseconds(digits))
}

/// Prints ISO 8601 without an offset, such as `2019-10-16T19:01:03.25`.
impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second, .. } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        match self.nanosecond {
            None | Some(0) => Ok(()),
            Some(nanosecond) => {
                write!(f, ".{}", format!("{nanosecond:09}").trim_end_matches('0'))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str, sub_second: Option<&str>) -> Option<String> {
        LocalDateTime::from_exif(text, sub_second).map(|time| time.to_string())
    }

    #[test]
    fn dates_of_cameras_are_read() {
        let plain = "2008-05-30T15:56:01";
        for text in ["2008:05:30 15:56:01", "2008:05:30 15:56:01\0", " 2008:05:30 15:56:01 "] {
            assert_eq!(printed(text, None).as_deref(), Some(plain), "{text:?}");
        }
        for sub_second in ["", " ", "x", "-1"] {
            assert_eq!(printed("2008:05:30 15:56:01", Some(sub_second)).as_deref(), Some(plain));
        }
        let time = LocalDateTime::from_exif("2008:05:30 15:56:01", Some("07 ")).unwrap();
        assert_eq!(time.nanosecond, Some(70_000_000));
        assert_eq!(time.to_string(), "2008-05-30T15:56:01.07");
        let exact = LocalDateTime::from_exif("2008:05:30 15:56:01", Some("00")).unwrap();
        assert_eq!((exact.nanosecond, exact.to_string().as_str()), (Some(0), plain));
        let long = LocalDateTime::from_exif("2008:05:30 15:56:01", Some("1234567899")).unwrap();
        assert_eq!(long.nanosecond, Some(123_456_789));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "0000:00:00 00:00:00",
            "    :  :     :  :  ",
            "2023:02:29 12:00:00",
            "2023:13:01 12:00:00",
            "2023:01:01 24:00:00",
            "2023:01:01 12:60:00",
            "2023:01:01 12:00:60",
            "2023:01:01",
            "2023:01:01 12:00:00Z",
            "+023:01:01 12:00:00",
            "é023:01:0112:00:00",
        ] {
            assert_eq!(LocalDateTime::from_exif(text, None), None, "{text:?}");
        }
    }
}
