//! Metadata read from a file's bytes: size, format, dimensions, EXIF and perceptual hash, under the
//! names of ImageKit's metadata API (schema `Metadata` of the OpenAPI file).
//!
//! ```
//! use imagekit_emulator::media;
//!
//! let photo = media::sample_photo();
//! let inspection = media::inspect(&photo);
//! assert_eq!(inspection.mime, "image/jpeg");
//! assert_eq!(inspection.metadata.format.as_deref(), Some("jpg"));
//! assert_eq!((inspection.metadata.width, inspection.metadata.height), (Some(640), Some(480)));
//!
//! let json = serde_json::to_value(&inspection.metadata)?;
//! assert_eq!(json["exif"]["exif"]["ISO"], 100);
//! assert_eq!(json["exif"]["gps"]["GPSLatitudeRef"], "N");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Decoding large images is slow in builds without optimisation. A workspace can optimise the
//! decoders alone, which hash an image of 33 megapixels in less than a second then:
//!
//! ```toml
//! [profile.dev.package]
//! image = { opt-level = 2 } # also png, zune-jpeg, fdeflate, gif, weezl, tiff, image-webp
//! ```
//!
//! From the outside in: `container` finds the parts of a file, [`exif`], `iptc` and `xmp` read
//! the metadata blocks in it, `embedded` gives the flat view of them; `pixels` decodes the image
//! into a small `sketch`, which `phash` measures. Without the feature `media` nothing is decoded:
//! there is no perceptual hash and no [`sample_photo`], and transparency is known of formats
//! and files without an alpha channel alone.

mod container;
#[cfg(feature = "media")]
pub(crate) mod decode;
mod embedded;
pub mod exif;
mod format;
#[cfg(feature = "media")]
mod gate;
mod inspection;
mod iptc;
mod measured;
#[cfg(feature = "media")]
mod phash;
#[cfg(feature = "media")]
mod pixels;
#[cfg(feature = "media")]
mod sample;
#[cfg(feature = "media")]
mod sketch;
mod xmp;

pub use inspection::{Inspection, Metadata, inspect};
#[cfg(feature = "media")]
pub use pixels::MAX_DECODED_PIXELS;
#[cfg(feature = "media")]
pub use sample::sample_photo;
