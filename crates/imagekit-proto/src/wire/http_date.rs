//! Dates in HTTP headers, in the three forms of RFC 9110 section 5.6.7.

use crate::types::day_number;

/// Seconds since 1970-01-01 UTC; `None` when `text` is no HTTP date.
pub(crate) fn parse(text: &str) -> Option<u64> {
    let text = text.trim();
    // `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`
    if let Some((_, rest)) = text.split_once(", ") {
        let mut words = rest.strip_suffix(" GMT")?.split([' ', '-']);
        let (day, month, year) = (words.next()?, words.next()?, words.next()?);
        let (time, end) = (words.next()?, words.next());
        return if end.is_none() { seconds(year, month, day, time) } else { None };
    }
    // `Sun Nov  6 08:49:37 1994`
    let mut words = text.split_ascii_whitespace().skip(1);
    let (month, day, time, year) = (words.next()?, words.next()?, words.next()?, words.next()?);
    if words.next().is_none() { seconds(year, month, day, time) } else { None }
}

fn seconds(year: &str, month: &str, day: &str, time: &str) -> Option<u64> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS.iter().position(|name| *name == month)? as u64 + 1;
    let year = match (year.len(), number(year)?) {
        // Two digits: the header's century is ours, as for every server that still writes them.
        (2, year) if year < 70 => 2000 + year,
        (2, year) => 1900 + year,
        (4, year) if year >= 1970 => year,
        _ => return None,
    };
    let day = number(day).filter(|day| (1..=31).contains(day))?;
    let mut clock = time.split(':');
    let hour = number(clock.next()?).filter(|hour| *hour < 24)?;
    let minute = number(clock.next()?).filter(|minute| *minute < 60)?;
    let second = number(clock.next()?).filter(|second| *second <= 60)?;
    if clock.next().is_some() {
        return None;
    }
    // 719,468 is the number of 1970-01-01.
    let days = day_number(year, month, day) - 719_468;
    Some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

fn number(text: &str) -> Option<u64> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn three_forms_of_one_instant() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(parse(text), Some(784_111_777), "{text}");
        }
        assert_eq!(parse("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(parse("Thu, 29 Feb 2024 23:59:59 GMT"), Some(1_709_251_199));
        assert_eq!(parse("Fri, 31 Dec 9999 23:59:59 GMT"), Some(253_402_300_799));
    }

    #[test]
    fn anything_else_is_no_date() {
        for text in [
            "",
            "soon",
            "3",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, 06 Nov 99999 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 1 GMT",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
