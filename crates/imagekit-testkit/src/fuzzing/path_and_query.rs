//! The encoder writes a valid request target that decodes to its input.

use http::{Method, Uri};
use serde::{Serialize, Serializer};

use super::input::Input;
use imagekit_proto::Config;
use imagekit_proto::error::BuildError;
use imagekit_proto::{Idempotency, Operation, RequestContext};

/// The paths of operations with none to three parameters.
const PATHS: [&str; 4] =
    ["/v1/fuzz", "/v1/fuzz/{p0}", "/v1/fuzz/{p0}/{p1}", "/v1/fuzz/{p0}/{p1}/{p2}"];
const NAMES: [&str; 3] = ["p0", "p1", "p2"];

/// A request whose fields are any pairs.
struct Pairs<'a>(&'a [(String, String)]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Builds a target from any segments and query pairs and reads it back.
///
/// # Panics
///
/// The target is not a URI, or does not decode to its input.
pub fn path_and_query(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (segments, pairs) = (input.byte() % 4, input.byte() % 4);
    let segments: Vec<String> = (0..segments).map(|_| input.text()).collect();
    let mut pairs: Vec<(String, String)> =
        (0..pairs).map(|_| (input.text(), input.text())).collect();
    // Extra fields are collected under the one, the others belong to the path.
    pairs.retain(|(name, _)| name != "$extra" && !NAMES.contains(&name.as_str()));
    // Long targets, which a fuzzer would hardly find, are one byte away.
    let padding = usize::from(input.byte() == 1) * (65_000 + input.number(2) as usize % 1_000);
    if padding > 0 {
        pairs.push(("padding".to_owned(), "p".repeat(padding)));
    }
    let Ok(config) = Config::new("private_key") else { panic!("the key is fine") };
    let path = PATHS.get(segments.len()).copied().unwrap_or_default();
    let operation = Operation::new("fuzz", Method::GET, path, Idempotency::Idempotent, "");

    let built = (|| {
        let mut request = RequestContext::new(&config, 0).request(&operation);
        for (name, segment) in NAMES.into_iter().zip(&segments) {
            request = request.param(name, segment)?;
        }
        request.query(&Pairs(&pairs))
    })();

    let refusable = segments.iter().any(|segment| matches!(segment.as_str(), "" | "." | ".."));
    let uri = match built {
        Ok(request) => request.uri().clone(),
        Err(BuildError::TooLong { bytes, .. }) => {
            assert!(bytes > 60_000, "{bytes} bytes are not too long");
            return;
        }
        Err(error) => {
            assert!(refusable, "{segments:?}: {error}");
            return;
        }
    };
    assert!(!refusable, "{segments:?} was not refused");
    check(&uri, &segments, &pairs);
}

fn check(uri: &Uri, segments: &[String], pairs: &[(String, String)]) {
    let text = uri.to_string();
    // Whatever parses URIs on the way has the same limit.
    assert!(text.len() < usize::from(u16::MAX), "{} bytes are too long", text.len());
    assert_eq!(text.parse::<Uri>().ok().as_ref(), Some(uri), "it is not a URI");
    let only_unreserved = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte))
    };

    let path: Vec<&str> = uri.path().split('/').skip(3).collect();
    assert!(path.iter().all(|segment| only_unreserved(segment)), "{path:?}");
    let decoded: Vec<String> = path.iter().map(|segment| decode(segment)).collect();
    assert_eq!(decoded, segments);

    let mut read = Vec::new();
    for pair in uri.query().into_iter().flat_map(|query| query.split('&')) {
        let Some((name, value)) = pair.split_once('=') else { panic!("{pair:?} is no pair") };
        assert!(only_unreserved(name) && only_unreserved(value), "{pair:?}");
        read.push((decode(name), decode(value)));
    }
    assert_eq!(read, pairs);
}

/// Percent-decodes, refusing what is not an encoded byte in capitals.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    let digit = |byte: Option<u8>| match byte {
        Some(digit @ b'0'..=b'9') => digit - b'0',
        Some(digit @ b'A'..=b'F') => digit - b'A' + 10,
        _ => panic!("{text:?} is not encoded"),
    };
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => digit(rest.next()) << 4 | digit(rest.next()),
            byte => byte,
        });
    }
    match String::from_utf8(bytes) {
        Ok(decoded) => decoded,
        Err(_) => panic!("{text:?} is not UTF-8"),
    }
}
