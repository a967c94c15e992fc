//! Usage by day, for the usage and usage analytics operations.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::instant::Instant;

/// At most this many different names are counted for one day and subject.
const MAX_NAMES: usize = 10_000;

/// How often something was requested, and how many bytes the responses had.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Traffic {
    pub(crate) requests: u64,
    pub(crate) bytes: u64,
}

/// What happened within some time.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Exchanged {
    pub(crate) status: u16,
    pub(crate) bytes: u64,
    /// The path, if nothing is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) missing: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) user_agent: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) referrer: Option<String>,
    /// What the response names as its error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
}

/// What was used, by day.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Ledger {
    days: BTreeMap<i64, Tally>,
    /// The bytes in the library at the end of each day that changed them.
    storage: BTreeMap<i64, u64>,
    /// What was added since it was last taken, if somebody takes it.
    #[serde(skip)]
    added: Option<Vec<(i64, Entry)>>,
}

/// One addition to a ledger.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Entry {
    Exchanged(Exchanged),
    Extension(String),
    Stored(u64),
}

impl Ledger {
    pub(crate) fn exchanged(&mut self, now: Instant, exchanged: Exchanged) {
        self.add(now.day(), Entry::Exchanged(exchanged));
    }

    pub(crate) fn extension(&mut self, now: Instant, name: &str) {
        self.add(now.day(), Entry::Extension(name.to_owned()));
    }

    pub(crate) fn stored(&mut self, now: Instant, bytes: u64) {
        self.add(now.day(), Entry::Stored(bytes));
    }

    fn add(&mut self, day: i64, entry: Entry) {
        self.count(day, &entry);
        if let Some(added) = &mut self.added {
            added.push((day, entry));
        }
    }

    /// Counts what happened on a day.
    pub(crate) fn count(&mut self, day: i64, entry: &Entry) {
        match entry {
            Entry::Exchanged(exchanged) => {
                self.days.entry(day).or_default().exchanged(exchanged);
            }
            Entry::Extension(name) => {
                count(&mut self.days.entry(day).or_default().extensions, name)
            }
            Entry::Stored(bytes) => drop(self.storage.insert(day, *bytes)),
        }
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

#[cfg(feature = "server")]
impl Ledger {
    /// Begins to keep what is added, to be taken.
    pub(crate) fn track(&mut self) {
        self.added = Some(Vec::new());
    }

    /// Returns what was added since the last call, and the day.
    pub(crate) fn take_added(&mut self) -> Vec<(i64, Entry)> {
        self.added.as_mut().map(std::mem::take).unwrap_or_default()
    }
}

impl Tally {
    fn exchanged(&mut self, exchanged: &Exchanged) {
        let Exchanged { status, bytes, missing, user_agent, referrer, reason } = exchanged;
        self.total.add(*bytes);
        for (map, name) in [(&mut self.user_agents, user_agent), (&mut self.referrers, referrer)] {
            if let Some(traffic) = name.as_ref().and_then(|name| counter(map, name)) {
                traffic.add(*bytes);
            }
        }
        count(&mut self.statuses, &status.to_string());
        self.failed += u64::from(*status >= 400);
        for (map, name) in [(&mut self.reasons, reason), (&mut self.missing, missing)] {
            if let Some(name) = name {
                count(map, name);
            }
        }
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
