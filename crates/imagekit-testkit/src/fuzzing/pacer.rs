//! A pacer that is polled at any time and gets any response.

use std::time::Duration;

use http::Response;

use super::input::Input;
use imagekit_proto::Meta;
use imagekit_proto::pace::{Pace, PaceOptions, Pacer, Permission, Permit, Rate, RateClass};

/// Asks a pacer for permits and reports responses, by operations made from `bytes`.
///
/// # Panics
///
/// More permits than the user's limit, a permit before the pause is over that the server asked for,
/// or a wait after which no request gets a permit.
pub fn pacer(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let ms = Duration::from_millis;
    let (requests, interval) = (1 + input.number(1), ms(1 + input.number(2)));
    let burst = 1 + u64::from(input.byte() % 8);
    let limit = Rate::new(requests, interval).burst(burst);
    let options = PaceOptions::default()
        .limit(RateClass::Read, limit)
        .headroom(input.byte())
        .max_pause(ms(1 << 16));
    let mut pacer = Pacer::new(options);
    let mut is_monotonic = true;
    let mut now = ms(input.number(3));
    let mut permits: Vec<Permit> = Vec::new();
    let mut paused_until = Duration::ZERO;
    while !input.is_empty() {
        now = match input.byte() {
            back @ 252.. => {
                is_monotonic = false;
                now.saturating_sub(ms(u64::from(back) * 100))
            }
            forth => now + ms(forth.into()),
        };
        match input.byte() % 4 {
            0..3 => {
                let class = input.choose(
                    &[RateClass::Read, RateClass::Read, RateClass::Write, RateClass::Upload],
                    RateClass::Read,
                );
                let ahead = usize::from(input.byte() % 8).saturating_sub(4);
                match pacer.poll_permit(now, class, ahead) {
                    Permission::Granted(permit) if class == RateClass::Read => {
                        assert!(!is_monotonic || now >= paused_until, "granted in a pause");
                        permits.push(permit);
                    }
                    Permission::Granted(_) => {}
                    Permission::Sleep(wait) => {
                        assert!(wait > Duration::ZERO);
                        ends(pacer.clone(), now + wait, class);
                    }
                }
            }
            _ => {
                let status = input.choose(&[200, 429, 503], 200);
                let mut response = Response::builder().status(status);
                let reset = input.number(2);
                for name in ["X-RateLimit-Limit", "X-RateLimit-Interval"] {
                    if input.byte() % 2 == 0 {
                        response = response.header(name, input.number(2));
                    }
                }
                response = response.header("X-RateLimit-Reset", reset);
                let Ok(response) = response.body(()) else { panic!("the headers are fine") };
                let Some(permit) = permits.last() else { continue };
                pacer.on_response(now, *permit, &Meta::of(&response));
                if status == 429 {
                    paused_until = paused_until.max(now + ms(reset));
                }
            }
        }
    }
    if is_monotonic {
        check(&permits, limit);
    }
}

/// A wait may be followed by another (for a turn after a pause, or because the pace changes), but one
/// after the other they come to an end.
fn ends(mut pacer: Pacer, mut now: Duration, class: RateClass) {
    for _ in 0..16 {
        match pacer.poll_permit(now, class, 0) {
            Permission::Granted(_) => return,
            Permission::Sleep(wait) => now += wait,
        }
    }
    panic!("no wait is the last");
}

/// In no time are there more permits than the rate allows: a burst and one for each spacing.
fn check(permits: &[Permit], limit: Rate) {
    for (index, first) in permits.iter().enumerate() {
        for (count, last) in permits.iter().skip(index).enumerate() {
            let time = (last.at - first.at).as_nanos() * u128::from(limit.requests);
            let allowed = u128::from(limit.burst) + time / limit.interval.as_nanos();
            assert!(count as u128 <= allowed, "{} permits in {time}", count + 1);
        }
    }
}
