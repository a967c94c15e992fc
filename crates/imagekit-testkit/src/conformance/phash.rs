//! Suite `phash`: distances of perceptual hashes.

use imagekit_proto::phash::{PHashError, distance};
use serde_json::Value;

use super::{plain, report::Report};

/// Compares [`distance`] with `text`, a vector file.
pub(crate) fn run(text: &str, report: &mut Report) -> Result<(), String> {
    for vector in plain::vectors(text)? {
        let id = plain::id(&vector);
        let hash = |key: &str| vector[key].as_str().unwrap_or_default();
        let ours = match distance(hash("first"), hash("second")) {
            Ok(distance) => Value::from(distance),
            Err(error) => Value::from(name(error)),
        };
        let key = if vector["error"].is_null() { "distance" } else { "error" };
        if ours == vector[key] {
            report.pass();
        } else {
            report.fail(id, format!("{ours} instead of {}", vector[key]));
        }
    }
    Ok(())
}

/// The vectors' name of an error.
fn name(error: PHashError) -> &'static str {
    match error {
        PHashError::Missing => "missing",
        PHashError::NotHex { .. } => "not_hex",
        PHashError::UnequalLength { .. } => "unequal_length",
        _ => "an error the vectors do not name",
    }
}
