//! Sets the rate limit.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::done;
use crate::emulator::Emulator;
use crate::ratelimit::RateLimit;
use crate::response::{Handled, Problem};

/// Sets the limit `{mode, limit, interval}`: `off`, `announced` or `enforced`, a number of requests
/// in so many milliseconds.
pub(super) fn set(emulator: &Emulator, asked: &Map<String, Value>) -> Handled {
    let number = |name: &str| {
        let number = asked.get(name).and_then(Value::as_u64).filter(|number| *number > 0);
        let number = number.and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| Problem::bad_request(format!("{name} has to be a number from 1.")))
    };
    let rate = || {
        let interval = Duration::from_millis(u64::from(number("interval")?));
        Ok::<_, Problem>((number("limit")?, interval))
    };
    let limit = match asked.get("mode").and_then(Value::as_str) {
        Some("off") => RateLimit::off(),
        Some("announced") => {
            rate().map(|(limit, interval)| RateLimit::announced(limit, interval))?
        }
        Some("enforced") => rate().map(|(limit, interval)| RateLimit::enforced(limit, interval))?,
        _ => return Err(Problem::bad_request("mode has to be off, announced or enforced.")),
    };
    emulator.state().rate_limit = limit;
    Ok(done())
}

/// The limit as [`set`] takes it.
pub(super) fn get(limit: &RateLimit) -> Value {
    let (requests, interval) = limit.rate();
    json!({ "mode": limit.mode(), "limit": requests, "interval": interval.as_millis() as u64 })
}
