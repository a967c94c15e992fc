//! What the encoder writes is a valid target that says what went in.

use http::Method;
use http::Uri;

use super::input::Input;
use crate::config::Config;
use crate::endpoint::{BuildError, Prepare};

/// Builds a target from any segments and query pairs and reads it back.
///
/// # Panics
///
/// The target is not a URI, or says something else than what went in.
pub fn path_and_query(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (segments, pairs) = (input.byte() % 4, input.byte() % 4);
    let segments: Vec<String> = (0..segments).map(|_| input.text()).collect();
    let pairs: Vec<(String, String)> = (0..pairs).map(|_| (input.text(), input.text())).collect();
    // Long targets, which a fuzzer would hardly find, are one byte away.
    let padding = usize::from(input.byte() == 1) * (65_000 + input.number(2) as usize % 1_000);
    let Ok(config) = Config::new("private_key") else { panic!("the key is fine") };
    let prepare = Prepare::new(&config, 0);

    let built = (|| {
        let mut request = prepare.api(Method::GET).path("/v1/fuzz");
        for segment in &segments {
            request = request.segment("segment", segment)?;
        }
        for (name, value) in &pairs {
            request = request.query(name, value);
        }
        if padding > 0 {
            request = request.query("padding", &"p".repeat(padding));
        }
        request.empty()
    })();

    let refusable = segments.iter().any(|segment| matches!(segment.as_str(), "" | "." | ".."));
    let uri = match built {
        Ok(request) => request.uri().clone(),
        Err(BuildError::TooLong { bytes }) => {
            assert!(bytes > 60_000, "{bytes} bytes are not too long");
            return;
        }
        Err(error) => {
            assert!(refusable, "{segments:?}: {error}");
            return;
        }
    };
    assert!(!refusable, "{segments:?} was not refused");
    check(&uri, &segments, &pairs, padding);
}

fn check(uri: &Uri, segments: &[String], pairs: &[(String, String)], padding: usize) {
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
    if padding > 0 {
        assert_eq!(read.pop().map(|(_, value)| value.len()), Some(padding));
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
