//! A transformation string survives parsing and writing.

use imagekit_proto::delivery::Transformations;

/// Parses a transformation string, and JSON, and writes both again.
pub fn transformation(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(chain) = text.parse::<Transformations>() {
        assert_eq!(chain.to_string(), text);
    }
    if let Ok(chain) = serde_json::from_slice::<Transformations>(data) {
        let written = chain.to_string();
        if let Ok(again) = written.parse::<Transformations>() {
            assert_eq!(again.to_string(), written);
        }
    }
}
