//! The requests that a server got, with the time that each took.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use http::request::Parts;
use http::{HeaderMap, Response, StatusCode};
use serde::Serialize;

use crate::emulator::Begun;

/// The last requests only, so that a server can run for long.
const KEPT: usize = 500;
/// The characters kept of a path and of a query.
const LONGEST: usize = 1000;

/// The last requests, shared by all connections.
#[derive(Clone, Debug)]
pub(crate) struct Journal {
    started: u64,
    lines: Arc<Mutex<Lines>>,
}

#[derive(Debug, Default)]
struct Lines {
    lines: VecDeque<Line>,
    /// How many changes there were.
    revision: u64,
    count: u64,
}

/// One request as the page shows it. Times are in milliseconds.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Line {
    number: u64,
    #[serde(skip)]
    revision: u64,
    /// Since 1970, by the system's clock.
    at: u64,
    method: String,
    path: String,
    query: Option<String>,
    operation: Option<&'static str>,
    /// Whether an injected fault happened to it.
    fault: bool,
    outcome: Outcome,
    status: Option<u16>,
    /// From its head to its response, waits included; `None` while it is pending.
    took: Option<f64>,
    /// How long the response was held back.
    held: Option<u64>,
    /// How long the client has to wait before it asks again.
    retry_after: Option<u64>,
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    Pending,
    Responded,
    /// A fault ended the connection within the response.
    CutShort,
    /// A fault ended the connection before the response.
    Dropped,
    /// The client ended the connection.
    Left,
}

/// The line of a request that is being handled; dropped early, the client has left.
#[derive(Debug)]
pub(crate) struct Entry {
    journal: Journal,
    number: u64,
    begun: Instant,
    ended: bool,
}

impl Journal {
    pub(crate) fn new() -> Self {
        Self { started: now(), lines: Arc::default() }
    }

    /// When it was created, in milliseconds since 1970.
    pub(super) fn started(&self) -> u64 {
        self.started
    }

    /// Adds a request whose head has arrived.
    pub(crate) fn begin(&self, parts: &Parts, request: &Begun) -> Entry {
        let mut lines = self.lines();
        lines.count += 1;
        lines.revision += 1;
        let (number, revision) = (lines.count, lines.revision);
        if lines.lines.len() == KEPT {
            lines.lines.pop_front();
        }
        lines.lines.push_back(Line {
            number,
            revision,
            at: now(),
            method: parts.method.to_string(),
            path: head(parts.uri.path()),
            query: parts.uri.query().map(head),
            operation: request.operation(),
            fault: request.has_fault(),
            outcome: Outcome::Pending,
            status: None,
            took: None,
            held: None,
            retry_after: None,
        });
        Entry { journal: self.clone(), number, begun: Instant::now(), ended: false }
    }

    /// The number of the last change, and the requests that changed after an earlier one.
    pub(super) fn after(&self, revision: u64) -> (u64, Vec<Line>) {
        let lines = self.lines();
        let changed = lines.lines.iter().filter(|line| line.revision > revision);
        (lines.revision, changed.cloned().collect())
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    /// Notes that the response waits before it is sent.
    pub(crate) fn held(&self, wait: Duration) {
        let wait = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        self.change(|line| line.held = Some(wait));
    }

    /// Notes the end of a connection without a response.
    pub(crate) fn dropped(mut self) {
        self.end(Outcome::Dropped, None);
    }

    /// Notes the response.
    pub(crate) fn responded<B>(mut self, outcome: Outcome, response: &Response<B>) {
        self.end(outcome, Some((response.status(), response.headers())));
    }

    fn end(&mut self, outcome: Outcome, response: Option<(StatusCode, &HeaderMap)>) {
        self.ended = true;
        let took = self.begun.elapsed().as_secs_f64() * 1000.0;
        self.change(|line| {
            line.outcome = outcome;
            line.took = Some((took * 10.0).round() / 10.0);
            if let Some((status, headers)) = response {
                line.status = Some(status.as_u16());
                line.retry_after = retry_after(status, headers);
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut Line)) {
        let mut lines = self.journal.lines();
        lines.revision += 1;
        let revision = lines.revision;
        if let Some(line) = lines.lines.iter_mut().find(|line| line.number == self.number) {
            line.revision = revision;
            change(line);
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        if !self.ended {
            self.end(Outcome::Left, None);
        }
    }
}

/// The wait that a 429 or 503 asks for.
fn retry_after(status: StatusCode, headers: &HeaderMap) -> Option<u64> {
    if !matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        return None;
    }
    let number = |name| headers.get(name)?.to_str().ok()?.parse::<u64>().ok();
    let seconds = || number("retry-after").map(|seconds| seconds.saturating_mul(1000));
    number("x-ratelimit-reset").or_else(seconds)
}

/// The beginning of a text.
fn head(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
