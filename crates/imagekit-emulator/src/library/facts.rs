//! What the bytes of a file say, shared between files that say the same.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::media::Inspection;

/// The inspection of a file, and its embedded metadata.
#[derive(Debug, PartialEq)]
pub(crate) struct Facts {
    /// Without the size, which stands beside it.
    pub(crate) inspection: Inspection,
    /// What [`Inspection::embedded`] returns; lists hold it and must not derive it each time.
    pub(crate) embedded: Map<String, Value>,
}

/// The last facts of each MIME type: files that say the same share them.
#[derive(Debug, Default)]
pub(crate) struct SharedFacts(HashMap<String, Arc<Facts>>);

impl SharedFacts {
    pub(crate) fn share(&mut self, mut inspection: Inspection) -> Arc<Facts> {
        inspection.metadata.size = 0;
        let last = self.0.get(&inspection.mime);
        if let Some(facts) = last.filter(|facts| facts.inspection == inspection) {
            return Arc::clone(facts);
        }
        let embedded = if inspection.is_image { inspection.embedded() } else { Map::new() };
        let mime = inspection.mime.clone();
        let facts = Arc::new(Facts { inspection, embedded });
        self.0.insert(mime, Arc::clone(&facts));
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::inspect;

    #[test]
    fn equal_files_share() {
        let mut shared = SharedFacts::default();
        let (one, two) = (shared.share(inspect(b"one")), shared.share(inspect(b"three")));
        assert!(Arc::ptr_eq(&one, &two));
    }

    #[test]
    #[cfg(feature = "media")]
    fn images_have_embedded_metadata() {
        let photo = SharedFacts::default().share(inspect(&crate::media::sample_photo()));
        assert!(photo.inspection.is_image && !photo.embedded.is_empty());
    }
}
