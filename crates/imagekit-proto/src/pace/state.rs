//! The state of pacing, and how requests and responses change it.

use std::time::Duration;

use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::options::{PaceOptions, Rate, RateClass};
use super::{Permission, Permit};
use crate::meta::{Meta, RateLimit};

/// What a [`Pacer`](super::Pacer) remembers: plain data, to be shared between processes by an
/// implementation of [`Pace`](super::Pace).
///
/// Its times are on whatever clock `now` is on: processes that share a state need one clock, such as
/// the time since the Unix epoch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaceState {
    read: ClassState,
    write: ClassState,
    upload: ClassState,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ClassState {
    /// When the next request is due if requests are evenly spaced (the theoretical arrival time of
    /// the generic cell rate algorithm).
    next: Duration,
    /// The time between two requests that `next` was counted with.
    spacing: Duration,
    /// The largest burst, less one, that the turns until `next` were granted with.
    burst: u32,
    /// The last pause that the server asked for: from when, and until when.
    paused_at: Duration,
    paused_until: Duration,
    /// The limit that the server announced, and when.
    learned: Option<Rate>,
    learned_at: Duration,
    /// How much of the limit is used, in thousandths; less after a 429.
    share: u64,
    share_at: Duration,
}

impl Default for ClassState {
    fn default() -> Self {
        Self {
            next: Duration::ZERO,
            spacing: Duration::ZERO,
            burst: 0,
            paused_at: Duration::ZERO,
            paused_until: Duration::ZERO,
            learned: None,
            learned_at: Duration::ZERO,
            share: WHOLE,
            share_at: Duration::ZERO,
        }
    }
}

/// The whole of a limit, in thousandths.
const WHOLE: u64 = 1_000;
/// The least that is used of a limit, in thousandths.
const LEAST: u64 = 20;
/// The least that a 429 costs, in thousandths.
const LEAST_LOSS: u64 = 20;
/// How much of the limit is won back in each interval without a 429, in thousandths.
const RECOVERY: u64 = 5;
/// How long a lower limit is kept when responses tell a higher one: operations may differ.
const MEMORY: Duration = Duration::from_secs(60);
/// The pause after a 429 that asks for none.
const PAUSE: Duration = Duration::from_secs(1);

impl PaceState {
    /// Returns the permission to send one request of `class`, or how long to wait, when `ahead` others
    /// wait before it.
    pub fn poll_permit(
        &mut self,
        options: &PaceOptions,
        now: Duration,
        class: RateClass,
        ahead: usize,
    ) -> Permission {
        let state = self.class(class);
        let rate = options.rate(class, state.learned);
        match state.wait(options, now, rate, ahead) {
            Duration::ZERO => Permission::Granted(Permit { class, at: now }),
            wait => Permission::Sleep(wait),
        }
    }

    /// Learns from the response to the request that was sent with `permit`.
    pub fn on_response(
        &mut self,
        options: &PaceOptions,
        now: Duration,
        permit: Permit,
        meta: &Meta,
    ) {
        let state = self.class(permit.class);
        if let Some(limit) = &meta.rate_limit {
            state.learn(now, limit, options.max_pause);
        }
        if meta.status == StatusCode::TOO_MANY_REQUESTS {
            let rate = options.rate(permit.class, state.learned);
            let reset = meta.rate_limit.as_ref().and_then(|limit| limit.reset);
            state.pause(now, permit, rate, reset, options.max_pause);
        }
    }

    fn class(&mut self, class: RateClass) -> &mut ClassState {
        match class {
            RateClass::Read => &mut self.read,
            RateClass::Write => &mut self.write,
            RateClass::Upload => &mut self.upload,
        }
    }
}

impl ClassState {
    /// Takes the turn of one request behind `ahead` others, or returns how long to wait for it.
    fn wait(
        &mut self,
        options: &PaceOptions,
        now: Duration,
        rate: Option<Rate>,
        ahead: usize,
    ) -> Duration {
        let pause = self.pause_left(now);
        let Some(rate) = rate else { return pause };
        if pause.is_zero() {
            self.recover(now, &rate);
        }
        let share = self.share.saturating_mul(100 - options.headroom_percent) / 100;
        // However little of the limit is used.
        let slowest = duration(rate.spacing(WHOLE)).max(options.max_pause);
        let spacing = duration(rate.spacing(share)).min(slowest);
        if pause.is_zero() {
            self.respace(now, spacing);
        }
        let burst = u32::try_from(rate.burst.saturating_sub(1)).unwrap_or(u32::MAX);
        let slack = spacing.saturating_mul(burst);
        self.burst = if self.next > now { self.burst.max(burst) } else { burst };
        // A clock that was set back must not make requests wait for turns that are not used. Those
        // that are used stay so under a smaller burst, and in a pause under another spacing.
        let used = self.spacing.saturating_mul(self.burst);
        let latest = now.saturating_add(used).saturating_add(self.spacing.max(pause));
        self.next = self.next.clamp(now, latest);
        let before = spacing.saturating_mul(u32::try_from(ahead).unwrap_or(u32::MAX));
        let due = self.next.saturating_add(before).saturating_sub(slack);
        let wait = due.saturating_sub(now).max(pause);
        if wait.is_zero() {
            self.next = self.next.saturating_add(spacing);
        }
        wait
    }

