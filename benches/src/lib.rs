//! Shared code of the benches: inputs of realistic size, and hand-written peers.

pub mod inputs;
pub mod loopback;
pub mod peers;
