//! Types that requests and models share: open enums, updates, timestamps.

mod civil_date;
pub(crate) mod field;
pub(crate) mod fit;
#[macro_use]
pub(crate) mod model;
mod nullable;
pub(crate) mod object;
#[macro_use]
mod open_enum;
mod patch;
mod tagged;
mod timestamp;
mod unix_time;
#[doc(hidden)]
pub mod unknown_values;

pub(crate) use civil_date::{day_number, is_day, parse_day};
pub(crate) use model::model;
pub(crate) use nullable::nullable;
pub use open_enum::Unrecognised;
pub(crate) use open_enum::open_enum;
pub use patch::Patch;
pub(crate) use tagged::tagged;
pub use timestamp::Timestamp;
pub(crate) use timestamp::nanoseconds;
pub use unix_time::UnixTime;

/// Unknown keys of a response, and values that do not fit their field: nothing the API sends is lost.
pub type Extra = serde_json::Map<String, serde_json::Value>;
