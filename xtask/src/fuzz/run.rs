//! One run of one target.

use crate::tool;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const MEGABYTES: u32 = 2048;
/// An input that takes longer than this is a crash too.
const SECONDS_PER_INPUT: u32 = 10;
/// How much of the output of a crash is shown.
const LINES: usize = 60;

/// Runs `name` from its seeds and what earlier runs found. What it finds stays in `folder`.
pub fn target(binaries: &Path, folder: &Path, name: &str, seconds: u32) -> Result<(), String> {
    let (corpus, artefacts) = (folder.join("corpus").join(name), folder.join("artefacts/"));
    for folder in [&corpus, &artefacts] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let program = binaries.join(name);
    let mut command = Command::new(&program);
    command
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-rss_limit_mb={MEGABYTES}"))
        .arg(format!("-timeout={SECONDS_PER_INPUT}"))
        .arg(format!("-artifact_prefix={}{name}-", artefacts.display()))
        .args(["-print_final_stats=1", "-verbosity=0"])
        .arg(&corpus)
        .arg(tool::root().join("fuzz/seeds").join(name))
        // Leaks are no memory errors, and looking for them needs the right to trace a process.
        .env("ASAN_OPTIONS", "detect_leaks=0");
    let Output { status, stderr, .. } =
        command.output().map_err(|error| format!("{}: {error}", program.display()))?;
    let output = String::from_utf8_lossy(&stderr);
    if !status.success() {
        let lines: Vec<&str> = output.lines().collect();
        let last = lines.get(lines.len().saturating_sub(LINES)..).unwrap_or_default();
        return Err(format!(
            "{}\n{name} failed: {status}\nwhat made it fail is in {}; {} FILE does it again, and \
             a copy in fuzz/seeds/{name} keeps it as a test",
            last.join("\n"),
            artefacts.display(),
            program.display(),
        ));
    }
    let executions = statistic(&output, "number_of_executed_units");
    let executions =
        executions.ok_or_else(|| format!("{name} counted no executions:\n{output}"))?;
    let found = statistic(&output, "new_units_added").unwrap_or_default();
    println!("{name:<16} {executions:>9} executions in {seconds} s, {found} inputs added");
    Ok(())
}

/// `stat::<name>: <number>` in the last output of libFuzzer.
pub fn statistic(output: &str, name: &str) -> Option<u64> {
    output.lines().find_map(|line| {
        let (key, value) = line.strip_prefix("stat::")?.split_once(':')?;
        if key == name { value.trim().parse().ok() } else { None }
    })
}
