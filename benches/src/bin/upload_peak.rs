//! CPU time and peak memory of an upload from a file, compared with `curl -F`.
//!
//! `cargo run --release -p imagekit-benches --bin upload_peak -- [MIB] [ROUNDS]`

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::process::Command;

use imagekit_benches::loopback::{Server, children_cpu_seconds, median, peak_mib, serve};
use imagekit_reqwest::proto::api::upload::UploadFile;
use imagekit_reqwest::proto::{Config, ConfigError};

const PEERS: [&str; 3] = ["curl", "ureq", "reqwest"];

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["serve"] => serve(),
        ["ureq", url, file] => ureq(url, file),
        ["reqwest", url, file] => reqwest(url, file),
        sizes => {
            let number =
                |at: usize, default| sizes.get(at).map_or(Ok(default), |text| text.parse());
            compare(number(0, 1024)?, number(1, 11)?)
        }
    }
}

fn compare(mib: u64, rounds: u64) -> Result<(), Box<dyn Error + Send + Sync>> {
    let path = std::env::temp_dir().join(format!("imagekit-upload-{mib}"));
    File::create(&path)?.set_len(mib << 20)?;
    let server = Server::start()?;
    let mut cpu: [Vec<f64>; 3] = Default::default();
    let mut output = [const { String::new() }; 3];
    for _ in 0..rounds {
        for ((peer, cpu), output) in PEERS.iter().zip(&mut cpu).zip(&mut output) {
            let before = children_cpu_seconds()?;
            *output = upload(peer, &server.url, &path)?;
            cpu.push(children_cpu_seconds()? - before);
        }
    }
    std::fs::remove_file(&path)?;
    let cpu = cpu.map(median);
    for ((peer, cpu_of), output) in PEERS.iter().zip(&cpu).zip(output) {
        println!("{peer:8} {cpu_of:.2} s CPU, {:.2}x of curl; {output}", cpu_of / cpu[0]);
    }
    Ok(())
}

fn upload(peer: &str, url: &str, path: &Path) -> Result<String, Box<dyn Error + Send + Sync>> {
    let output = if peer == "curl" {
        let form = format!("file=@{}", path.display());
        let url = format!("{url}/api/v1/files/upload");
        Command::new("curl")
            .args([
                "-sS",
                "-o",
                "/dev/null",
                "-H",
                "Expect:",
                "-F",
                "fileName=a",
                "-F",
                &form,
                &url,
            ])
            .output()?
    } else {
        Command::new(std::env::current_exe()?).args([peer, url]).arg(path).output()?
    };
    if !output.status.success() {
        return Err(format!("{peer}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn config(url: &str) -> Result<Config, ConfigError> {
    Config::new("private_abc")?.with_upload_url(url)
}

fn request() -> UploadFile {
    UploadFile::new("a")
}

fn ureq(url: &str, file: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    let client = imagekit_ureq::Client::new(config(url)?)?;
    client.upload(request(), imagekit_ureq::Payload::path(file))?;
    println!("{:.1} MiB peak", peak_mib()?);
    Ok(())
}

fn reqwest(url: &str, file: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = imagekit_reqwest::Client::new(config(url)?)?;
    let payload = imagekit_reqwest::Payload::path(file);
    runtime.block_on(client.upload(request(), payload))?;
    println!("{:.1} MiB peak", peak_mib()?);
    Ok(())
}
