//! Webhooks: their signatures, their events.

mod events;
mod signatures;
