//! Codes of the EXIF standard in words, as ExifTool words them (ImageKit shows
//! `Horizontal (normal)`, `inches`, `Uncalibrated`, `Y,Cb,Cr,-`).

use serde_json::Value;

/// The word for a coded value; a value that is not a code, or an unknown one, stays as it is.
pub(in crate::media) fn label(tag: &str, value: &Value) -> Value {
    let word = match (tag, value) {
        ("ComponentsConfiguration", Value::String(bytes)) => components(bytes),
        ("FileSource" | "SceneType", Value::String(byte)) => {
            byte.chars().next().and_then(|code| coded(tag, u64::from(code)))
        }
        (_, Value::String(letter)) => lettered(tag, letter),
        (_, Value::Number(code)) => code.as_u64().and_then(|code| coded(tag, code)),
        _ => None,
    };
    match (tag, word) {
        (_, Some(word)) => word.into(),
        ("GPSVersionID", None) => joined(value, "."),
        ("GPSTimeStamp", None) => clock(value),
        _ => joined(value, " "),
    }
}

/// `[2, 3, 0, 0]` as `2.3.0.0`; what is no list stays as it is.
fn joined(value: &Value, separator: &str) -> Value {
    let word = |part: &Value| if part.is_null() { "undef".to_owned() } else { part.to_string() };
    match value.as_array() {
        Some(parts) => parts.iter().map(word).collect::<Vec<_>>().join(separator).into(),
        None => value.clone(),
    }
}

/// `[9, 4, 7.5]` as `09:04:07.5`.
fn clock(value: &Value) -> Value {
    let parts = value.as_array().map(Vec::as_slice);
    match parts {
        Some([hour, minute, second]) => {
            let padding = if second.as_f64().is_some_and(|s| s < 10.0) { "0" } else { "" };
            format!("{:0>2}:{:0>2}:{padding}{second}", hour.to_string(), minute.to_string()).into()
        }
        _ => joined(value, " "),
    }
}

fn components(bytes: &str) -> Option<String> {
    let names = ["-", "Y", "Cb", "Cr", "R", "G", "B"];
    let words: Option<Vec<_>> =
        bytes.chars().map(|c| names.get(usize::try_from(u32::from(c)).ok()?)).collect();
    Some(words?.into_iter().copied().collect::<Vec<_>>().join(","))
}

fn lettered(tag: &str, letter: &str) -> Option<String> {
    let word = match (tag, letter) {
        ("GPSLatitudeRef" | "GPSDestLatitudeRef", "N") => "North",
        ("GPSLatitudeRef" | "GPSDestLatitudeRef", "S") => "South",
        ("GPSLongitudeRef" | "GPSDestLongitudeRef", "E") => "East",
        ("GPSLongitudeRef" | "GPSDestLongitudeRef", "W") => "West",
        ("GPSImgDirectionRef" | "GPSTrackRef" | "GPSDestBearingRef", "T") => "True North",
        ("GPSImgDirectionRef" | "GPSTrackRef" | "GPSDestBearingRef", "M") => "Magnetic North",
        ("GPSSpeedRef", "K") => "km/h",
        ("GPSSpeedRef", "M") => "mph",
        ("GPSSpeedRef", "N") => "knots",
        ("GPSStatus", "A") => "Measurement Active",
        ("GPSStatus", "V") => "Measurement Void",
        ("GPSMeasureMode", "2") => "2-Dimensional Measurement",
        ("GPSMeasureMode", "3") => "3-Dimensional Measurement",
        _ => return None,
    };
    Some(word.to_owned())
}

