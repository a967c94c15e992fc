//! Dates of EXIF and XMP as ISO 8601.

/// `2019:10:16 19:01:03` with its offset (`+02:00`) as UTC with milliseconds,
/// `2019-10-16T17:01:03.000Z`; without an offset the local time is taken for UTC, as ImageKit
/// has no other to give. `None` when it is not a date (cameras write `0000:00:00 00:00:00`).
pub(super) fn iso(text: &str, offset: Option<&str>) -> Option<String> {
    let mut fields = text.split([':', ' ']).map(|field| field.parse::<i64>().ok());
    let mut next = |range: std::ops::RangeInclusive<i64>| {
        fields.next().flatten().filter(|value| range.contains(value))
    };
    let (year, month, day) = (next(1..=9999)?, next(1..=12)?, next(1..=31)?);
    let (hour, minute, second) = (next(0..=23)?, next(0..=59)?, next(0..=60)?);
    let offset = offset.and_then(minutes).unwrap_or(0);
    let total = days(year, month, day) * 1440 + hour * 60 + minute - offset;
    Some(utc(total, second, 0))
}

/// `2019-10-16T19:01:03.25+02:00`, as XMP writes dates, as UTC with milliseconds. Time, seconds
/// and offset may be missing; a missing one is 0. `None` when it is not a date.
pub(in crate::media) fn from_iso(text: &str) -> Option<String> {
    let (date, time) = text.split_once('T').unwrap_or((text, "00:00"));
    let number = |text: &str, digits: usize, most: i64| {
        let written = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<i64>().ok().filter(|value| written && *value <= most)
    };
    let mut fields = date.split('-');
    let year = number(fields.next()?, 4, 9999)?;
    let (month, day) = (number(fields.next()?, 2, 12)?, number(fields.next()?, 2, 31)?);
    let (time, offset) = match time.find(['Z', '+', '-']) {
        Some(zone) => time.split_at_checked(zone)?,
        None => (time, "Z"),
    };
    let offset = if offset == "Z" { 0 } else { minutes(offset)? };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut times = time.split(':');
    let (hour, minute) = (number(times.next()?, 2, 23)?, number(times.next()?, 2, 59)?);
    let second = times.next().map_or(Some(0), |second| number(second, 2, 60))?;
    if year * month * day == 0 || fields.next().is_some() || times.next().is_some() {
        return None;
    }
    let millis = format!("{fraction:0<3}").get(..3)?.parse::<u16>().ok()?;
    let total = days(year, month, day) * 1440 + hour * 60 + minute - offset;
    Some(utc(total, second, millis))
}

/// Minutes since the day of [`days`], with seconds and milliseconds, as ISO 8601.
fn utc(minutes: i64, second: i64, millis: u16) -> String {
    let (year, month, day) = civil(minutes.div_euclid(1440));
    let rest = minutes.rem_euclid(1440);
    let (hour, minute) = (rest / 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
}

/// `+02:00` in minutes east of UTC.
fn minutes(offset: &str) -> Option<i64> {
    let (sign, rest) = match offset.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?);
    Some(sign * (i64::from(hours) * 60 + i64::from(minutes)))
}

/// Days since 1 March of the year 0, whose years end with the leap day.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year(month) + day - 1
}

/// Days before the month in a year that begins in March.
fn day_of_year(month: i64) -> i64 {
    ((month + 9) % 12 * 153 + 2) / 5
}

/// The inverse of [`days`].
fn civil(days: i64) -> (i64, i64, i64) {
    let cycle = days.div_euclid(146_097);
    let rest = days.rem_euclid(146_097);
    let of_cycle = (rest - rest / 1460 + rest / 36_524 - rest / 146_096) / 365;
    let rest = rest - (of_cycle * 365 + of_cycle / 4 - of_cycle / 100);
    let march_month = (rest * 5 + 2) / 153;
    let month = (march_month + 2) % 12 + 1;
    let year = cycle * 400 + of_cycle + i64::from(month < 3);
    (year, month, rest - day_of_year(month) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_utc() {
        let date = |text, offset| iso(text, offset).unwrap();
        assert_eq!(date("2019:10:16 19:01:03", None), "2019-10-16T19:01:03.000Z");
        assert_eq!(date("2019:10:16 19:01:03", Some("+00:00")), "2019-10-16T19:01:03.000Z");
        assert_eq!(date("2020:03:01 01:30:00", Some("+02:00")), "2020-02-29T23:30:00.000Z");
        assert_eq!(date("2021:12:31 23:00:59", Some("-05:30")), "2022-01-01T04:30:59.000Z");
    }

    #[test]
    fn xmp_dates_become_utc_and_may_be_short() {
        for (text, expected) in [
            ("2019-10-16T19:01:03+02:00", Some("2019-10-16T17:01:03.000Z")),
            ("2019-10-16T19:01:03.25Z", Some("2019-10-16T19:01:03.250Z")),
            ("2019-10-16T19:01:03.123456-01:30", Some("2019-10-16T20:31:03.123Z")),
            ("2019-10-16T19:01", Some("2019-10-16T19:01:00.000Z")),
            ("2019-10-16", Some("2019-10-16T00:00:00.000Z")),
            ("2019-10", None),
            ("2019-00-16", None),
            ("2019-10-16-01", None),
            ("2019-10-16Tnoon", None),
            ("2019-10-16T19:01:03.Z", Some("2019-10-16T19:01:03.000Z")),
            ("2019-10-16T19:01:03+é:00", None),
            ("16 October 2019", None),
        ] {
            assert_eq!(from_iso(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_stays_alone() {
        for text in ["", "0000:00:00 00:00:00", "2019:10:16", "    :  :     :  :  ", "x"] {
            assert_eq!(iso(text, None), None, "{text}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        let mut day = days(1800, 1, 1);
        for _ in 0..146_097 {
            let (year, month, of_month) = civil(day);
            assert_eq!(days(year, month, of_month), day);
            day += 1;
        }
        assert_eq!(civil(day), (2200, 1, 1));
    }
}
