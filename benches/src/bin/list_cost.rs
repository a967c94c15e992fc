//! A list of 100,000 files and folders, read item by item: CPU time of a page, compared with a
//! hand-written loop over the same transport; time with read-ahead under a latency of 50 ms; memory.
//!
//! `cargo run --release -p imagekit-benches --bin list_cost -- [ROUNDS]`

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use std::error::Error;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use imagekit_benches::loopback::{LISTED, Server, cpu_seconds, median, peak_mib, serve};
use imagekit_benches::peers::Row;
use imagekit_reqwest::proto::api::assets::ListAndSearchAssets;
use imagekit_reqwest::proto::{Config, ConfigError};
use imagekit_reqwest::reqwest;
use imagekit_ureq::ureq;
use tokio::runtime::Runtime;

type Failure = Box<dyn Error + Send + Sync>;

const PAGE: u32 = 1000;
const AUTHORIZATION: &str = "Basic cHJpdmF0ZV9hYmM6";

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["serve"] => serve(),
        // A process of its own for each peak of memory.
        ["peak", url, transport, ahead, items] => {
            let bench = Bench::new(url)?;
            let (ahead, items) = (ahead.parse()?, items.parse()?);
            match *transport {
                "ureq" => bench.ureq("list", ahead, items)?,
                _ => bench.reqwest("list", ahead, items)?,
            }
            println!("{:.1}", peak_mib()?);
            Ok(())
        }
        rounds => measure(rounds.first().map_or(Ok(11), |rounds| rounds.parse())?),
    }
}

fn measure(rounds: usize) -> Result<(), Failure> {
    let server = Server::start()?;
    let bench = Bench::new(&server.url)?;
    let all = u64::from(LISTED);
    compare("ureq", rounds, || bench.ureq_by_hand(), || bench.ureq("list", 0, all))?;
    compare("reqwest", rounds, || bench.reqwest_by_hand(), || bench.reqwest("list", 0, all))?;

    for (transport, list) in [("ureq", Bench::ureq as List), ("reqwest", Bench::reqwest)] {
        let time = |ahead| -> Result<_, Failure> {
            bench.most()?;
            let clock = Instant::now();
            list(&bench, "slow", ahead, all)?;
            Ok((clock.elapsed().as_secs_f64(), bench.most()?))
        };
        let (plain, one) = time(0)?;
        let (ahead, several) = time(8)?;
        println!(
            "{transport}, 50 ms of latency: {plain:.2} s with {one} request at a time, {ahead:.2} s \
             with {several} (read-ahead 8): {:.1}x faster",
            plain / ahead
        );
        for ahead in ["0", "8"] {
            let peak = |items: &str| -> Result<String, Failure> {
                let output = Command::new(std::env::current_exe()?)
                    .args(["peak", &server.url, transport, ahead, items])
                    .output()?;
                Ok(String::from_utf8(output.stdout)?.trim().to_owned())
            };
            let (some, all) = (peak("50000")?, peak("100000")?);
            println!(
                "{transport}, read-ahead {ahead}: {some} MiB peak for 50,000 items, {all} MiB for \
                 100,000"
            );
        }
    }
    Ok(())
}

type List = fn(&Bench, &str, usize, u64) -> Result<(), Failure>;

fn compare(
    name: &str,
    rounds: usize,
    by_hand: impl Fn() -> Result<(), Failure>,
    ours: impl Fn() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (mut hand, mut our) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let before = cpu_seconds()?;
        by_hand()?;
        let between = cpu_seconds()?;
        ours()?;
        hand.push(between - before);
        our.push(cpu_seconds()? - between);
    }
    let pages = f64::from(LISTED / PAGE);
    let ratios = our.iter().zip(&hand).map(|(our, hand)| our / hand).collect();
    println!(
        "{name}: by hand {:.2} ms CPU a page, ours {:.2} ms, {:.3}x",
        median(hand) * 1e3 / pages,
        median(our) * 1e3 / pages,
        median(ratios)
    );
    Ok(())
}

struct Bench {
    url: String,
    runtime: Runtime,
    bare_ureq: ureq::Agent,
    bare_reqwest: reqwest::Client,
}

fn config(url: &str, list: &str) -> Result<Config, ConfigError> {
    Config::new("private_abc")?.with_api_url(&format!("{url}/{list}"))
}

impl Bench {
    fn new(url: &str) -> Result<Self, Failure> {
        Ok(Self {
            url: url.to_owned(),
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()?,
            bare_ureq: ureq::Agent::new_with_defaults(),
            bare_reqwest: reqwest::Client::new(),
        })
    }

    /// The most requests that were there together since the last time.
    fn most(&self) -> Result<String, Failure> {
        Ok(self.bare_ureq.get(format!("{}/most", self.url)).call()?.body_mut().read_to_string()?)
    }

    fn pages(&self) -> impl Iterator<Item = String> {
        let pages = (0..).step_by(PAGE as usize);
        pages.map(|skip: u32| format!("{}/list/v1/files?limit={PAGE}&skip={skip}", self.url))
    }

    fn ureq_by_hand(&self) -> Result<(), Failure> {
        for url in self.pages() {
            let request = self.bare_ureq.get(&url).header("authorization", AUTHORIZATION);
            let body = request.call()?.into_body().read_to_vec()?;
            if take(serde_json::from_slice(&body)?) < PAGE as usize {
                break;
            }
        }
        Ok(())
    }

    fn reqwest_by_hand(&self) -> Result<(), Failure> {
        self.runtime.block_on(async {
            for url in self.pages() {
                let request = self.bare_reqwest.get(&url).header("authorization", AUTHORIZATION);
                let body = request.send().await?.bytes().await?;
                if take(serde_json::from_slice(&body)?) < PAGE as usize {
                    break;
                }
            }
            Ok(())
        })
    }

    fn ureq(&self, list: &str, ahead: usize, items: u64) -> Result<(), Failure> {
        let client = imagekit_ureq::Client::new(config(&self.url, list)?)?;
        let mut count = 0;
        for asset in client.pages(ListAndSearchAssets::new()).concurrency(ahead).max_items(items) {
            black_box(asset?);
            count += 1;
        }
        all_of(items, count)
    }

    fn reqwest(&self, list: &str, ahead: usize, items: u64) -> Result<(), Failure> {
        let client = imagekit_reqwest::Client::new(config(&self.url, list)?)?;
        self.runtime.block_on(async {
            let mut count = 0;
            let list = client.pages(ListAndSearchAssets::new());
            let mut assets = list.concurrency(ahead).max_items(items);
            while let Some(asset) = assets.next().await {
                black_box(asset?);
                count += 1;
            }
            all_of(items, count)
        })
    }
}

/// Looks at every item, and returns how many there are.
fn take(rows: Vec<Row>) -> usize {
    let count = rows.len();
    for row in rows {
        black_box(row);
    }
    count
}

fn all_of(items: u64, count: u64) -> Result<(), Failure> {
    if items == count { Ok(()) } else { Err(format!("{count} of {items} items").into()) }
}
