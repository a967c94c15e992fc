//! Runs the table.

use std::fmt;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use imagekit_proto::Config;
use imagekit_proto::transport::{AsyncTransport, Transport};

use crate::case::Case;
use crate::cases;
use crate::client::{AsyncClient, Client};
use crate::play::{Async, AsyncClients, Blocking, BlockingClients, Subject, play};
use crate::report::{CaseResult, Report};

/// The table of cases, to be run against a transport.
#[derive(Clone, Debug)]
#[must_use = "a table does nothing until it is run"]
pub struct Table {
    name: String,
    /// The beginnings of the names of the cases to run; all without any.
    only: Vec<String>,
}

impl Table {
    /// Creates a table with all cases. `name` is the transport's name in the report.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), only: Vec::new() }
    }

    /// Runs only the cases whose names begin with `name`: a group (`"payload/"`), or one case. More
    /// than one call adds up.
    pub fn only(mut self, name: impl Into<String>) -> Self {
        self.only.push(name.into());
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
        for case in cases::all().filter(|case| self.has(case)) {
            let problems = match play(subject, &case).await {
                Ok(played) => case.problems(&played),
                Err(error) => vec![format!("the case could not be run: {error}")],
            };
            results.push(CaseResult { name: case.name().into(), problems });
        }
        Report { transport: self.name, results }
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
