//! EXIF as ImageKit groups it.
//!
//! Cameras write what they like, so a tag of another type than expected is no error: it stands
//! in the group's `extra`, as every tag without a field of its own does.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::exif_tag::{Key, Tag};
use crate::types::{Extra, Number};

/// Everything EXIF says, by group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Exif {
    /// What camera and software say of the image (IFD0).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Box<ExifImage>>,
    /// The embedded thumbnail (IFD1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<ExifThumbnail>,
    /// How the picture was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exif: Option<Box<ExifDetails>>,
    /// Where the picture was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gps: Option<ExifGps>,
    /// Which rules the file follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interoperability: Option<ExifInteroperability>,
    /// What the maker of the camera wrote, under its own names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub makernote: Option<Extra>,
    /// Groups that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Defines a group: its fields by tag name, read in one pass.
macro_rules! exif_group {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* $field:ident: $type:ty = $tag:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[serde(rename = $tag, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )+
            /// Tags without a field of their own.
            #[serde(flatten)]
            pub extra: Extra,
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct GroupVisitor;

                impl<'de> Visitor<'de> for GroupVisitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("an object of EXIF tags")
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        let mut group = $name::default();
                        while let Some(key) = map.next_key::<Key<'de>>()? {
                            match key.0.as_ref() {
                                $( $tag => match map.next_value()? {
                                    Tag::Expected(value) => group.$field = Some(value),
                                    Tag::Other(Value::Null) => {}
                                    Tag::Other(value) => {
                                        group.extra.insert($tag.to_owned(), value);
                                    }
                                }, )+
                                _ => {
                                    group.extra.insert(key.0.into_owned(), map.next_value()?);
                                }
                            }
                        }
                        Ok(group)
                    }
                }

                deserializer.deserialize_map(GroupVisitor)
            }
        }
    };
}

exif_group! {
    /// What camera and software say of the image (IFD0).
    pub struct ExifImage {
        /// The maker of the camera.
        make: String = "Make",
        /// The model of the camera.
        model: String = "Model",
        /// What the image shows.
        image_description: String = "ImageDescription",
        /// Who took it.
        artist: String = "Artist",
        /// Whose it is.
        copyright: String = "Copyright",
        /// How to turn it, 1 to 8.
        orientation: Number = "Orientation",
        /// Pixels per unit, across.
        x_resolution: Number = "XResolution",
        /// Pixels per unit, down.
        y_resolution: Number = "YResolution",
        /// The unit of the resolution: 2 inch, 3 centimetre.
        resolution_unit: Number = "ResolutionUnit",
        /// The software that wrote it.
        software: String = "Software",
        /// When it was last changed, as `YYYY:MM:DD HH:MM:SS`.
        modify_date: String = "ModifyDate",
        /// Where colour is sampled: 1 centred, 2 co-sited.
        y_cb_cr_positioning: Number = "YCbCrPositioning",
        /// Where the EXIF group stands in the file.
        exif_offset: Number = "ExifOffset",
        /// Where the GPS group stands in the file.
        gps_info: Number = "GPSInfo",
    }
}

exif_group! {
    /// The embedded thumbnail (IFD1).
    pub struct ExifThumbnail {
        /// How the thumbnail is compressed: 6 is JPEG.
        compression: Number = "Compression",
        /// Pixels per unit, across.
        x_resolution: Number = "XResolution",
        /// Pixels per unit, down.
        y_resolution: Number = "YResolution",
        /// The unit of the resolution: 2 inch, 3 centimetre.
        resolution_unit: Number = "ResolutionUnit",
        /// Where the thumbnail stands in the file.
        thumbnail_offset: Number = "ThumbnailOffset",
        /// Its length in bytes.
        thumbnail_length: Number = "ThumbnailLength",
    }
}

