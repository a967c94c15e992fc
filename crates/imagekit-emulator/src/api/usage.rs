//! Usage and usage analytics of the account.
//!
//! The emulator counts what it was sent: its own responses are the requests and the bandwidth,
//! its library is the storage. Requests of the API and of delivery are counted together.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Exchange;
use crate::instant::Instant;
use crate::ledger::Traffic;
use crate::response::{Handled, Problem, ok};
use crate::route::query_pairs;

/// A report covers less than this many days (the OpenAPI file).
const MOST_DAYS: i64 = 90;
/// A ranking has this many entries at most.
const RANKED: usize = 100;

pub(crate) fn usage(exchange: &Exchange<'_>) -> Handled {
    let (start, end) = period(exchange, 0)?;
    let ledger = &exchange.state.ledger;
    let tally = ledger.within(start..end);
    Ok(ok(&json!({
        "bandwidthBytes": tally.total.bytes,
        "mediaLibraryStorageBytes": ledger.storage_before(end),
        "videoProcessingUnitsCount": 0,
        "extensionUnitsCount": tally.extensions.values().sum::<u64>(),
        "originalCacheStorageBytes": 0,
    })))
}

pub(crate) fn analytics(exchange: &Exchange<'_>) -> Handled {
    let (start, end) = period(exchange, 1)?;
    let tally = exchange.state.ledger.within(start..end);
    let nothing = || json!({ "byRequests": [], "byBandwidth": [] });
    let date = |day: i64| {
        let text = Instant::of_day(day).to_string();
        text.split('T').next().unwrap_or_default().to_owned()
    };
    let host = exchange.state.url_endpoint.clone();
    let endpoints = BTreeMap::from([(host, tally.total)]);
    let extensions = tally.extensions.iter();
    let mut body = json!({
        "startDate": date(start),
        "endDate": date(end - 1),
        "generatedAt": exchange.now.to_string(),
        "requestCount": tally.total.requests,
        "bandwidthBytes": tally.total.bytes,
        "cache": {
            "hitCount": 0,
            "missCount": tally.total.requests - tally.failed,
            "errorCount": tally.failed,
        },
        "topUserAgents": ranked(&tally.user_agents),
        "topReferrers": ranked(&tally.referrers),
        "urlEndpoints": ranked(&endpoints),
        "statusCodes": counted(&tally.statuses),
        "errorReasons": counted(&tally.reasons),
        "top404Assets": counted(&tally.missing),
        "extensions": extensions
            .map(|(name, number)| json!({ "name": name, "operationCount": number }))
            .collect::<Value>(),
        "videoProcessing": [],
    });
    if let Some(body) = body.as_object_mut() {
        for key in [
            "browser",
            "country",
            "device",
            "format",
            "topImages",
            "topImageTransforms",
            "topOtherAssets",
            "topVideos",
            "topVideoTransforms",
        ] {
            body.insert(key.to_owned(), nothing());
        }
    }
    Ok(ok(&body))
}

/// The days of `startDate` and `endDate`, the second as the end of a half-open range:
/// `inclusive` is 1 where the API includes it.
fn period(exchange: &Exchange<'_>, inclusive: i64) -> Result<(i64, i64), Problem> {
    let pairs = query_pairs(exchange.query);
    let value = |key: &str| {
        let pair = pairs.iter().find(|(name, value)| name == key && !value.is_empty());
        pair.map(|(_, value)| value.as_str())
    };
    let bad = |message: &str| Problem::bad_request(message);
    let (Some(start), Some(end)) = (value("startDate"), value("endDate")) else {
        return Err(bad("startDate and endDate are required in query parameters."));
    };
    let (Some(start), Some(end)) = (Instant::parse_day(start), Instant::parse_day(end)) else {
        return Err(bad("startDate and endDate should be in format YYYY-MM-DD."));
    };
    if start >= end + inclusive {
        return Err(bad("startDate should be before endDate."));
    }
    if end - start >= MOST_DAYS {
        return Err(bad("startDate and endDate should be within 90 days."));
    }
    Ok((start, end + inclusive))
}

fn ranked(entries: &BTreeMap<String, Traffic>) -> Value {
    let rank = |by: fn(&Traffic) -> u64| {
        let mut entries: Vec<_> =
            entries.iter().filter(|(_, traffic)| traffic.requests > 0).collect();
        entries.sort_by_key(|(_, traffic)| std::cmp::Reverse(by(traffic)));
        let entry = |(name, traffic): (&String, &Traffic)| {
            json!({
                "name": name,
                "requestCount": traffic.requests,
                "bandwidthBytes": traffic.bytes,
            })
        };
        entries.into_iter().take(RANKED).map(entry).collect::<Value>()
    };
    json!({
        "byRequests": rank(|traffic| traffic.requests),
        "byBandwidth": rank(|traffic| traffic.bytes),
    })
}

fn counted(entries: &BTreeMap<String, u64>) -> Value {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|(_, number)| std::cmp::Reverse(**number));
    let entry = |(name, number)| json!({ "name": name, "requestCount": number });
    entries.into_iter().take(RANKED).map(entry).collect()
}
