//! The media room from outside: fixtures are made here, by means other than the crate's own.

#![expect(clippy::unwrap_used, reason = "fixtures that cannot be made are failures")]

mod exif;
mod fixtures;
mod images;
mod perceptual;
mod robustness;
