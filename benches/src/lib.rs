//! What the benches share: inputs of realistic size, and peers as a user would write them by hand.

pub mod inputs;
pub mod loopback;
pub mod peers;
