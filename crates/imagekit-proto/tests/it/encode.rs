//! What the encoder writes is a valid URI that says what went in.

use bytes::Bytes;
use http::{Method, Request, Response, Uri};
use imagekit_proto::wire::Body;
use imagekit_proto::{BuildError, Config, Endpoint, ParseError, Prepare, Repeat, parse};
use proptest::collection::vec;
use proptest::prelude::*;

#[derive(Debug)]
struct Get {
    segments: Vec<String>,
    query: Vec<(String, String)>,
}

impl Endpoint for Get {
    type Output = ();

    fn operation(&self) -> &'static str {
        "get"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        let mut request = with.api(Method::GET);
        for segment in &self.segments {
            request = request.segment("segment", segment)?;
        }
        for (name, value) in &self.query {
            request = request.query(name, value);
        }
        request.empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<(), ParseError> {
        parse::empty(self.operation(), response)
    }
}

fn build(get: &Get) -> Result<Uri, BuildError> {
    let config = Config::new("private_key").unwrap();
    Ok(get.build(&Prepare::new(&config, 0))?.uri().clone())
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
        query in vec((any::<String>(), any::<String>()), 0..4),
    ) {
        let get = Get { segments, query };
        let refused = get.segments.iter().any(|segment| segment == "." || segment == "..");
        let uri = match build(&get) {
            Ok(uri) => uri,
            Err(error) => {
                prop_assert!(refused, "{}", error);
                return Ok(());
            }
        };
        prop_assert!(!refused);
        prop_assert_eq!(uri.to_string().parse::<Uri>().unwrap(), uri.clone());
        prop_assert_eq!(uri.authority().unwrap().as_str(), "api.imagekit.io");
        let segments: Vec<_> = uri.path().split('/').skip(1).map(decode).collect();
        prop_assert_eq!(segments, get.segments);
        let pairs: Vec<_> = uri
            .query()
            .into_iter()
            .flat_map(|query| query.split('&'))
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (decode(name), decode(value)))
            .collect();
        prop_assert_eq!(pairs, get.query);
    }
}

/// A transport that parses the URI again must succeed, so the limit counts all of it.
#[test]
fn the_longest_target_is_a_uri() {
    let of = |len: usize| {
        let fixed = "https://api.imagekit.io/files?q=".len();
        let query = vec![("q".to_owned(), "x".repeat(len - fixed))];
        build(&Get { segments: vec!["files".to_owned()], query })
    };
    let longest = of(65_534).unwrap();
    assert_eq!(longest.to_string().parse::<Uri>().unwrap(), longest);
    assert!(matches!(of(65_535), Err(BuildError::TooLong { bytes: 65_535, .. })));
}
