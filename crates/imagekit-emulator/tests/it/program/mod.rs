//! The program, started as users start it.

mod arguments;
mod killed;
mod process;
