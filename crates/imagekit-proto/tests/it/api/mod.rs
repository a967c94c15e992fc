//! The operations from outside: what holds for every request and every model.
//!
//! `inputs.json` and `answers.json` hold every field that the OpenAPI file and its supplement
//! know, once per variant: rows of an operation's id and an input, or of an id, a status and an
//! answer (null: an empty body).

mod edits;
mod limits;
mod models;
mod requests;
mod secrets;
