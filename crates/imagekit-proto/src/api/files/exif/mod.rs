//! EXIF, in the groups that ImageKit makes.
//!
//! Cameras write tags of any type, so a tag or a group of another type than expected is no error: it
//! goes to `extra` under its own name, as does every tag without a field. Numbers of enumerated tags
//! keep their EXIF values.

mod details;
mod gps;
mod image;
mod local_time;
mod orientation;

pub use details::ExifDetails;
pub use gps::ExifGps;
pub use image::{ExifImage, ExifInteroperability, ExifThumbnail};
pub use local_time::LocalDateTime;
pub use orientation::Orientation;

use crate::types::{Extra, model};

model! {
    /// EXIF metadata of a file, by group.
    #[derive(Default)]
    pub struct Exif {
        /// Camera, software and orientation (IFD0).
        image: Option<Box<ExifImage>> = Object "image",
        /// Embedded thumbnail (IFD1).
        thumbnail: Option<ExifThumbnail> = Object "thumbnail",
        /// Exposure, lens and date.
        exif: Option<Box<ExifDetails>> = Object "exif",
        /// Place.
        gps: Option<ExifGps> = Object "gps",
        /// Interoperability rules.
        interoperability: Option<ExifInteroperability> = Object "interoperability",
        /// Tags of the camera maker, under the maker's own names.
        makernote: Option<Extra> = Object "makernote",
    }
}

impl Exif {
    /// Returns the date of capture: [`ExifDetails::captured_at`] of the group `exif`.
    pub fn captured_at(&self) -> Option<LocalDateTime> {
        self.exif.as_ref()?.captured_at()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn tags_of_an_unexpected_type_are_kept() {
        let json = r#"{"Make":"Canon","Model":["a",1],"Orientation":6,"XResolution":"72","New":{"a":1},
            "Software":null,"Artist":"\u00e9\"x"}"#;
        let image: ExifImage = serde_json::from_str(json).unwrap();
        assert_eq!(image.make.as_deref(), Some("Canon"));
        assert_eq!(image.artist.as_deref(), Some("\u{e9}\"x"));
        assert_eq!(image.orientation, Some(Orientation::Rotate90));
        assert_eq!((image.model.as_ref(), image.x_resolution), (None, None));
        assert_eq!(image.extra.len(), 3);
        let mut value: Value = serde_json::from_str(json).unwrap();
        value.as_object_mut().unwrap().remove("Software");
        assert_eq!(serde_json::to_value(&image).unwrap(), value);
    }

    #[test]
    fn groups_of_an_unexpected_type_are_kept() {
        for group in [json!("none"), json!([]), json!([1]), json!(1), json!(1.5), json!(false)] {
            let json = json!({
                "image": group, "thumbnail": group, "exif": group, "gps": group,
                "interoperability": group, "makernote": group, "new": group,
            });
            let exif: Exif = serde_json::from_str(&json.to_string()).unwrap();
            assert_eq!(exif.extra.len(), 7);
            assert_eq!(serde_json::to_value(&exif).unwrap(), json);
        }
    }

    #[test]
    fn null_groups_are_absent() {
        let exif: Exif =
            serde_json::from_str(r#"{"image":null,"gps":null,"makernote":{}}"#).unwrap();
        assert_eq!(exif, Exif { makernote: Some(Extra::new()), ..Exif::default() });
    }

    #[test]
    fn tags_of_real_cameras_have_fields() {
        let details: ExifDetails = serde_json::from_value(json!({
            "FileSource": "\u{3}", "CompressedBitsPerPixel": 3.2, "DigitalZoomRatio": 1,
            "Sharpness": 2, "Saturation": 0, "Contrast": 1, "GainControl": 2,
            "LensInfo": [24, 105, 4, 4], "LensMake": "Canon", "LensSerialNumber": "0000c1",
            "SerialNumber": "033024", "SubjectDistance": 5.96, "SubjectDistanceRange": 3,
            "SubjectArea": [2015, 1511, 2217, 1330], "ImageUniqueID": "5ab1",
        }))
        .unwrap();
        assert!(details.extra.is_empty(), "{:?}", details.extra);
        assert_eq!(details.lens_info, Some(vec![24.0, 105.0, 4.0, 4.0]));
        let image: ExifImage = serde_json::from_value(json!({
            "Rating": 4, "RatingPercent": 75, "XPTitle": [65, 0], "XPComment": [0, 0],
            "XPAuthor": [66, 0], "XPKeywords": [67, 0], "XPSubject": [68, 0],
        }))
        .unwrap();
        assert!(image.extra.is_empty(), "{:?}", image.extra);
        let gps: ExifGps = serde_json::from_value(json!({
            "GPSSpeedRef": "K", "GPSSpeed": 0.5, "GPSMapDatum": "WGS-84", "GPSProcessingMethod": "GPS",
        }))
        .unwrap();
        assert!(gps.extra.is_empty(), "{:?}", gps.extra);
    }
}
