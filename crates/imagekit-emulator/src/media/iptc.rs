//! IPTC-IIM: the captions and credits that picture desks write.

use serde_json::{Map, Value};

use super::exif::latin_or_utf8;

/// Longest block that is read, in bytes.
const MAX_BLOCK: usize = 1 << 20;

/// Reads the application record (2) under the names that ImageKit's `embeddedMetadata` uses:
/// ExifTool's without hyphens. A field that may repeat is an array as soon as it does; unknown
/// fields are left out.
pub(super) fn read(mut block: &[u8]) -> Map<String, Value> {
    let mut map = Map::new();
    block = block.get(..MAX_BLOCK).unwrap_or(block);
    while let [0x1c, record, number, high, low, rest @ ..] = block {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // The highest bit announces a length of lengths, for data that no caption needs.
        let Some((data, rest)) = rest.split_at_checked(length) else { break };
        block = rest;
        let Some(name) = name(*number).filter(|_| *record == 2) else { continue };
        let value = match (*number, data) {
            (0, [high, low]) => u16::from_be_bytes([*high, *low]).into(),
            (30 | 37 | 47 | 55 | 62, _) => date(&latin_or_utf8(data)),
            (35 | 38 | 60 | 63, _) => time(&latin_or_utf8(data)),
            _ => Value::String(latin_or_utf8(data)),
        };
        match map.get_mut(name) {
            None => {
                map.insert(name.to_owned(), value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    map
}

/// `20191016` as ISO 8601 with the time that ImageKit gives it, midnight; other text as it is.
fn date(text: &str) -> Value {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    match (text.get(..4), text.get(4..6), text.get(6..)) {
        (Some(year), Some(month), Some(day)) if digits => {
            format!("{year}-{month}-{day}T00:00:00.000Z").into()
        }
        _ => text.into(),
    }
}

/// `190103+0000` as `19:01:03+00:00`; other text as it is.
fn time(text: &str) -> Value {
    let parts = [0..2, 2..4, 4..6, 6..9, 9..11].map(|range| text.get(range));
    match parts {
        [Some(hour), Some(minute), Some(second), Some(zone), Some(minutes)] if text.len() == 11 => {
            format!("{hour}:{minute}:{second}{zone}:{minutes}").into()
        }
        _ => text.into(),
    }
}

fn name(number: u8) -> Option<&'static str> {
    Some(match number {
        0 => "ApplicationRecordVersion",
        3 => "ObjectTypeReference",
        4 => "ObjectAttributeReference",
        5 => "ObjectName",
        7 => "EditStatus",
        8 => "EditorialUpdate",
        10 => "Urgency",
        12 => "SubjectReference",
        15 => "Category",
        20 => "SupplementalCategories",
        22 => "FixtureIdentifier",
        25 => "Keywords",
        26 => "ContentLocationCode",
        27 => "ContentLocationName",
        30 => "ReleaseDate",
        35 => "ReleaseTime",
        37 => "ExpirationDate",
        38 => "ExpirationTime",
        40 => "SpecialInstructions",
        47 => "ReferenceDate",
        55 => "DateCreated",
        60 => "TimeCreated",
        62 => "DigitalCreationDate",
        63 => "DigitalCreationTime",
        65 => "OriginatingProgram",
        70 => "ProgramVersion",
        75 => "ObjectCycle",
        80 => "Byline",
        85 => "BylineTitle",
        90 => "City",
        92 => "Sublocation",
        95 => "ProvinceState",
        100 => "CountryPrimaryLocationCode",
        101 => "CountryPrimaryLocationName",
        103 => "OriginalTransmissionReference",
        105 => "Headline",
        110 => "Credit",
        115 => "Source",
        116 => "CopyrightNotice",
        118 => "Contact",
        120 => "CaptionAbstract",
        121 => "LocalCaption",
        122 => "WriterEditor",
        135 => "LanguageIdentifier",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    fn field(record: u8, number: u8, text: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x1c, record, number];
        bytes.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
        bytes.extend(text);
        bytes
    }

    #[test]
    fn fields_have_names_dates_are_iso_and_repeated_ones_are_arrays() {
        let block = [
            field(1, 90, b"\x1b%G"),
            field(2, 0, &[0, 4]),
            field(2, 25, b"one"),
            field(2, 25, b"two"),
            field(2, 25, b"three"),
            field(2, 80, "Müller".as_bytes()),
            field(2, 55, b"20191016"),
            field(2, 60, b"190103+0000"),
            field(2, 90, b"cut off"),
        ];
        let mut block = block.concat();
        block.truncate(block.len() - 1);
        let expected = json!({
            "ApplicationRecordVersion": 4, "Keywords": ["one", "two", "three"],
            "Byline": "Müller", "DateCreated": "2019-10-16T00:00:00.000Z", "TimeCreated": "19:01:03+00:00",
        });
        assert_eq!(json!(read(&block)), expected);
    }
}
