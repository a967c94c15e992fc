//! The saved extension as the API describes it.

use serde::{Deserialize, Serialize};

use super::super::files::Extension;
use crate::types::{Extra, Timestamp};

/// An extension saved in the account.
///
/// ```
/// use imagekit_proto::api::files::{Extension, SavedExtensionReference};
/// use imagekit_proto::api::saved_extensions::SavedExtension;
///
/// let saved: SavedExtension = serde_json::from_str(
///     r#"{"id": "ext_abc123", "name": "Tag cars", "config": {"name": "ai-auto-description"}}"#,
/// )?;
/// assert_eq!(saved.config, Some(Extension::AiAutoDescription));
///
/// // To run it on a file:
/// let extension = Extension::from(SavedExtensionReference::new(saved.id));
/// # let _ = extension;
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SavedExtension {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Description of what it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<Extension>,
    /// Time of creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// Time of the last change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn an_unknown_extension_is_kept_as_it_came() {
        for config in [r#"{"name":"surely-unknown","a":1}"#, r#"{"name":"surely-unknown"}"#] {
            let text = format!(r#"{{"id":"a","name":"b","config":{config}}}"#);
            let saved: SavedExtension = serde_json::from_str(&text).unwrap();
            assert!(matches!(saved.config, Some(Extension::Other(_))), "{config}");
            let again = serde_json::to_value(&saved).unwrap();
            assert_eq!(again, serde_json::from_str::<Value>(&text).unwrap());
        }
    }
}
