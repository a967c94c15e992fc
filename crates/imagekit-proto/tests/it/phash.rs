//! Perceptual hashes: parsing and distance.

use std::collections::HashSet;

use imagekit_proto::phash::{PHash, PHashError, distance};
use proptest::prelude::*;

fn hash(text: &str) -> PHash {
    text.parse().unwrap()
}

#[test]
fn distance_counts_the_bits_that_differ() {
    for (first, second, bits) in [
        ("f06830ca9f1e3e90", "f06830ca9f1e3e90", 0),
        ("f06830ca9f1e3e90", "706830ca9f1e3e90", 1),
        ("aaaaaaaaaaaaaaaa", "5555555555555555", 64),
        ("F06830CA9F1E3E90", "f06830ca9f1e3e90", 0),
        ("0", "7", 3),
        ("e45a", "8866", 8),
        ("ffffffffffffffffffffffffffffffff", "00000000000000000000000000000000", 128),
        ("fffffffffffffffff", "0ffffffffffffffff", 4),
    ] {
        assert_eq!(distance(first, second), Ok(bits), "{first} {second}");
    }
}

#[test]
fn similarity_is_the_share_of_equal_bits() {
    assert_eq!(hash("aaaaaaaaaaaaaaaa").similarity(&hash("5555555555555555")), Ok(0.0));
    assert_eq!(hash("00").similarity(&hash("0f")), Ok(0.5));
    assert_eq!(hash("00").similarity(&hash("00")), Ok(1.0));
}

#[test]
fn invalid_hashes_are_refused_with_a_typed_error() {
    let good = "f06830ca9f1e3e90";
    assert_eq!(distance("", good), Err(PHashError::Missing));
    assert_eq!(distance("xyz", ""), Err(PHashError::Missing));
    for (bad, position) in [
        ("f06830ca9f1e3e9g", 15),
        ("0xf06830ca9f1e3e", 1),
        ("f06830ca 9f1e3e9", 8),
        ("-f06830ca9f1e3e9", 0),
        ("f06830ca9f1e3eéé", 14),
        ("00000000000000000000000000g", 26),
    ] {
        assert_eq!(distance(bad, good), Err(PHashError::NotHex { position }), "{bad}");
        assert_eq!(distance(good, bad), Err(PHashError::NotHex { position }), "{bad}");
    }
    let unequal = PHashError::UnequalLength { first: 16, second: 15 };
    assert_eq!(distance(good, "f06830ca9f1e3e9"), Err(unequal));
    assert_eq!(
        distance("fffffffffffffffff", good),
        Err(PHashError::UnequalLength { first: 17, second: 16 })
    );
    assert_eq!(unequal.to_string().matches("16").count(), 1);
}

#[test]
fn equal_hashes_have_the_same_key_in_any_case() {
    let set: HashSet<PHash> =
        ["ABCDEF", "abcdef", "aBcDeF", "0abcdef"].iter().map(|text| hash(text)).collect();
    assert_eq!(set.len(), 2);
    let long: HashSet<PHash> =
        ["ABCDEF0123456789AB", "abcdef0123456789ab"].iter().map(|text| hash(text)).collect();
    assert_eq!(long.len(), 1);
}

fn three_of_a_length() -> impl Strategy<Value = (String, String, String)> {
    (1usize..40).prop_flat_map(|len| {
        let digits = || proptest::string::string_regex(&format!("[0-9a-fA-F]{{{len}}}")).unwrap();
        (digits(), digits(), digits())
    })
}

proptest! {
    #[test]
    fn printing_gives_the_text_back(text in "[0-9a-fA-F]{1,40}") {
        prop_assert_eq!(hash(&text).to_string(), text);
    }

    #[test]
    fn distance_is_a_metric((a, b, c) in three_of_a_length()) {
        let (a, b, c) = (hash(&a), hash(&b), hash(&c));
        let d = |x: &PHash, y: &PHash| x.distance(y).unwrap();
        prop_assert_eq!(d(&a, &b), d(&b, &a));
        prop_assert_eq!(d(&a, &a), 0);
        prop_assert_eq!(d(&a, &b) == 0, a == b);
        prop_assert!(d(&a, &c) <= d(&a, &b) + d(&b, &c));
    }

    #[test]
    fn any_text_parses_or_says_why(text in any::<String>()) {
        match text.parse::<PHash>() {
            Ok(hash) => prop_assert_eq!(hash.to_string(), text),
            Err(PHashError::Missing) => prop_assert!(text.is_empty()),
            Err(PHashError::NotHex { position }) => {
                prop_assert!(!text.as_bytes()[position].is_ascii_hexdigit());
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
