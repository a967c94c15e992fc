//! `cargo xtask faults`: calls against a server that misbehaves at random.
//!
//! Each run makes up to three calls with one client. The server cuts requests and responses off at any
//! byte, responds early, stalls, sends wrong lengths and no HTTP at all, and records what it received.
//! Afterwards it is compared with what the outcomes say.

mod check;
mod lanes;
mod plan;
mod random;
mod scenario;
mod server;
mod tcp;

use imagekit_proto::Config;
use lanes::{LANES, Lane};
use scenario::Scenario;
use server::Server;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

pub const USAGE: &str = "cargo xtask faults [--runs N] [--seed S] [--lane ureq|reqwest|tcp]";

/// The key of the campaign; it is printed nowhere.
const KEY: &str = "private_campaign_key";
/// Runs at the same time: most of them wait.
const THREADS: usize = 8;

struct Options {
    runs: u64,
    seed: u64,
    lane: Option<String>,
}

/// Runs the campaign: `--runs` runs of each lane, from `--seed` on.
pub fn main(arguments: &[&str]) -> ExitCode {
    let Some(options) = Options::parse(arguments) else {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    };
    let lanes =
        LANES.iter().filter(|(name, _)| options.lane.as_deref().is_none_or(|lane| lane == *name));
    let mut found = 0;
    for (name, lane) in lanes {
        let violations = campaign(name, *lane, options.seed, options.runs);
        println!("{name}: {} runs, {violations} violations", options.runs);
        found += violations;
    }
    if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Options {
    fn parse(arguments: &[&str]) -> Option<Self> {
        let mut options = Self { runs: 1000, seed: 1, lane: None };
        for pair in arguments.chunks(2) {
            match pair {
                ["--runs", runs] => options.runs = runs.parse().ok()?,
                ["--seed", seed] => options.seed = seed.parse().ok()?,
                ["--lane", lane] if LANES.iter().any(|(name, _)| name == lane) => {
                    options.lane = Some((*lane).to_owned());
                }
                _ => return None,
            }
        }
        Some(options)
    }
}

/// Makes the runs of one lane and prints what they violate. Returns how many violations there are.
fn campaign(name: &str, lane: Lane, seed: u64, runs: u64) -> u64 {
    let next = AtomicU64::new(0);
    let found = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= runs {
                        return;
                    }
                    let seed = seed.wrapping_add(number);
                    for violation in run(lane, seed) {
                        println!("--lane {name} --seed {seed} --runs 1: {violation}");
                        found.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    found.into_inner()
}

/// Makes one run and returns what it violates.
fn run(lane: Lane, seed: u64) -> Vec<String> {
    let scenario = Scenario::random(seed);
    let server = match Server::start(scenario.script.clone()) {
        Ok(server) => server,
        Err(error) => return vec![format!("no server: {error}")],
    };
    let url = server.url();
    let config = Config::new(KEY)
        .and_then(|config| config.with_api_url(&url)?.with_upload_url(&url))
        .map_err(|error| error.to_string());
    let ended = panic::catch_unwind(AssertUnwindSafe(|| lane(config?, &scenario.calls)));
    let received = server.finish();
    match ended {
        Ok(Ok(ended)) => check::violations(&scenario, &ended, &received),
        Ok(Err(error)) => vec![error],
        Err(_) => vec!["a panic".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_lane_hides_what_happened() {
        for (name, lane) in LANES {
            assert_eq!(campaign(name, lane, 1, 60), 0, "{name}");
        }
    }

    #[test]
    fn a_seed_repeats_its_run() {
        let texts = || {
            let scenario = Scenario::random(7);
            format!("{:?} {:?}", scenario.script, scenario.calls[0].input)
        };
        assert_eq!(texts(), texts());
    }
}
