//! An encoded target is a valid URI and decodes to its input.

use http::{Method, Uri};
use imagekit_proto::{BuildError, Config, Idempotency, Operation, RequestContext};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Serialize, Serializer};

/// A request with any query.
struct Query<'a>(&'a [(String, String)]);

impl Serialize for Query<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

const NAMES: [&str; 3] = ["pa", "pb", "pc"];
const PATHS: [&str; 4] = ["", "/{pa}", "/{pa}/{pb}", "/{pa}/{pb}/{pc}"];

fn build(segments: &[String], query: &[(String, String)]) -> Result<Uri, BuildError> {
    let config = Config::new("private_key").unwrap();
    let path = PATHS[segments.len()];
    let get = Operation::new("get", Method::GET, path, Idempotency::Idempotent, "");
    let mut request = RequestContext::new(&config, 0).request(&get);
    for (name, segment) in NAMES.iter().zip(segments) {
        request = request.param(name, segment)?;
    }
    Ok(request.query(&Query(query))?.uri().clone())
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        bytes.push(u8::from_str_radix(&rest[at + 1..at + 3], 16).unwrap());
        rest = &rest[at + 3..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_target_decodes_to_its_segments_and_query(
        segments in vec("\\PC{1,20}|[%/?#.+' ]{1,8}", 1..4),
        query in vec(("[^$p]*", any::<String>()), 0..4),
    ) {
        let refused = segments.iter().any(|segment| segment == "." || segment == "..");
        let uri = match build(&segments, &query) {
            Ok(uri) => uri,
            Err(error) => {
                prop_assert!(refused, "{}", error);
                return Ok(());
            }
        };
        prop_assert!(!refused);
        prop_assert_eq!(uri.to_string().parse::<Uri>().unwrap(), uri.clone());
        prop_assert_eq!(uri.authority().unwrap().as_str(), "api.imagekit.io");
        let decoded: Vec<_> = uri.path().split('/').skip(1).map(decode).collect();
        prop_assert_eq!(decoded, segments);
        let pairs: Vec<_> = uri
            .query()
            .into_iter()
            .flat_map(|query| query.split('&'))
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (decode(name), decode(value)))
            .collect();
        prop_assert_eq!(pairs, query);
    }
}

/// A transport that parses the URI again must succeed, so the limit counts all of it.
#[test]
fn the_longest_target_is_a_uri() {
    let of = |len: usize| {
        let fixed = "https://api.imagekit.io/files?q=".len();
        let query = vec![("q".to_owned(), "x".repeat(len - fixed))];
        build(&["files".to_owned()], &query)
    };
    let longest = of(65_534).unwrap();
    assert_eq!(longest.to_string().parse::<Uri>().unwrap(), longest);
    assert!(matches!(of(65_535), Err(BuildError::TooLong { bytes: 65_535, .. })));
}
