//! The media module from outside. Fixtures are made here, by means other than the crate's own.

pub(crate) mod boxes;
mod exif;
mod fixtures;
mod images;
mod perceptual;
mod robustness;
mod video;
mod xmp;
