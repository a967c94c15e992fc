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
use crate::script::{Exchange, answer};

/// Every case, group after group.
pub(crate) fn all() -> Vec<Case> {
    [
        status::cases(),
        framing::cases(),
        failure::cases(),
        retry::cases(),
        time::cases(),
        payload::cases(),
        wire::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The answer of a server that is well.
fn fine() -> Exchange {
    answer(200).json(r#"{"fine":true}"#)
}

/// What [`fine`] says.
fn fine_value() -> Value {
    json!({"fine": true})
}
