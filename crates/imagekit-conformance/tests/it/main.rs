//! The table, once per transport and group.

mod transports;
