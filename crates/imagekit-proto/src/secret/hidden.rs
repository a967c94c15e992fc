//! `Debug` without values.

use std::fmt;

use super::Secret;
use crate::types::Extra;

/// An object of which `Debug` prints the keys only.
pub(crate) struct HiddenValues<'a>(pub(crate) &'a Extra);

impl fmt::Debug for HiddenValues<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.keys().map(|key| (key, Secret::default()))).finish()
    }
}

/// Bytes of which `Debug` prints the number only: a body may hold credentials or a token.
pub(crate) struct HiddenBytes<'a>(pub(crate) &'a [u8]);

impl fmt::Debug for HiddenBytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_lengths_are_printed() {
        let object = Extra::from_iter([("a".to_owned(), "secret".into())]);
        assert_eq!(format!("{:?}", HiddenValues(&object)), r#"{"a": [secret]}"#);
        assert_eq!(format!("{:?}", HiddenBytes(b"secret")), "6 bytes");
    }
}
