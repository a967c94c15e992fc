//! Files by their URLs, as they are and transformed.

mod access;
mod files;
mod formats;
mod layers;
mod metadata;
mod picture;
mod property;
mod shapes;
mod sizes;
mod unsupported;
