//! The small vocabulary that requests and models share.

mod civil_date;
mod nullable;
mod number;
#[macro_use]
mod open_enum;
mod patch;
mod tagged;
mod timestamp;
mod unix_time;
#[doc(hidden)]
pub mod unnamed;

pub(crate) use civil_date::{day_number, parse_day};
pub(crate) use nullable::nullable;
pub use number::Number;
pub use open_enum::Unrecognised;
pub(crate) use open_enum::open_enum;
pub use patch::Patch;
pub(crate) use tagged::tagged;
pub use timestamp::Timestamp;
pub use unix_time::UnixTime;

/// Keys that this crate does not know yet, kept so that nothing the API says is lost.
pub type Extra = serde_json::Map<String, serde_json::Value>;
