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

/// The groups, in their order: the names of a group's cases begin with the name of its module.
const GROUPS: [fn() -> Vec<Case>; 7] = [
    status::cases,
    framing::cases,
    failure::cases,
    retry::cases,
    time::cases,
    payload::cases,
    wire::cases,
];

/// Returns all cases, in their order.
pub(crate) fn all() -> impl Iterator<Item = Case> {
    GROUPS.iter().flat_map(|cases| cases())
}

/// The plain success: 200 with JSON.
fn fine() -> Exchange {
    response(200).json(r#"{"fine":true}"#)
}

/// The result of [`fine`].
fn fine_value() -> Value {
    json!({"fine": true})
}