fn coded(tag: &str, code: u64) -> Option<String> {
    let (first, words): (u64, &[&str]) = match tag {
        "Orientation" => (
            1,
            &[
                "Horizontal (normal)",
                "Mirror horizontal",
                "Rotate 180",
                "Mirror vertical",
                "Mirror horizontal and rotate 270 CW",
                "Rotate 90 CW",
                "Mirror horizontal and rotate 90 CW",
                "Rotate 270 CW",
            ],
        ),
        "ResolutionUnit" | "FocalPlaneResolutionUnit" => (1, &["None", "inches", "cm"]),
        "PlanarConfiguration" => (1, &["Chunky", "Planar"]),
        "PhotometricInterpretation" => (
            0,
            &[
                "WhiteIsZero",
                "BlackIsZero",
                "RGB",
                "RGB Palette",
                "Transparency Mask",
                "CMYK",
                "YCbCr",
            ],
        ),
        "ExtraSamples" => (0, &["Unspecified", "Associated Alpha", "Unassociated Alpha"]),
        "Compression" => match code {
            32773 => return Some("PackBits".to_owned()),
            32946 => return Some("Deflate".to_owned()),
            _ => (
                1,
                &[
                    "Uncompressed",
                    "CCITT 1D",
                    "T4/Group 3 Fax",
                    "T6/Group 4 Fax",
                    "LZW",
                    "JPEG (old-style)",
                    "JPEG",
                    "Adobe Deflate",
                ],
            ),
        },
        "ExposureProgram" => (
            0,
            &[
                "Not Defined",
                "Manual",
                "Program AE",
                "Aperture-priority AE",
                "Shutter speed priority AE",
                "Creative (Slow speed)",
                "Action (High speed)",
                "Portrait",
                "Landscape",
            ],
        ),
        "SensitivityType" => (
            0,
            &[
                "Unknown",
                "Standard Output Sensitivity",
                "Recommended Exposure Index",
                "ISO Speed",
                "Standard Output Sensitivity and Recommended Exposure Index",
                "Standard Output Sensitivity and ISO Speed",
                "Recommended Exposure Index and ISO Speed",
                "Standard Output Sensitivity, Recommended Exposure Index and ISO Speed",
            ],
        ),
        "MeteringMode" => (
            0,
            &[
                "Unknown",
                "Average",
                "Center-weighted average",
                "Spot",
                "Multi-spot",
                "Multi-segment",
                "Partial",
            ],
        ),
        "LightSource" => {
            (0, &["Unknown", "Daylight", "Fluorescent", "Tungsten (Incandescent)", "Flash"])
        }
        "ColorSpace" => match code {
            0xffff => return Some("Uncalibrated".to_owned()),
            _ => (1, &["sRGB", "Adobe RGB"]),
        },
        "SensingMethod" => (
            1,
            &[
                "Not defined",
                "One-chip color area",
                "Two-chip color area",
                "Three-chip color area",
                "Color sequential area",
            ],
        ),
        "FileSource" => (1, &["Film Scanner", "Reflection Print Scanner", "Digital Camera"]),
        "SceneType" => (1, &["Directly photographed"]),
        "CustomRendered" => (0, &["Normal", "Custom"]),
        "ExposureMode" => (0, &["Auto", "Manual", "Auto bracket"]),
        "WhiteBalance" => (0, &["Auto", "Manual"]),
        "SceneCaptureType" => (0, &["Standard", "Landscape", "Portrait", "Night"]),
        "GainControl" => {
            (0, &["None", "Low gain up", "High gain up", "Low gain down", "High gain down"])
        }
        "Contrast" | "Saturation" => (0, &["Normal", "Low", "High"]),
        "Sharpness" => (0, &["Normal", "Soft", "Hard"]),
        "SubjectDistanceRange" => (0, &["Unknown", "Macro", "Close", "Distant"]),
        "GPSAltitudeRef" => (0, &["Above Sea Level", "Below Sea Level"]),
        "GPSDifferential" => (0, &["No Correction", "Differential Corrected"]),
        "Flash" => return flash(code),
        _ => return None,
    };
    let index = usize::try_from(code.checked_sub(first)?).ok()?;
    words.get(index).map(|word| (*word).to_owned())
}

/// The bits of `Flash`: 0 fired, 1-2 return light, 3-4 mode, 5 no flash, 6 red-eye.
fn flash(code: u64) -> Option<String> {
    if code > 0x7f {
        return None;
    }
    if code & 0x20 != 0 {
        return Some("No flash function".to_owned());
    }
    let fired = if code & 1 != 0 { "Fired" } else { "Did not fire" };
    let mode = match code >> 3 & 3 {
        1 => Some("On"),
        2 => Some("Off"),
        3 => Some("Auto"),
        _ => None,
    };
    let words = match mode {
        None if code & 1 == 0 => "No Flash".to_owned(),
        None => fired.to_owned(),
        Some(mode) => format!("{mode}, {fired}"),
    };
    let red_eye = if code & 0x40 != 0 { ", Red-eye reduction" } else { "" };
    let returned = match code >> 1 & 3 {
        2 => ", Return not detected",
        3 => ", Return detected",
        _ => "",
    };
    Some(format!("{words}{red_eye}{returned}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::label;

    #[test]
    fn codes_become_words() {
        for (tag, code, word) in [
            ("Orientation", json!(1), json!("Horizontal (normal)")),
            ("Orientation", json!(9), json!(9)),
            ("ResolutionUnit", json!(2), json!("inches")),
            ("ColorSpace", json!(65535), json!("Uncalibrated")),
            ("ComponentsConfiguration", json!("\u{1}\u{2}\u{3}\0"), json!("Y,Cb,Cr,-")),
            ("FileSource", json!("\u{3}"), json!("Digital Camera")),
            ("Flash", json!(0), json!("No Flash")),
            ("Flash", json!(16), json!("Off, Did not fire")),
            ("Flash", json!(0x5f), json!("Auto, Fired, Red-eye reduction, Return detected")),
            ("GPSLatitudeRef", json!("S"), json!("South")),
            ("GPSVersionID", json!([2, 3, 0, 0]), json!("2.3.0.0")),
            ("GPSTimeStamp", json!([9, 4, 7.5]), json!("09:04:07.5")),
            ("BitsPerSample", json!([8, 8, 8]), json!("8 8 8")),
            ("LensInfo", json!([24, 70, null, 2.8]), json!("24 70 undef 2.8")),
            ("Compression", json!(32773), json!("PackBits")),
            ("Make", json!("N"), json!("N")),
            ("FNumber", json!(1), json!(1)),
        ] {
            assert_eq!(label(tag, &code), word, "{tag} {code}");
        }
    }
}
