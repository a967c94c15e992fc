//! Runs the table.

use std::fmt;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use imagekit_proto::Config;
use imagekit_proto::transport::{AsyncTransport, Transport};

use crate::ability::Ability;
use crate::case::Case;
use crate::cases;
use crate::client::{AsyncClient, Client};
use crate::play::{Async, AsyncClients, Blocking, BlockingClients, Subject, play};
use crate::report::{CaseResult, Problem, Report, Verdict};

/// The table of cases, to be run against a transport.
#[derive(Clone, Debug)]
#[must_use = "a table does nothing until it is run"]
pub struct Table {
    name: String,
    /// The beginnings of the names of the cases to run; all without any.
    only: Vec<String>,
    lacks: Vec<(Ability, String)>,
    skips: Vec<(String, String)>,
    tolerated: Vec<(String, String)>,
}

impl Table {
    /// Creates a table with all cases. `name` is the transport's name in the report.
    pub fn new(name: impl Into<String>) -> Self {
        let (only, lacks) = (Vec::new(), Vec::new());
        Self { name: name.into(), only, lacks, skips: Vec::new(), tolerated: Vec::new() }
    }

    /// Runs only the cases whose names begin with `name`: a group (`"payload/"`), or one case. More
    /// than one call adds up.
    pub fn only(mut self, name: impl Into<String>) -> Self {
        self.only.push(name.into());
        self
    }

    /// Skips the cases that need `ability`, for this reason. The report lists them.
    pub fn lacks(mut self, ability: Ability, reason: impl Into<String>) -> Self {
        self.lacks.push((ability, reason.into()));
        self
    }

    /// Skips one case, for this reason. The report lists it; a name that no case has is a failure.
    pub fn skip(mut self, case: impl Into<String>, reason: impl Into<String>) -> Self {
        self.skips.push((case.into(), reason.into()));
        self
    }

    /// Says that the transport sets this request header in its own way, for this reason. It is not
    /// compared; the report says so.
    pub fn sets_header(mut self, name: &str, reason: impl Into<String>) -> Self {
        self.tolerated.push((name.to_ascii_lowercase(), reason.into()));
        self
    }

    /// Runs the table against a blocking transport. `make` creates one for each case.
    pub fn run<X>(self, make: impl Fn() -> X) -> Report
    where
        X: Transport<Error: fmt::Debug + fmt::Display>,
    {
        block_on(self.cases(&Blocking(make)))
    }

    /// Runs the table against an async transport, on the executor that polls the future. `make` creates
    /// a transport for each case.
    pub async fn run_async<X>(self, make: impl Fn() -> X) -> Report
    where
        X: AsyncTransport<Error: fmt::Debug + fmt::Display>,
    {
        self.cases(&Async(make)).await
    }

    /// Runs the table against a blocking client with a driver loop of its own. `make` creates a client
    /// for each case.
    pub fn run_client<C: Client>(self, make: impl Fn(Config) -> C) -> Report {
        block_on(self.cases(&BlockingClients(make)))
    }

    /// Runs the table against an async client with a driver loop of its own, on the executor that
    /// polls the future. `make` creates a client for each case.
    pub async fn run_async_client<C: AsyncClient>(self, make: impl Fn(Config) -> C) -> Report {
        self.cases(&AsyncClients(make)).await
    }

    async fn cases(self, subject: &impl Subject) -> Report {
        let mut results = Vec::new();
        let tolerated: Vec<&str> = self.tolerated.iter().map(|(name, _)| name.as_str()).collect();
        for case in cases::all().filter(|case| self.has(case)) {
            if let Some(reason) = self.skips(&case) {
                let verdict = Verdict::Skipped(reason.to_owned());
                results.push(CaseResult { name: case.name().into(), verdict });
                continue;
            }
            let problems = match play(subject, &case).await {
                Ok(played) => case.problems(&played, &tolerated),
                Err(error) => {
                    vec![Problem::new("the case can be run", format!("it cannot: {error}"))]
                }
            };
            results.push(CaseResult::new(case.name(), problems));
        }
        results.extend(self.wrong_skips());
        Report { transport: self.name, results, tolerated: self.tolerated }
    }

    /// Returns why a case is skipped.
    fn skips(&self, case: &Case) -> Option<&str> {
        let skip = self.skips.iter().find(|(name, _)| name == case.name());
        let lack = self.lacks.iter().find(|(ability, _)| case.needs.contains(ability));
        skip.map(|(_, reason)| reason).or(lack.map(|(_, reason)| reason)).map(String::as_str)
    }

    /// Returns a failure for each skip of a case that there is not.
    fn wrong_skips(&self) -> impl Iterator<Item = CaseResult> {
        let unknown =
            self.skips.iter().filter(|(name, _)| cases::all().all(|case| case.name() != name));
        unknown.map(|(name, _)| {
            let problem = Problem::new("Table::skip names a case", "there is no case of this name");
            CaseResult::new(name.clone(), vec![problem])
        })
    }

    fn has(&self, case: &Case) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| case.name().starts_with(name))
    }
}

/// Runs a future that waits for nothing but the server.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
        thread::sleep(Duration::from_millis(1));
    }
}
