//! Usage by day, for the usage and usage analytics operations.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::instant::Instant;

/// At most this many different names are counted for one day and subject.
const MAX_NAMES: usize = 10_000;

/// How often something was requested, and how many bytes the responses had.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) requests: u64,
    pub(crate) bytes: u64,
}

/// What happened within some time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) total: Traffic,
    pub(crate) failed: u64,
    pub(crate) user_agents: BTreeMap<String, Traffic>,
    pub(crate) referrers: BTreeMap<String, Traffic>,
    pub(crate) statuses: BTreeMap<String, u64>,
    pub(crate) reasons: BTreeMap<String, u64>,
    pub(crate) missing: BTreeMap<String, u64>,
    pub(crate) extensions: BTreeMap<String, u64>,
}

/// One request and its response.
#[derive(Debug)]
pub(crate) struct Exchanged<'a> {
    pub(crate) status: u16,
    pub(crate) path: &'a str,
    pub(crate) bytes: u64,
    pub(crate) user_agent: Option<&'a str>,
    pub(crate) referrer: Option<&'a str>,
    /// What the response names as its error.
    pub(crate) reason: Option<String>,
}

/// What was used, by day.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    days: BTreeMap<i64, Tally>,
    /// The bytes in the library at the end of each day that changed them.
    storage: BTreeMap<i64, u64>,
}

impl Ledger {
    pub(crate) fn exchanged(&mut self, now: Instant, exchanged: Exchanged<'_>) {
        let Exchanged { status, path, bytes, user_agent, referrer, reason } = exchanged;
        let tally = self.days.entry(now.day()).or_default();
        tally.total.add(bytes);
        for (map, name) in [(&mut tally.user_agents, user_agent), (&mut tally.referrers, referrer)]
        {
            if let Some(traffic) = name.and_then(|name| counter(map, name)) {
                traffic.add(bytes);
            }
        }
        count(&mut tally.statuses, &status.to_string());
        tally.failed += u64::from(status >= 400);
        if let Some(reason) = reason {
            count(&mut tally.reasons, &reason);
        }
        if status == 404 {
            count(&mut tally.missing, path);
        }
    }

    pub(crate) fn extension(&mut self, now: Instant, name: &str) {
        count(&mut self.days.entry(now.day()).or_default().extensions, name);
    }

    pub(crate) fn stored(&mut self, now: Instant, bytes: u64) {
        self.storage.insert(now.day(), bytes);
    }

    /// The bytes in the library before a day began.
    pub(crate) fn storage_before(&self, day: i64) -> u64 {
        self.storage.range(..day).next_back().map_or(0, |(_, bytes)| *bytes)
    }

    /// All that happened in some days.
    pub(crate) fn within(&self, days: Range<i64>) -> Tally {
        let mut sum = Tally::default();
        // An empty or reversed range holds nothing.
        for (_, tally) in self.days.range(days.start..days.end.max(days.start)) {
            sum.total.requests += tally.total.requests;
            sum.total.bytes += tally.total.bytes;
            sum.failed += tally.failed;
            for (into, from) in
                [(&mut sum.user_agents, &tally.user_agents), (&mut sum.referrers, &tally.referrers)]
            {
                for (name, traffic) in from {
                    let into = into.entry(name.clone()).or_default();
                    into.requests += traffic.requests;
                    into.bytes += traffic.bytes;
                }
            }
            for (into, from) in [
                (&mut sum.statuses, &tally.statuses),
                (&mut sum.reasons, &tally.reasons),
                (&mut sum.missing, &tally.missing),
                (&mut sum.extensions, &tally.extensions),
            ] {
                for (name, number) in from {
                    *into.entry(name.clone()).or_default() += number;
                }
            }
        }
        sum
    }
}

impl Traffic {
    fn add(&mut self, bytes: u64) {
        self.requests += 1;
        self.bytes += bytes;
    }
}

fn count(map: &mut BTreeMap<String, u64>, name: &str) {
    if let Some(number) = counter(map, name) {
        *number += 1;
    }
}

fn counter<'a, T: Default>(map: &'a mut BTreeMap<String, T>, name: &str) -> Option<&'a mut T> {
    if map.len() >= MAX_NAMES && !map.contains_key(name) {
        return None;
    }
    Some(map.entry(name.to_owned()).or_default())
}
