//! Tests a transport of `imagekit-proto`: one table of cases, one call, one report.
//!
//! A case is a script for a server on a loopback address, the calls that a client makes, and the
//! expected result: how each call ends, after how many attempts, and every byte that the server must
//! see. The expectation is the same for every transport; a deviation is a bug.
//!
//! | under test | implement | run |
//! | --- | --- | --- |
//! | what sends one request | [`Transport`](imagekit_proto::transport::Transport) | [`Table::run`] |
//! | the same, async | [`AsyncTransport`](imagekit_proto::transport::AsyncTransport) | [`Table::run_async`] |
//! | a client with retries of its own | [`Client`] | [`Table::run_client`] |
//! | the same, async | [`AsyncClient`] | [`Table::run_async_client`] |
//!
//! The guide [Bring your own transport](guide) leads through one, step by step.
//!
//! Async transports run on the executor that polls the future of the run. The server has threads of
//! its own.

/// The example of the README, so that it compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Guide: bring your own transport.
#[doc = include_str!("guide.md")]
pub mod guide {}

mod ability;
mod case;
mod cases;
mod client;
mod hints;
mod outcome;
mod play;
mod probe;
mod report;
mod script;
mod seen;
mod server;
mod supply;
mod table;
mod temp_file;

pub use ability::Ability;
pub use client::{AsyncClient, Client, TableCall, TableEndpoint, TablePayload};
pub use report::{CaseResult, Problem, Report, Verdict};
pub use supply::Supply;
pub use table::Table;

#[cfg(test)]
mod tests;
