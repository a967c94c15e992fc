//! Features and dependencies of the published crates.

use super::Ci;
use crate::tool;

/// The features of each published crate that a user chooses. `native-tls` is among them where it
/// can be linked.
const FEATURES: [(&str, &[&str]); 4] = [
    ("imagekit-proto", &["sign", "jiff", "http-body", "tracing"]),
    ("imagekit-ureq", &["rustls", "native-tls", "sign", "jiff", "tracing"]),
    ("imagekit-reqwest", &["rustls", "native-tls", "sign", "jiff", "tracing"]),
    ("imagekit-emulator", &["media", "server"]),
];

/// Checks every published crate with no feature, with each alone and with all of them; with `every`,
/// with every set of features, which takes three times as long.
pub fn feature_sets(openssl: bool, every: bool) -> Result<(), String> {
    let target = tool::target_dir()?.join("features");
    for (package, features) in FEATURES {
        let features: Vec<&str> =
            features.iter().copied().filter(|name| openssl || *name != "native-tls").collect();
        let mut sets = subsets(&features);
        sets.retain(|set| every || set.len() <= 1 || set.len() == features.len());
        println!("-- {} sets of features of {package}", sets.len());
        for set in sets {
            let set = set.join(",");
            let mut cargo = tool::cargo();
            cargo.args(["check", "--quiet", "--package", package, "--no-default-features"]);
            cargo.args(["--features", &set]);
            cargo.env("RUSTFLAGS", "-Dwarnings");
            cargo.arg("--target-dir").arg(&target);
            tool::run(&mut cargo)
                .map_err(|error| format!("-- {package} with [{set}] FAILED\n{error}"))?;
        }
    }
    Ok(())
}

/// Checks licences, sources and duplicates of dependencies, as `deny.toml` has them.
pub fn dependencies(ci: &mut Ci) -> Result<(), String> {
    if tool::read(tool::cargo().args(["deny", "--version"])).is_err() {
        ci.not_run("dependencies (cargo install cargo-deny --locked)".to_owned());
        return Ok(());
    }
    let deny = |what: &[&str]| {
        let mut cargo = tool::cargo();
        cargo.args(["deny", "--workspace", "--all-features", "check"]).args(what);
        cargo
    };
    super::step("dependencies", deny(&["licenses", "bans", "sources"]))?;
    if !ci.all || tool::read(tool::cargo().args(["deny", "fetch"])).is_err() {
        ci.not_run("advisories (the database is loaded with --all, where it can be)".to_owned());
        return Ok(());
    }
    super::step("advisories", deny(&["advisories"]))
}

/// Every subset of `names`, the empty one first.
fn subsets<'a>(names: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut sets = vec![Vec::new()];
    for name in names {
        let with: Vec<Vec<&str>> =
            sets.iter().map(|set| set.iter().copied().chain([*name]).collect()).collect();
        sets.extend(with);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;

    #[test]
    fn subsets_are_all_different_and_all_there() {
        assert_eq!(subsets(&[]), [Vec::<&str>::new()]);
        let sets = subsets(&["a", "b", "c"]);
        assert_eq!(sets.iter().collect::<BTreeSet<_>>().len(), 8);
        assert!(sets.contains(&vec!["a", "c"]));
    }

    #[test]
    fn every_feature_of_a_published_crate_is_listed_or_internal() {
        for (package, features) in FEATURES {
            let path = tool::root().join("crates").join(package).join("Cargo.toml");
            let manifest = fs::read_to_string(path).unwrap();
            let section = manifest.split("[features]").nth(1).unwrap();
            let section = section.split("\n[").next().unwrap();
            let names = section.lines().filter(|line| !line.starts_with('#'));
            let names = names.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
            let own: BTreeSet<&str> =
                names.filter(|name| !["default", "fuzzing", "coverage"].contains(name)).collect();
            assert_eq!(own, features.iter().copied().collect(), "{package}");
        }
    }
}
