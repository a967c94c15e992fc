//! What a response says about a next attempt.

use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::meta::{MILLISECOND, SECOND, decimal, longest, values};
use crate::response_headers::{DATE, RESET, RETRY_AFTER, RETRY_AFTER_MS, SHOULD_RETRY};

/// What a response says about a next attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RetryHint {
    /// `x-should-retry: false`.
    pub(crate) stop: bool,
    /// The longest wait that any header asks for.
    pub(crate) wait: Option<Duration>,
}

impl RetryHint {
    pub(crate) fn of(status: StatusCode, headers: &HeaderMap) -> Self {
        let stop = values(headers, SHOULD_RETRY).any(|text| text.eq_ignore_ascii_case("false"));
        let milliseconds = |name| longest(headers, name, MILLISECOND);
        let reset =
            (status == StatusCode::TOO_MANY_REQUESTS).then(|| milliseconds(RESET)).flatten();
        let wait = reset.max(milliseconds(RETRY_AFTER_MS)).max(retry_after(headers));
        Self { stop, wait }
    }
}

/// Reads `Retry-After`: seconds, or a date, which is compared with the response's own `Date`: the
/// core has no clock, and the server's may differ from the caller's.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let dates =
        |name| values(headers, name).filter_map(|text| httpdate::parse_http_date(text).ok());
    let date = dates(DATE).next();
    let until = dates(RETRY_AFTER).filter_map(|until| until.duration_since(date?).ok());
    values(headers, RETRY_AFTER).filter_map(|text| decimal(text, SECOND)).chain(until).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(status: u16, headers: &[(&'static str, &str)]) -> Option<Duration> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        RetryHint::of(StatusCode::from_u16(status).unwrap(), &map).wait
    }

    const MS: fn(u64) -> Option<Duration> = |ms| Some(Duration::from_millis(ms));

    #[test]
    fn the_longest_hint_holds() {
        let all = [("retry-after-ms", "300"), ("retry-after", "2"), ("x-ratelimit-reset", "1500")];
        assert_eq!(wait(429, &all), MS(2000));
        assert_eq!(wait(429, &all[2..]), MS(1500));
        assert_eq!(wait(503, &all[2..]), None);
        assert_eq!(wait(503, &all[..1]), MS(300));
        assert_eq!(wait(429, &[("x-ratelimit-reset", "200, 5000")]), MS(5000));
        assert_eq!(
            wait(429, &[("x-ratelimit-reset", "200"), ("x-ratelimit-reset", "70")]),
            MS(200)
        );
        assert_eq!(wait(429, &[("retry-after", "0")]), MS(0));
        assert_eq!(wait(429, &[("retry-after", "0.2")]), MS(200));
    }

    #[test]
    fn negative_and_garbled_hints_are_none() {
        for text in ["-5", "soon", "", "1e9", "NaN", "Sun, 06 Nov 1994 08:49:37 GMT"] {
            assert_eq!(wait(429, &[("retry-after", text)]), None, "{text}");
        }
        assert_eq!(wait(429, &[("retry-after-ms", "-1"), ("retry-after", "1")]), MS(1000));
    }

    #[test]
    fn dates_are_read_against_the_servers_own() {
        let date = |retry, date| wait(503, &[("retry-after", retry), ("date", date)]);
        let (early, late) = ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:40 GMT");
        assert_eq!(date(late, early), MS(3000));
        assert_eq!(date("Sunday, 06-Nov-94 08:49:40 GMT", early), MS(3000));
        assert_eq!(date("Sun Nov  6 08:49:40 1994", early), MS(3000));
        assert_eq!(date(early, late), None);
    }

    #[test]
    fn a_hint_too_large_is_not_no_hint() {
        assert_eq!(wait(429, &[("retry-after", "99999999999999999999999")]), Some(Duration::MAX));
    }
}
