//! Status, request id and rate limit of a response.

use std::time::Duration;

use http::header::AsHeaderName;
use http::{HeaderMap, HeaderName, StatusCode};

use crate::response_headers;

// Parsed once, not for every response.
static REQUEST_ID: HeaderName = HeaderName::from_static(response_headers::REQUEST_ID);
static LIMIT: HeaderName = HeaderName::from_static(response_headers::LIMIT);
static RESET: HeaderName = HeaderName::from_static(response_headers::RESET);
static INTERVAL: HeaderName = HeaderName::from_static(response_headers::INTERVAL);

/// Status, request id and rate limit of a response.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Meta {
    /// The HTTP status.
    pub status: StatusCode,
    /// `x-ik-requestId`, by which ImageKit's support finds the request.
    pub request_id: Option<String>,
    /// The `X-RateLimit-*` headers, if the response has any.
    pub rate_limit: Option<RateLimit>,
}

impl Meta {
    /// Reads the status and headers of a response.
    pub fn of<B>(response: &http::Response<B>) -> Self {
        let headers = response.headers();
        Self {
            status: response.status(),
            request_id: values(headers, &REQUEST_ID).next().map(str::to_owned),
            rate_limit: RateLimit::of(headers),
        }
    }
}

/// How many requests the account may make in an interval (`X-RateLimit-*`).
///
/// Limits hold per account and endpoint; uploads have none. When the headers describe several
/// intervals, each number is the largest of them, so that `reset` is a wait that suits all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Requests allowed in one interval.
    pub limit: Option<u64>,
    /// How long until the interval ends (sent as a number of milliseconds, not as a time).
    pub reset: Option<Duration>,
    /// The length of the interval (sent in milliseconds).
    pub interval: Option<Duration>,
}

impl RateLimit {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let limit = list(headers, &LIMIT).filter_map(|text| text.trim().parse().ok()).max();
        let reset = longest(headers, &RESET, MILLISECOND);
        let interval = longest(headers, &INTERVAL, MILLISECOND);
        (limit.is_some() || reset.is_some() || interval.is_some()).then_some(Self {
            limit,
            reset,
            interval,
        })
    }
}

/// Returns the values of the header `name` that are text.
pub(crate) fn values(headers: &HeaderMap, name: impl AsHeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok()).map(str::trim)
}

/// Returns the values of a header that holds a number for each of several intervals.
fn list(headers: &HeaderMap, name: impl AsHeaderName) -> impl Iterator<Item = &str> {
    values(headers, name).flat_map(|value| value.split(','))
}

/// Returns the longest of the times in the header `name`, numbers of `unit` nanoseconds.
pub(crate) fn longest(headers: &HeaderMap, name: impl AsHeaderName, unit: u64) -> Option<Duration> {
    list(headers, name).filter_map(|text| decimal(text, unit)).max()
}

/// One millisecond in nanoseconds.
pub(crate) const MILLISECOND: u64 = 1_000_000;
/// One second in nanoseconds.
pub(crate) const SECOND: u64 = 1_000 * MILLISECOND;

/// Reads a non-negative decimal number of units of `unit` nanoseconds; `None` for anything else.
///
/// A number too large for a [`Duration`] is the longest one: it must not look like no number.
pub(crate) fn decimal(text: &str, unit: u64) -> Option<Duration> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole = whole.parse::<u64>().ok().and_then(|whole| {
        let nanos = u128::from(whole) * u128::from(unit);
        let seconds = u64::try_from(nanos / u128::from(SECOND)).ok()?;
        Some(Duration::new(seconds, u32::try_from(nanos % u128::from(SECOND)).ok()?))
    });
    let mut nanos = 0;
    let mut digit_unit = unit;
    for byte in fraction.bytes() {
        digit_unit /= 10;
        nanos += u64::from(byte - b'0') * digit_unit;
    }
    Some(whole.map_or(Duration::MAX, |whole| whole.saturating_add(Duration::from_nanos(nanos))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals() {
        for (text, wait) in [
            ("0", Some(Duration::ZERO)),
            ("200", Some(Duration::from_secs(200))),
            (" 0.25 ", Some(Duration::from_millis(250))),
            ("99999999999999999999999", Some(Duration::MAX)),
            ("18446744073709551615", Some(Duration::from_secs(u64::MAX))),
            ("-5", None),
            ("+5", None),
            ("1e3", None),
            ("soon", None),
            ("", None),
            (".5", None),
            ("\u{661}", None),
        ] {
            assert_eq!(decimal(text, SECOND), wait, "{text}");
        }
        assert_eq!(decimal("1500.5", MILLISECOND), Some(Duration::from_micros(1_500_500)));
    }

    #[test]
    fn headers_are_read_one_by_one() {
        let response = http::Response::builder()
            .status(429)
            .header("X-RateLimit-Reset", "200")
            .header("X-RateLimit-Limit", "many")
            .header("x-ik-requestId", "abc")
            .body(())
            .unwrap();
        let meta = Meta::of(&response);
        let reset = Some(Duration::from_millis(200));
        assert_eq!(meta.rate_limit, Some(RateLimit { limit: None, reset, interval: None }));
        assert_eq!(meta.request_id.as_deref(), Some("abc"));
    }

    #[test]
    fn of_several_intervals_the_longest_holds() {
        let response = http::Response::builder()
            .header("X-RateLimit-Limit", "20, 1000")
            .header("X-RateLimit-Reset", "5000, soon")
            .header("X-RateLimit-Reset", "200")
            .header("X-RateLimit-Interval", "1000, 60000")
            .body(())
            .unwrap();
        let [reset, interval] = [5, 60].map(|seconds| Some(Duration::from_secs(seconds)));
        let expected = RateLimit { limit: Some(1000), reset, interval };
        assert_eq!(Meta::of(&response).rate_limit, Some(expected));
    }
}
