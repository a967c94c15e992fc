//! EXIF groups on the file: image, thumbnail, interoperability.

use super::orientation::Orientation;
use crate::types::model;

model! {
    /// Camera, software and orientation of an image (IFD0).
    #[derive(Default)]
    pub struct ExifImage {
        /// Camera maker.
        make: Option<String> = Lenient "Make",
        /// Camera model.
        model: Option<String> = Lenient "Model",
        /// Image description.
        image_description: Option<String> = Lenient "ImageDescription",
        /// Photographer or author.
        artist: Option<String> = Lenient "Artist",
        /// Copyright holder.
        copyright: Option<String> = Lenient "Copyright",
        /// EXIF orientation, 1 to 8.
        orientation: Option<Orientation> = Lenient "Orientation",
        /// Horizontal resolution in pixels per `resolution_unit`.
        x_resolution: Option<f64> = Lenient "XResolution",
        /// Vertical resolution in pixels per `resolution_unit`.
        y_resolution: Option<f64> = Lenient "YResolution",
        /// Unit of the resolution: 2 inch, 3 centimetre.
        resolution_unit: Option<u64> = Lenient "ResolutionUnit",
        /// Software that wrote the file.
        software: Option<String> = Lenient "Software",
        /// Date of the last change, `YYYY:MM:DD HH:MM:SS`.
        modify_date: Option<String> = Lenient "ModifyDate",
        /// Position of the chroma samples: 1 centred, 2 co-sited.
        y_cb_cr_positioning: Option<u64> = Lenient "YCbCrPositioning",
        /// Offset of the EXIF group in the file, in bytes.
        exif_offset: Option<u64> = Lenient "ExifOffset",
        /// Offset of the GPS group in the file, in bytes.
        gps_info: Option<u64> = Lenient "GPSInfo",
        /// Rating in stars, 0 to 5.
        rating: Option<u64> = Lenient "Rating",
        /// Rating in percent, 0 to 99.
        rating_percent: Option<u64> = Lenient "RatingPercent",
        /// Windows title, as bytes of UTF-16LE text.
        xp_title: Option<Vec<u64>> = Lenient "XPTitle",
        /// Windows comment, as bytes of UTF-16LE text.
        xp_comment: Option<Vec<u64>> = Lenient "XPComment",
        /// Windows author, as bytes of UTF-16LE text.
        xp_author: Option<Vec<u64>> = Lenient "XPAuthor",
        /// Windows keywords, separated by `;`, as bytes of UTF-16LE text.
        xp_keywords: Option<Vec<u64>> = Lenient "XPKeywords",
        /// Windows subject, as bytes of UTF-16LE text.
        xp_subject: Option<Vec<u64>> = Lenient "XPSubject",
    }
}

model! {
    /// The embedded thumbnail (IFD1).
    #[derive(Default)]
    pub struct ExifThumbnail {
        /// Compression of the thumbnail: 6 is JPEG.
        compression: Option<u64> = Lenient "Compression",
        /// Horizontal resolution in pixels per `resolution_unit`.
        x_resolution: Option<f64> = Lenient "XResolution",
        /// Vertical resolution in pixels per `resolution_unit`.
        y_resolution: Option<f64> = Lenient "YResolution",
        /// Unit of the resolution: 2 inch, 3 centimetre.
        resolution_unit: Option<u64> = Lenient "ResolutionUnit",
        /// Offset of the thumbnail in the file, in bytes.
        thumbnail_offset: Option<u64> = Lenient "ThumbnailOffset",
        /// Length of the thumbnail in bytes.
        thumbnail_length: Option<u64> = Lenient "ThumbnailLength",
    }
}

model! {
    /// Interoperability rules of a file.
    #[derive(Default)]
    pub struct ExifInteroperability {
        /// Rule, such as `R98`.
        interop_index: Option<String> = Lenient "InteropIndex",
        /// Version of the rule, such as `0100`.
        interop_version: Option<String> = Lenient "InteropVersion",
    }
}
