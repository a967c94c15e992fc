//! The days that a report is about.

use crate::endpoint::RequestContext;
use crate::error::BuildError;
use crate::types::parse_day;

/// Checks `startDate` and `endDate`: dates as `YYYY-MM-DD`, less than 90 days apart and in order.
/// They may be the same if the report includes the end date.
pub(super) fn check_period(
    cx: &RequestContext<'_>,
    start: &str,
    end: &str,
    includes_end: bool,
) -> Result<(), BuildError> {
    const NO_DATE: &str = "it is a day as YYYY-MM-DD";
    let (first, last) = (parse_day(start), parse_day(end));
    cx.ensure(first.is_some(), "startDate", NO_DATE)?;
    cx.ensure(last.is_some(), "endDate", NO_DATE)?;
    let (Some(first), Some(last)) = (first, last) else { return Ok(()) };
    if includes_end {
        cx.ensure(first <= last, "endDate", "it is not before startDate")?;
    } else {
        cx.ensure(first < last, "endDate", "it is after startDate and not part of the period")?;
    }
    let near = last.saturating_sub(first) < 90;
    cx.ensure(near, "endDate", "it is less than 90 days after startDate")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn less_than_ninety_days_in_order() {
        let config = Config::new("private_key").unwrap();
        let cx = RequestContext::new(&config, 1);
        let check = |start, end, includes_end| check_period(&cx, start, end, includes_end);
        for includes_end in [false, true] {
            assert_eq!(check("2024-01-01", "2024-01-02", includes_end), Ok(()));
            // 89 and 90 days, with a leap day.
            assert_eq!(check("2024-01-01", "2024-03-30", includes_end), Ok(()));
            assert!(check("2024-01-01", "2024-03-31", includes_end).is_err());
            // Without one.
            assert_eq!(check("2023-12-15", "2024-03-13", includes_end), Ok(()));
            assert_eq!(check("2022-12-15", "2023-03-14", includes_end), Ok(()));
            assert!(check("2022-12-15", "2023-03-15", includes_end).is_err());
            assert!(check("2024-01-02", "2024-01-01", includes_end).is_err());
            for odd in ["", "soon", "2024-02-30", "2024-1-1", "2024-01-01T00:00:00Z"] {
                assert!(check("2024-01-01", odd, includes_end).is_err(), "{odd}");
                assert!(check(odd, "2024-01-01", includes_end).is_err(), "{odd}");
            }
        }
        assert!(check("2024-01-01", "2024-01-01", false).is_err());
        assert_eq!(check("2024-01-01", "2024-01-01", true), Ok(()));
    }
}
