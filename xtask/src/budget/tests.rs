//! Tests of the counters and of the search for names.

use super::{dependencies, sources};

#[test]
fn a_crate_counts_once() {
    let tree = "imagekit-proto v0.1.0 (/a)\nhttp v1.0.0\nbytes v1.0.0\nhttp v1.0.0 (*)\n\n";
    assert_eq!(dependencies::crates(tree).len(), 2);
}

#[test]
fn comments_may_name_what_code_may_not() {
    let text = "//! SystemTime\nlet now = 1; // Instant\n/// std::fs\nlet now = Instant::now();\n";
    assert_eq!(sources::forbidden(text).collect::<Vec<_>>(), [(4, "Instant")]);
}

#[test]
fn let_chains_are_found_wherever_a_line_breaks() {
    let chains = [
        "fn f(a: Option<u8>) { if let Some(b) = a && b > 0 {} }",
        "fn f(a: Option<u8>) { while true\n && let Some(_) = a {} }",
    ];
    for chain in chains {
        assert!(sources::let_chain(chain).unwrap().is_some(), "{chain}");
    }
    let others = [
        "fn f(a: bool) { if let true = (a && a) {} }",
        "fn f(a: &[&&u8]) { if let [&&b] = a { drop(b && true) } }",
        "// if let Some(b) = a && b\nfn f() {}",
        "fn f() -> impl Sized + use<> { \"if let 1 = 1 && true {}\" }",
    ];
    for other in others {
        assert_eq!(sources::let_chain(other), Ok(None), "{other}");
    }
    assert!(sources::let_chain("fn && {").is_err());
}
