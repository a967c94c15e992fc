//! The table.

mod failure;
mod framing;
mod payload;
mod retry;
mod status;
mod time;
mod wire;

use serde_json::{Value, json};

use crate::case::Case;
use crate::script::{Exchange, response};

/// A group's name and the function that creates its cases.
type Group = (&'static str, fn() -> Vec<Case>);

/// The groups, in their order.
pub(crate) const GROUPS: [Group; 7] = [
    ("status", status::cases),
    ("framing", framing::cases),
    ("failure", failure::cases),
    ("retry", retry::cases),
    ("time", time::cases),
    ("payload", payload::cases),
    ("wire", wire::cases),
];

/// The plain success: 200 with JSON.
fn fine() -> Exchange {
    response(200).json(r#"{"fine":true}"#)
}

/// The result of [`fine`].
fn fine_value() -> Value {
    json!({"fine": true})
}