    /// Returns what is left of the pause. A clock that was set back does not make it longer than it
    /// was.
    fn pause_left(&mut self, now: Duration) -> Duration {
        let pause = self.paused_until.saturating_sub(self.paused_at);
        let left = self.paused_until.saturating_sub(now);
        if left <= pause {
            return left;
        }
        (self.paused_at, self.paused_until) = (now, now.saturating_add(pause));
        pause
    }

    /// Keeps the number of turns that are used when the time between them changes: a slower pace must
    /// not grant a second burst.
    fn respace(&mut self, now: Duration, spacing: Duration) {
        let known = std::mem::replace(&mut self.spacing, spacing);
        if known == spacing || known.is_zero() {
            return;
        }
        let used = self.next.saturating_sub(now).as_nanos();
        let rescaled = used.saturating_mul(spacing.as_nanos()).div_ceil(known.as_nanos());
        self.next = now.saturating_add(duration(rescaled));
    }

    /// Wins back a part of the limit for each interval that has passed.
    fn recover(&mut self, now: Duration, rate: &Rate) {
        let interval = rate.interval.max(Duration::from_millis(1));
        let passed = now.saturating_sub(self.share_at).as_nanos() / interval.as_nanos();
        if passed == 0 {
            self.share_at = self.share_at.min(now);
            return;
        }
        let steps = u64::try_from(passed).unwrap_or(u64::MAX);
        self.share = self.share.saturating_add(steps.saturating_mul(RECOVERY)).min(WHOLE);
        self.share_at = now;
    }

    /// Takes over the limit of a response, but none of less than one request in `longest`. The
    /// tightest of the last minute holds.
    fn learn(&mut self, now: Duration, limit: &RateLimit, longest: Duration) {
        let (Some(requests @ 1..), Some(interval)) = (limit.limit, limit.interval) else { return };
        if interval.is_zero() {
            return;
        }
        let told = Rate::new(requests, interval);
        let slowest = Rate { requests: 1, interval: longest, ..told };
        let told = if told.spacing(WHOLE) < slowest.spacing(WHOLE) { told } else { slowest };
        let is_tighter =
            self.learned.is_none_or(|known| told.spacing(WHOLE) >= known.spacing(WHOLE));
        if is_tighter || now.saturating_sub(self.learned_at) > MEMORY {
            self.learned = Some(told);
            self.learned_at = now;
        }
    }

    /// Pauses after a 429, and slows down unless an earlier 429 has done so for the same burst.
    fn pause(
        &mut self,
        now: Duration,
        permit: Permit,
        rate: Option<Rate>,
        reset: Option<Duration>,
        longest: Duration,
    ) {
        let until = now.saturating_add(reset.unwrap_or(PAUSE).min(longest));
        let is_first = permit.at >= self.paused_until || self.paused_until.is_zero();
        if is_first {
            self.slow_down(reset, rate);
            (self.paused_at, self.share_at) = (now, now);
        }
        self.paused_until = self.paused_until.max(until);
        self.next = self.next.max(self.paused_until);
    }

    /// Gives up half of the share by which the limit was overrun: when it was used up in the middle
    /// of the interval (because others use it as well), a quarter.
    fn slow_down(&mut self, reset: Option<Duration>, rate: Option<Rate>) {
        let lost = match (reset, rate) {
            (Some(reset), Some(rate)) => {
                let interval = rate.interval.as_nanos().max(1_000_000);
                let thousandths = reset.as_nanos().min(interval) * u128::from(WHOLE) / interval;
                (u64::try_from(thousandths).unwrap_or(WHOLE) / 2).max(LEAST_LOSS)
            }
            _ => WHOLE / 5,
        };
        self.share = (self.share * WHOLE.saturating_sub(lost) / WHOLE).clamp(LEAST, WHOLE);
    }
}

fn duration(nanos: u128) -> Duration {
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}
