//! The named transformation as the API describes it.

use serde::{Deserialize, Serialize};

use crate::types::{Extra, Timestamp};

/// A named transformation.
///
/// ```
/// use imagekit_proto::api::named_transformations::NamedTransformation;
///
/// let named: NamedTransformation = serde_json::from_str(
///     r#"{"id": "6bZ9x2ZUx", "name": "small_thumbnail", "transformation": "w-150,h-150",
///         "enabled": true, "createdAt": "2026-08-15T10:30:00.000Z"}"#,
/// )?;
/// assert_eq!(named.transformation, "w-150,h-150");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NamedTransformation {
    /// The id.
    pub id: String,
    /// The name, case-sensitive.
    pub name: String,
    /// The transformation string.
    pub transformation: String,
    /// Whether URLs may use it; a URL that uses a disabled one fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Time of creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}
