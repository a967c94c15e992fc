//! The media room from outside: fixtures are made here, by means other than the crate's own.

mod exif;
mod fixtures;
mod images;
mod perceptual;
mod robustness;
