//! What a file's bytes say about it: size, format, dimensions, EXIF and perceptual hash, under
//! the names of ImageKit's metadata API (schema `Metadata` of the OpenAPI file).
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
//! From the outside in: `container` finds the parts of a JPEG, PNG, WebP or TIFF file,
//! [`exif`] reads the EXIF block, `pixels` decodes the image, `phash` and `quality` measure it,
//! `embedded` gives the flat view of the embedded metadata.

mod container;
mod embedded;
pub mod exif;
mod format;
mod inspection;
mod iptc;
mod phash;
mod pixels;
mod quality;
mod sample;

pub use inspection::{Inspection, Metadata, inspect};
pub use pixels::MAX_DECODED_PIXELS;
pub use sample::sample_photo;
