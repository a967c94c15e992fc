//! The operations that a fault can be limited to.

use std::error::Error;
use std::fmt;

use crate::route::operations;

/// No operation has this id.
///
/// ```
/// use imagekit_emulator::Fault;
///
/// let error = Fault::status(500).on("uploadFile").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "no operation has the id \"uploadFile\"; perhaps \"upload-file\" is meant"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownOperation(String);

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no operation has the id {:?}; ", self.0)?;
        let plain = |text: &str| -> String {
            text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
        };
        match operations().find(|id| plain(id) == plain(&self.0)) {
            Some(id) => write!(f, "perhaps {id:?} is meant"),
            None => f.write_str("use an operationId of the OpenAPI file, such as \"upload-file\""),
        }
    }
}

impl Error for UnknownOperation {}

/// The operation with this id.
pub(super) fn find(id: &str) -> Result<&'static str, UnknownOperation> {
    operations().find(|known| *known == id).ok_or_else(|| UnknownOperation(id.to_owned()))
}
