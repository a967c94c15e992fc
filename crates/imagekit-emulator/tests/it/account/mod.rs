//! What belongs to the account: origins, URL endpoints, named transformations, saved
//! extensions, usage.

mod endpoints;
mod named;
mod origins;
mod saved;
mod usage;
