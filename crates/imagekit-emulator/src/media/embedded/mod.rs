//! The flat view of the embedded metadata (`embeddedMetadata` of a file).

pub(super) mod dates;
pub(super) mod labels;

use serde_json::{Map, Value};

use super::container::Parts;
use super::exif::{Exif, utf16_le};
use super::{iptc, xmp};

/// Tags that are not shown: those that say where things lie in the file, blocks of bytes that
/// are read for themselves, and three that the upload example of the OpenAPI file has in
/// `metadata.exif` alone.
const LEFT_OUT: [&str; 14] = [
    "ExifOffset",
    "GPSInfo",
    "InteropOffset",
    "SubIFD",
    "ApplicationNotes",
    "ICC_Profile",
    "IPTC-NAA",
    "PhotoshopSettings",
    "PrintIM",
    "JPEGTables",
    "ColorMap",
    "ExifImageWidth",
    "ExifImageHeight",
    "YCbCrPositioning",
];
const DATES: [(&str, &str); 3] = [
    ("ModifyDate", "OffsetTime"),
    ("DateTimeOriginal", "OffsetTimeOriginal"),
    ("CreateDate", "OffsetTimeDigitized"),
];

/// EXIF, IPTC and XMP in one map, codes as words and dates as ISO 8601, as the OpenAPI file's
/// upload example shows them. Of a name that several have, EXIF's value counts, then IPTC's.
/// The thumbnail's tags are left out: they would repeat the image's names.
pub(super) fn flat(exif: &Exif, parts: &Parts<'_>) -> Map<String, Value> {
    let mut map = parts.iptc.as_deref().map(iptc::read).unwrap_or_default();
    let groups = [exif.later(), &exif.interoperability, &exif.gps, &exif.exif, &exif.image];
    for (name, value) in groups.into_iter().flatten() {
        if !LEFT_OUT.contains(&name.as_str()) && !value.is_null() {
            // The API writes ExifTool's names without their hyphens.
            map.insert(name.replace('-', ""), labels::label(name, &readable(name, value)));
        }
    }
    for (date, offset) in DATES {
        let offset = map.get(offset).and_then(Value::as_str).map(str::to_owned);
        if let Some(value) = map.get_mut(date) {
            let iso = value.as_str().and_then(|text| dates::iso(text, offset.as_deref()));
            if let Some(iso) = iso {
                *value = iso.into();
            }
        }
    }
    for (place, direction) in
        [("GPSLatitude", "GPSLatitudeRef"), ("GPSLongitude", "GPSLongitudeRef")]
    {
        let negative = matches!(exif.gps.get(direction).and_then(Value::as_str), Some("S" | "W"));
        if let Some(degrees) = exif.gps.get(place).and_then(degrees) {
            map.insert(place.to_owned(), (if negative { -degrees } else { degrees }).into());
        }
    }
    xmp::read(&parts.xmp, &mut map);
    for (name, value) in &parts.fields {
        map.entry(*name).or_insert_with(|| (*value).into());
    }
    // The example has both, and the same value in both.
    if let Some(date) = map.get("DateCreated").cloned() {
        map.entry("DateTimeCreated").or_insert(date);
    }
    map
}

/// Windows' texts are lists of bytes in EXIF's groups; texts lose the spaces they are padded
/// with, all but the description.
fn readable(name: &str, value: &Value) -> Value {
    match value {
        Value::Array(bytes) if name.starts_with("XP") => {
            let bytes = bytes.iter().filter_map(|byte| u8::try_from(byte.as_u64()?).ok());
            utf16_le(&bytes.collect::<Vec<_>>()).into()
        }
        Value::String(text) if name != "ImageDescription" => text.trim_end_matches(' ').into(),
        _ => value.clone(),
    }
}

/// Degrees, minutes and seconds as decimal degrees.
fn degrees(value: &Value) -> Option<f64> {
    let parts = value.as_array()?.iter().map(Value::as_f64).collect::<Option<Vec<_>>>()?;
    Some(parts.into_iter().rev().fold(0.0, |sum, part| sum / 60.0 + part))
}
