//! Dates of the Gregorian calendar, as day numbers.

/// Day number of a date, counted from 0000-03-01 in years that begin in March, so that the leap day
/// comes last. `year` is 1 or more, `month` 1 to 12, `day` 1 to 31.
pub(crate) fn day_number(year: u64, month: u64, day: u64) -> u64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year
}

/// The [`day_number`] of a date as `YYYY-MM-DD`; `None` when `text` is no such date.
pub(crate) fn parse_day(text: &str) -> Option<u64> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let day = digits(parts.next()?, 2)?;
    let exists = is_day(year, month, day) && parts.next().is_none();
    exists.then(|| day_number(year, month, day))
}

/// Whether the calendar has that day.
pub(crate) fn is_day(year: u64, month: u64, day: u64) -> bool {
    year >= 1 && (1..=12).contains(&month) && (1..=days_of_month(year, month)).contains(&day)
}

fn digits(text: &str, count: usize) -> Option<u64> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

fn days_of_month(year: u64, month: u64) -> u64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::parse_day;

    #[test]
    fn every_day_is_the_one_after_the_day_before() {
        let mut expected = parse_day("1999-01-01").unwrap();
        for year in 1999..=2101 {
            for month in 1..=12 {
                for day in 1..=31 {
                    if let Some(number) = parse_day(&format!("{year}-{month:02}-{day:02}")) {
                        assert_eq!(number, expected, "{year}-{month}-{day}");
                        expected += 1;
                    }
                }
            }
        }
        // 103 years with the leap days of 2000 to 2096; 2100 has none.
        assert_eq!(expected - parse_day("1999-01-01").unwrap(), 103 * 365 + 25);
    }

    #[test]
    fn anything_else_is_no_day() {
        for text in [
            "",
            "2024",
            "2024-01",
            "2024-1-01",
            "2024-01-1",
            "24-01-01",
            "0000-01-01",
            "2024-00-01",
            "2024-13-01",
            "2024-01-00",
            "2024-01-32",
            "2023-02-29",
            "2100-02-29",
            "2024-01-01-01",
            "2024-01-01T00:00:00Z",
            "+024-01-01",
            " 2024-01-01",
            "２０２４-01-01",
        ] {
            assert_eq!(parse_day(text), None, "{text}");
        }
        assert!(parse_day("2024-02-29").is_some());
    }
}
