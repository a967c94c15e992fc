//! Every target has its files, and no committed seed fails.

use super::{TARGETS, parse, run};
use crate::tool;
use std::fs;
use std::path::Path;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn every_body_has_its_target_and_its_seeds() {
    let fuzz = tool::root().join("fuzz");
    let bodies: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names(&fuzz.join("fuzz_targets")), bodies);
    assert_eq!(names(&fuzz.join("seeds")), bodies);
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for name in bodies {
        assert!(manifest.contains(&format!("\nname = \"{name}\"\n")), "{name}");
        let target = fs::read_to_string(fuzz.join("fuzz_targets").join(name).with_extension("rs"));
        assert!(target.unwrap().contains(&format!("fuzzing::{name}(")), "{name}");
    }
}

#[test]
fn no_committed_seed_fails() {
    for (name, body) in TARGETS {
        let seeds = fs::read_dir(tool::root().join("fuzz/seeds").join(name)).unwrap();
        let mut count = 0;
        for seed in seeds {
            let path = seed.unwrap().path();
            println!("{}", path.display());
            body(&fs::read(path).unwrap());
            count += 1;
        }
        assert!(count > 0, "{name} has no seeds");
    }
}

#[test]
fn the_command_line() {
    assert_eq!(parse(&[]).map(|(targets, _)| targets.len()), Ok(TARGETS.len()));
    assert_eq!(parse(&["webhook", "--seconds", "3"]), Ok((vec!["webhook"], 3)));
    assert!(parse(&["webhooks"]).is_err_and(|error| error.contains("call_machine")));
    for wrong in [["--seconds", "0"], ["--seconds", "x"]] {
        assert!(parse(&wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn statistics_are_read() {
    let output = "#7\tDONE\nstat::number_of_executed_units: 409751\nstat::peak_rss_mb:   505\n";
    assert_eq!(run::statistic(output, "number_of_executed_units"), Some(409_751));
    assert_eq!(run::statistic(output, "peak_rss_mb"), Some(505));
    assert_eq!(run::statistic(output, "new_units_added"), None);
}
