//! Values that nothing names, told to whoever asks. No part of the API (feature `coverage`).
//!
//! Open enums and tagged objects keep what they do not know, and give it back as it came: from
//! outside a value without a name looks like one with a name. A tool that compares the crate with
//! a description of the API has to tell the two apart.

#[cfg(any(test, feature = "coverage"))]
use std::cell::RefCell;

#[cfg(any(test, feature = "coverage"))]
thread_local! {
    static SEEN: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Runs `read`, and says which values it met that no enum names and no tagged object knows as its
/// kind. A call inside another hears its own.
#[cfg(any(test, feature = "coverage"))]
pub fn watch<T>(read: impl FnOnce() -> T) -> (T, Vec<String>) {
    let outer = SEEN.replace(Some(Vec::new()));
    let value = read();
    (value, SEEN.replace(outer).unwrap_or_default())
}

/// Nothing, unless somebody listens.
pub(super) fn tell(text: &str) {
    #[cfg(any(test, feature = "coverage"))]
    SEEN.with_borrow_mut(|seen| {
        if let Some(seen) = seen {
            seen.push(text.to_owned());
        }
    });
    #[cfg(not(any(test, feature = "coverage")))]
    let _ = text;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::assets::{Asset, Sort};
    use crate::api::files::Extension;

    fn unnamed<T: serde::de::DeserializeOwned>(text: &str) -> Vec<String> {
        let (read, unnamed) = watch(|| serde_json::from_str::<T>(text));
        assert!(read.is_ok(), "{text}");
        unnamed
    }

    #[test]
    fn only_what_has_no_name_is_told() {
        assert!(unnamed::<Sort>(r#""ASC_NAME""#).is_empty());
        assert_eq!(unnamed::<Sort>(r#""ASC_COLOUR""#), ["ASC_COLOUR"]);
        assert!(unnamed::<Extension>(r#"{"name": "ai-auto-description"}"#).is_empty());
        assert_eq!(unnamed::<Extension>(r#"{"name": "sepia"}"#), ["sepia"]);
        assert_eq!(unnamed::<Asset>(r#"{"type": "shelf"}"#), ["shelf"]);
    }

    #[test]
    fn nobody_listens_outside() {
        tell("early");
        let ((), outer) = watch(|| {
            let ((), inner) = watch(|| tell("inner"));
            assert_eq!(inner, ["inner"]);
            tell("outer");
        });
        assert_eq!(outer, ["outer"]);
    }
}
