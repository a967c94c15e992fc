//! The flat view of the embedded metadata (`embeddedMetadata` of a file).

mod dates;
mod labels;

use serde_json::{Map, Value};

use super::exif::Exif;

/// Tags that say where things lie in the file, and so nothing about the picture.
const STRUCTURE: [&str; 3] = ["ExifOffset", "GPSInfo", "InteropOffset"];
const DATES: [(&str, &str); 3] = [
    ("ModifyDate", "OffsetTime"),
    ("DateTimeOriginal", "OffsetTimeOriginal"),
    ("CreateDate", "OffsetTimeDigitized"),
];

/// The groups in one map, codes as words and dates as ISO 8601, as the OpenAPI file's upload
/// example shows them. The thumbnail's tags are left out: they would repeat the image's names.
pub(super) fn flat(exif: &Exif, iptc: &Map<String, Value>) -> Map<String, Value> {
    let mut map = iptc.clone();
    let groups = [&exif.interoperability, &exif.gps, &exif.exif, &exif.image];
    for (name, value) in groups.into_iter().flatten() {
        if !STRUCTURE.contains(&name.as_str()) && !value.is_null() && !name.starts_with("0x") {
            map.insert(name.clone(), labels::label(name, value));
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
    map
}

/// Degrees, minutes and seconds as decimal degrees.
fn degrees(value: &Value) -> Option<f64> {
    let parts = value.as_array()?.iter().map(Value::as_f64).collect::<Option<Vec<_>>>()?;
    Some(parts.into_iter().rev().fold(0.0, |sum, part| sum / 60.0 + part))
}
