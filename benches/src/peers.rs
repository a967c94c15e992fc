//! Hand-written code for the same work: plain serde structs that drop unknown keys, parsed with
//! `from_slice`.

#![expect(missing_docs, reason = "the fields are the API's own")]
#![expect(clippy::exhaustive_structs, reason = "as written by hand")]

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    pub file_id: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub name: String,
    pub file_path: String,
    pub tags: Option<Vec<String>>,
    #[serde(rename = "AITags")]
    pub ai_tags: Option<Vec<AiTag>>,
    pub version_info: Option<VersionInfo>,
    pub is_private_file: Option<bool>,
    pub is_published: Option<bool>,
    pub custom_coordinates: Option<String>,
    pub url: String,
    pub thumbnail: Option<String>,
    pub file_type: Option<String>,
    pub mime: Option<String>,
    pub width: Option<f64>,
    pub height: Option<f64>,
    pub size: Option<f64>,
    pub bit_rate: Option<f64>,
    pub duration: Option<f64>,
    pub audio_codec: Option<String>,
    pub video_codec: Option<String>,
    pub has_alpha: Option<bool>,
    pub custom_metadata: Option<Map<String, Value>>,
    pub embedded_metadata: Option<Map<String, Value>>,
    pub description: Option<String>,
    pub created_at: Option<String>,
    pub updated_at: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct AiTag {
    pub name: String,
    pub confidence: Option<f64>,
    pub source: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct VersionInfo {
    pub id: Option<String>,
    pub name: Option<String>,
}

/// An item with the fields of a file and of a folder, whichever it is.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    pub file_id: Option<String>,
    pub folder_id: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub name: String,
    pub file_path: Option<String>,
    pub folder_path: Option<String>,
    pub tags: Option<Vec<String>>,
    #[serde(rename = "AITags")]
    pub ai_tags: Option<Vec<AiTag>>,
    pub version_info: Option<VersionInfo>,
    pub is_private_file: Option<bool>,
    pub is_published: Option<bool>,
    pub custom_coordinates: Option<String>,
    pub url: Option<String>,
    pub thumbnail: Option<String>,
    pub file_type: Option<String>,
    pub mime: Option<String>,
    pub width: Option<f64>,
    pub height: Option<f64>,
    pub size: Option<f64>,
    pub bit_rate: Option<f64>,
    pub duration: Option<f64>,
    pub audio_codec: Option<String>,
    pub video_codec: Option<String>,
    pub has_alpha: Option<bool>,
    pub custom_metadata: Option<Map<String, Value>>,
    pub embedded_metadata: Option<Map<String, Value>>,
    pub description: Option<String>,
    pub created_at: Option<String>,
    pub updated_at: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    pub height: Option<f64>,
    pub width: Option<f64>,
    pub size: Option<f64>,
    pub format: Option<String>,
    pub has_color_profile: Option<bool>,
    pub quality: Option<f64>,
    pub density: Option<f64>,
    pub has_transparency: Option<bool>,
    pub p_hash: Option<String>,
    pub exif: Option<Exif>,
}

#[derive(Debug, Deserialize)]
pub struct Exif {
    pub image: Option<Image>,
    pub thumbnail: Option<Thumbnail>,
    pub exif: Option<Details>,
    pub gps: Option<Gps>,
    pub interoperability: Option<Interoperability>,
    pub makernote: Option<BTreeMap<String, Value>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Image {
    pub make: Option<String>,
    pub model: Option<String>,
    pub orientation: Option<f64>,
    pub x_resolution: Option<f64>,
    pub y_resolution: Option<f64>,
    pub resolution_unit: Option<f64>,
    pub software: Option<String>,
    pub modify_date: Option<String>,
    #[serde(rename = "YCbCrPositioning")]
    pub positioning: Option<f64>,
    pub exif_offset: Option<f64>,
    #[serde(rename = "GPSInfo")]
    pub gps_info: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Thumbnail {
    pub compression: Option<f64>,
    pub x_resolution: Option<f64>,
    pub y_resolution: Option<f64>,
    pub resolution_unit: Option<f64>,
    pub thumbnail_offset: Option<f64>,
    pub thumbnail_length: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Details {
    pub exposure_time: Option<f64>,
    pub f_number: Option<f64>,
    pub exposure_program: Option<f64>,
    #[serde(rename = "ISO")]
    pub iso: Option<f64>,
    pub exif_version: Option<String>,
    pub date_time_original: Option<String>,
    pub create_date: Option<String>,
    pub shutter_speed_value: Option<f64>,
    pub aperture_value: Option<f64>,
    pub exposure_compensation: Option<f64>,
    pub metering_mode: Option<f64>,
    pub flash: Option<f64>,
    pub focal_length: Option<f64>,
    pub sub_sec_time: Option<String>,
    pub flashpix_version: Option<String>,
    pub color_space: Option<f64>,
    pub exif_image_width: Option<f64>,
    pub exif_image_height: Option<f64>,
    pub interop_offset: Option<f64>,
    pub focal_plane_x_resolution: Option<f64>,
    pub focal_plane_y_resolution: Option<f64>,
    pub focal_plane_resolution_unit: Option<f64>,
    pub custom_rendered: Option<f64>,
    pub exposure_mode: Option<f64>,
    pub white_balance: Option<f64>,
    pub scene_capture_type: Option<f64>,
}

#[derive(Debug, Deserialize)]
pub struct Gps {
    #[serde(rename = "GPSVersionID")]
    pub version: Option<Vec<f64>>,
    #[serde(rename = "GPSLatitudeRef")]
    pub latitude_ref: Option<String>,
    #[serde(rename = "GPSLatitude")]
    pub latitude: Option<Vec<f64>>,
    #[serde(rename = "GPSLongitudeRef")]
    pub longitude_ref: Option<String>,
    #[serde(rename = "GPSLongitude")]
    pub longitude: Option<Vec<f64>>,
    #[serde(rename = "GPSTimeStamp")]
    pub time_stamp: Option<Vec<f64>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Interoperability {
    pub interop_index: Option<String>,
    pub interop_version: Option<String>,
}
