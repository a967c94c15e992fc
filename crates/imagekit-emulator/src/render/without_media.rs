//! What a build without the feature `media` does with transformations.

use super::{Refusal, Rendered, Request, Step};

/// Refuses every transformation.
pub(crate) fn render(_request: &Request<'_>) -> Result<Rendered, Refusal> {
    Err(Refusal::Unsupported("transformations in a build without its feature `media`".to_owned()))
}

/// Returns no paths: layers are not rendered.
pub(crate) fn paths(_steps: &[Step]) -> Vec<String> {
    Vec::new()
}

/// The path in the library: `@@` stands for a slash.
pub(crate) fn path(input: &str) -> String {
    format!("/{}", input.replace("@@", "/").trim_matches('/'))
}
