//! CPU time of a GET of file details, and of a page of 1,000 items, through the adapters, compared
//! with the bare transports and hand-written parsing. A call for a page counts as fifty.
//!
//! `cargo run --release -p imagekit-benches --bin get_cost -- [CALLS] [ROUNDS]`

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use std::error::Error;
use std::time::Duration;

use imagekit_benches::loopback::{Server, cpu_seconds, median, serve};
use imagekit_benches::peers;
use imagekit_reqwest::proto::api::assets::ListAndSearchAssets;
use imagekit_reqwest::proto::api::files::GetFileDetails;
use imagekit_reqwest::proto::{Config, Endpoint};
use imagekit_reqwest::reqwest;
use imagekit_ureq::ureq;
use serde::de::DeserializeOwned;
use tokio::runtime::Runtime;

type Done = Result<(), Box<dyn Error + Send + Sync>>;

/// The id of the file that the server has: `inputs::file(1)`.
const ID: &str = "598821f949c0a938d5000001";
const AUTHORIZATION: &str = "Basic cHJpdmF0ZV9hYmM6";

fn main() -> Done {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|arg| arg == "serve") {
        return serve();
    }
    let number = |at: usize, default| args.get(at).map_or(Ok(default), |text| text.parse());
    let (calls, rounds) = (number(0, 5000)?, number(1, 11)?);
    let server = Server::start()?;
    let bench = Bench::new(&server.url, calls)?;
    let file = || GetFileDetails::new(ID);
    let path = format!("/v1/files/{ID}/details");
    bench.compare_ureq::<peers::File, _>("sequential, ureq", rounds, &path, file)?;
    bench.compare_reqwest::<peers::File, _>("sequential, reqwest", rounds, 1, &path, file)?;
    bench.compare_reqwest::<peers::File, _>("64 at once, reqwest", rounds, 64, &path, file)?;

    let bench = Bench { calls: (calls / 50).max(1), ..bench };
    let (page, path) = (ListAndSearchAssets::new, "/v1/files");
    bench.compare_ureq::<Vec<peers::Row>, _>("page of 1000, ureq", rounds, path, page)?;
    bench.compare_reqwest::<Vec<peers::Row>, _>("page of 1000, reqwest", rounds, 1, path, page)?;

    let calls = bench.calls;
    let bench = Bench::new(&format!("{}/chunked", server.url), calls)?;
    bench.compare_ureq::<Vec<peers::Row>, _>("chunked page, ureq", rounds, path, page)?;
    bench.compare_reqwest::<Vec<peers::Row>, _>("chunked page, reqwest", rounds, 1, path, page)
}

struct Bench {
    calls: usize,
    url: String,
    runtime: Runtime,
    bare_ureq: ureq::Agent,
    bare_reqwest: reqwest::Client,
    ureq: imagekit_ureq::Client,
    reqwest: imagekit_reqwest::Client,
}

impl Bench {
    fn new(url: &str, calls: usize) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let config = Config::new("private_abc")?.with_api_url(url)?;
        Ok(Self {
            calls,
            url: url.to_owned(),
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()?,
            bare_ureq: ureq::Agent::new_with_defaults(),
            bare_reqwest: reqwest::Client::builder().timeout(Duration::from_secs(60)).build()?,
            ureq: imagekit_ureq::Client::new(config.clone())?,
            reqwest: imagekit_reqwest::Client::new(config)?,
        })
    }

    fn compare_ureq<P: DeserializeOwned, E: Endpoint>(
        &self,
        name: &str,
        rounds: usize,
        path: &str,
        endpoint: impl Fn() -> E,
    ) -> Done {
        let url = format!("{}{path}", self.url);
        let bare = || {
            for _ in 0..self.calls {
                let request = self.bare_ureq.get(&url).header("authorization", AUTHORIZATION);
                let body = request.call()?.into_body().read_to_vec()?;
                serde_json::from_slice::<P>(&body)?;
            }
            Ok(())
        };
        let ours = || {
            for _ in 0..self.calls {
                self.ureq.send(endpoint())?;
            }
            Ok(())
        };
        self.compare(name, rounds, bare, ours)
    }

    fn compare_reqwest<P, E>(
        &self,
        name: &str,
        rounds: usize,
        at_once: usize,
        path: &str,
        endpoint: impl Fn() -> E,
    ) -> Done
    where
        P: DeserializeOwned,
        E: Endpoint + Send + 'static,
        E::Output: Send,
    {
        let url = format!("{}{path}", self.url);
        let bare = || {
            let (client, url) = (self.bare_reqwest.clone(), url.clone());
            async move {
                let request = client.get(&url).header("authorization", AUTHORIZATION);
                let body = request.send().await?.bytes().await?;
                serde_json::from_slice::<P>(&body)?;
                Ok(())
            }
        };
        let ours = || {
            let (client, endpoint) = (self.reqwest.clone(), endpoint());
            async move {
                client.send(endpoint).await?;
                Ok(())
            }
        };
        self.compare(name, rounds, || self.at_once(at_once, bare), || self.at_once(at_once, ours))
    }

    fn compare(
        &self,
        name: &str,
        rounds: usize,
        bare: impl Fn() -> Done,
        ours: impl Fn() -> Done,
    ) -> Done {
        let (mut bare_cpu, mut our_cpu) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            bare_cpu.push(micros_per_call(self.calls, &bare)?);
            our_cpu.push(micros_per_call(self.calls, &ours)?);
        }
        let ratios = our_cpu.iter().zip(&bare_cpu).map(|(ours, bare)| ours / bare).collect();
        println!(
            "{name}: bare {:.1} us CPU a call, ours {:.1} us, {:.3}x",
            median(bare_cpu),
            median(our_cpu),
            median(ratios)
        );
        Ok(())
    }

    /// Makes the calls in `at_once` tasks.
    fn at_once<F>(&self, at_once: usize, call: impl Fn() -> F) -> Done
    where
        F: Future<Output = Result<(), Box<dyn Error + Send + Sync>>> + Send + 'static,
    {
        self.runtime.block_on(async {
            if at_once == 1 {
                for _ in 0..self.calls {
                    call().await?;
                }
                return Ok(());
            }
            for _ in 0..self.calls / at_once {
                let calls: Vec<_> = (0..at_once).map(|_| tokio::spawn(call())).collect();
                for call in calls {
                    call.await??;
                }
            }
            Ok(())
        })
    }
}

fn micros_per_call(
    calls: usize,
    work: impl FnOnce() -> Done,
) -> Result<f64, Box<dyn Error + Send + Sync>> {
    let before = cpu_seconds()?;
    work()?;
    Ok((cpu_seconds()? - before) * 1e6 / calls as f64)
}