exif_group! {
    /// How the picture was taken.
    pub struct ExifDetails {
        /// In seconds.
        exposure_time: Number = "ExposureTime",
        /// The f-number.
        f_number: Number = "FNumber",
        /// The exposure program.
        exposure_program: Number = "ExposureProgram",
        /// The sensitivity.
        iso: Number = "ISO",
        /// The version of EXIF, such as `0220`.
        exif_version: String = "ExifVersion",
        /// When it was taken, as `YYYY:MM:DD HH:MM:SS`.
        date_time_original: String = "DateTimeOriginal",
        /// When it was digitised, as `YYYY:MM:DD HH:MM:SS`.
        create_date: String = "CreateDate",
        /// The shutter speed (APEX).
        shutter_speed_value: Number = "ShutterSpeedValue",
        /// The aperture (APEX).
        aperture_value: Number = "ApertureValue",
        /// In stops.
        exposure_compensation: Number = "ExposureCompensation",
        /// How the light was metered.
        metering_mode: Number = "MeteringMode",
        /// What the flash did, as bits.
        flash: Number = "Flash",
        /// The brightness (APEX).
        brightness_value: Number = "BrightnessValue",
        /// The widest aperture (APEX).
        max_aperture_value: Number = "MaxApertureValue",
        /// The kind of light.
        light_source: Number = "LightSource",
        /// In millimetres.
        focal_length: Number = "FocalLength",
        /// A comment.
        user_comment: String = "UserComment",
        /// The kind of sensor.
        sensing_method: Number = "SensingMethod",
        /// The kind of scene.
        scene_type: String = "SceneType",
        /// In millimetres, for 35 mm film.
        focal_length_in_35mm_format: Number = "FocalLengthIn35mmFormat",
        /// The model of the lens.
        lens_model: String = "LensModel",
        /// Fractions of the second of `ModifyDate`.
        sub_sec_time: String = "SubSecTime",
        /// Fractions of the second of `DateTimeOriginal`.
        sub_sec_time_original: String = "SubSecTimeOriginal",
        /// Fractions of the second of `CreateDate`.
        sub_sec_time_digitized: String = "SubSecTimeDigitized",
        /// What the components are, one character each.
        components_configuration: String = "ComponentsConfiguration",
        /// The version of FlashPix.
        flashpix_version: String = "FlashpixVersion",
        /// 1 is sRGB, 65535 uncalibrated.
        color_space: Number = "ColorSpace",
        /// In pixels.
        exif_image_width: Number = "ExifImageWidth",
        /// In pixels.
        exif_image_height: Number = "ExifImageHeight",
        /// Where the interoperability group stands in the file.
        interop_offset: Number = "InteropOffset",
        /// Pixels per unit on the sensor, across.
        focal_plane_x_resolution: Number = "FocalPlaneXResolution",
        /// Pixels per unit on the sensor, down.
        focal_plane_y_resolution: Number = "FocalPlaneYResolution",
        /// The unit of the two: 2 inch, 3 centimetre.
        focal_plane_resolution_unit: Number = "FocalPlaneResolutionUnit",
        /// Whether the image was processed specially.
        custom_rendered: Number = "CustomRendered",
        /// Automatic, manual or bracketed.
        exposure_mode: Number = "ExposureMode",
        /// 0 automatic, 1 manual.
        white_balance: Number = "WhiteBalance",
        /// The kind of scene that was chosen.
        scene_capture_type: Number = "SceneCaptureType",
    }
}

exif_group! {
    /// Where the picture was taken.
    pub struct ExifGps {
        /// The version of the GPS group.
        version_id: Vec<Number> = "GPSVersionID",
        /// `N` or `S`.
        latitude_ref: String = "GPSLatitudeRef",
        /// Degrees, minutes, seconds.
        latitude: Vec<Number> = "GPSLatitude",
        /// `E` or `W`.
        longitude_ref: String = "GPSLongitudeRef",
        /// Degrees, minutes, seconds.
        longitude: Vec<Number> = "GPSLongitude",
        /// 0 above, 1 below sea level.
        altitude_ref: Number = "GPSAltitudeRef",
        /// In metres.
        altitude: Number = "GPSAltitude",
        /// Hours, minutes, seconds (UTC).
        time_stamp: Vec<Number> = "GPSTimeStamp",
        /// `T` true, `M` magnetic north.
        img_direction_ref: String = "GPSImgDirectionRef",
        /// In degrees.
        img_direction: Number = "GPSImgDirection",
        /// As `YYYY:MM:DD`.
        date_stamp: String = "GPSDateStamp",
    }
}

exif_group! {
    /// Which rules the file follows.
    pub struct ExifInteroperability {
        /// Such as `R98`.
        interop_index: String = "InteropIndex",
        /// Such as `0100`.
        interop_version: String = "InteropVersion",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_an_unexpected_type_are_kept() {
        let json = r#"{"Make":"Canon","Model":["a",1],"Orientation":6,"XResolution":"72","New":{"a":1},
            "Software":null,"Artist":"\u00e9\"x"}"#;
        let image: ExifImage = serde_json::from_str(json).unwrap();
        assert_eq!(image.make.as_deref(), Some("Canon"));
        assert_eq!(image.artist.as_deref(), Some("\u{e9}\"x"));
        assert_eq!(image.orientation, Some(6.into()));
        assert_eq!((image.model.as_ref(), image.x_resolution), (None, None));
        assert_eq!(image.extra.len(), 3);
        let mut value: Value = serde_json::from_str(json).unwrap();
        value.as_object_mut().unwrap().remove("Software");
        assert_eq!(serde_json::to_value(&image).unwrap(), value);
    }

    #[test]
    fn coordinates_are_lists_of_numbers() {
        let gps: ExifGps =
            serde_json::from_str(r#"{"GPSLatitude":[48,51.5,0],"GPSLongitude":[2,"x"]}"#).unwrap();
        assert_eq!(gps.latitude.unwrap()[1], 51.5);
        assert_eq!(gps.longitude, None);
        assert!(gps.extra.contains_key("GPSLongitude"));
    }
}
