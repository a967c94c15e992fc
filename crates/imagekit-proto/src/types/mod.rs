//! The small vocabulary that requests and models share.

mod number;
#[macro_use]
mod open_enum;
mod patch;
mod timestamp;

pub use number::Number;
pub use open_enum::Unrecognised;
pub(crate) use open_enum::open_enum;
pub use patch::Patch;
pub use timestamp::Timestamp;

/// Keys that this crate does not know yet, kept so that nothing the API says is lost.
pub type Extra = serde_json::Map<String, serde_json::Value>;
