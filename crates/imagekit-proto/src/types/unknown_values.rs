//! Records unknown enum values, and the keys of values that do not fit their field (for the coverage
//! report). No part of the API (feature `coverage`).
//!
//! Open enums, tagged objects and models keep what they do not know or cannot hold, and write it back
//! as it came: from outside an unknown value looks like a known one. A tool that compares the crate
//! with a description of the API has to tell the two apart.

#[cfg(any(test, feature = "coverage"))]
use std::cell::RefCell;

#[cfg(any(test, feature = "coverage"))]
thread_local! {
    static SEEN: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Runs `read`, and returns with its result the values that it met and no open enum or tagged object
/// knows, and after `$.` the keys whose values do not fit. A nested call records its own.
#[cfg(any(test, feature = "coverage"))]
pub fn watch<T>(read: impl FnOnce() -> T) -> (T, Vec<String>) {
    let outer = SEEN.replace(Some(Vec::new()));
    let value = read();
    (value, SEEN.replace(outer).unwrap_or_default())
}

/// Records `text` for the `watch` around it, if there is one.
pub(super) fn record(text: &str) {
    #[cfg(any(test, feature = "coverage"))]
    SEEN.with_borrow_mut(|seen| {
        if let Some(seen) = seen {
            seen.push(text.to_owned());
        }
    });
    #[cfg(not(any(test, feature = "coverage")))]
    let _ = text;
}

/// Records that the value of `key` does not fit its field.
pub(super) fn record_misfit(key: &str) {
    #[cfg(any(test, feature = "coverage"))]
    record(&format!("$.{key}"));
    #[cfg(not(any(test, feature = "coverage")))]
    let _ = key;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::assets::{Asset, Sort};
    use crate::api::files::{Extension, Metadata};

    fn unknown<T: serde::de::DeserializeOwned>(text: &str) -> Vec<String> {
        let (read, unknown) = watch(|| serde_json::from_str::<T>(text));
        assert!(read.is_ok(), "{text}");
        unknown
    }

    #[test]
    fn only_unknown_values_are_recorded() {
        assert!(unknown::<Sort>(r#""ASC_NAME""#).is_empty());
        assert_eq!(unknown::<Sort>(r#""ASC_COLOUR""#), ["ASC_COLOUR"]);
        assert!(unknown::<Extension>(r#"{"name": "ai-auto-description"}"#).is_empty());
        assert_eq!(unknown::<Extension>(r#"{"name": "sepia"}"#), ["sepia"]);
        assert_eq!(unknown::<Asset>(r#"{"type": "shelf"}"#), ["shelf"]);
        assert_eq!(unknown::<Metadata>(r#"{"width": "wide", "height": null}"#), ["$.width"]);
    }

    #[test]
    fn nothing_is_recorded_outside() {
        record("early");
        let ((), outer) = watch(|| {
            let ((), inner) = watch(|| record("inner"));
            assert_eq!(inner, ["inner"]);
            record("outer");
        });
        assert_eq!(outer, ["outer"]);
    }
}
