//! Upper bound of the memory that a JSON document takes once it is parsed.
//!
//! A document of small values may take a hundred times its size: 8 bytes such as `{"":0},` become a
//! map with space for eleven entries. What has no type of its own (unknown keys, metadata, error
//! bodies) is kept whole, so a hostile or broken server could exhaust the memory.

/// Documents up to this size are parsed without a look at their structure, in bytes.
const UNCHECKED: usize = 1 << 20;

/// The memory that every document may take, in bytes: eight times the default limit of a response.
const ALWAYS_ALLOWED: u64 = 256 << 20;

/// What each byte takes at most: in the body, in a buffer of the JSON reader, in the result and in a
/// result as JSON.
const BYTE: u64 = 4;

/// What each part takes at most while it is parsed, in bytes: buffers of the JSON reader, maps and
/// vectors with their spare capacity, small heap blocks.
const OBJECT: u64 = 800;
const ENTRY: u64 = 300;
const ARRAY: u64 = 210;
const ITEM: u64 = 130;
/// A number that serde_json's feature `arbitrary_precision` reads as a map: one with a fraction or an
/// exponent, or a long integer. Another crate may enable the feature.
const LONG_NUMBER: u64 = 420;
/// Integers of fewer digits fit in 64 bits.
const LONG: usize = 19;

/// Whether `document` and what is parsed from it may take more than eight times its size, and more
/// than 256 MiB.
///
/// The largest page of a list (1,000 files with all their metadata) stays far below.
pub(crate) fn is_excessive(document: &[u8]) -> bool {
    document.len() > UNCHECKED
        && cost(document) > ALWAYS_ALLOWED.max((document.len() as u64).saturating_mul(8))
}

fn cost(document: &[u8]) -> u64 {
    let (mut objects, mut arrays, mut colons, mut commas) = (0_u64, 0_u64, 0_u64, 0_u64);
    let (mut long_numbers, mut digits) = (0_u64, 0);
    let mut bytes = document.iter();
    while let Some(byte) = bytes.next() {
        if byte.is_ascii_digit() {
            digits += 1;
            long_numbers += u64::from(digits == LONG);
            continue;
        }
        digits = 0;
        match byte {
            b'"' => skip_string(&mut bytes),
            b'{' => objects += 1,
            b'[' => arrays += 1,
            b':' => colons += 1,
            b',' => commas += 1,
            // Those in `true` and `false` do not matter.
            b'.' | b'e' | b'E' => long_numbers += 1,
            _ => {}
        }
    }
    // Every comma separates two entries of an object, each with a colon, or two items of an array.
    let items = (commas + objects + arrays).saturating_sub(colons);
    let parts = objects * OBJECT + colons * ENTRY + arrays * ARRAY + items * ITEM;
    parts + long_numbers * LONG_NUMBER + document.len() as u64 * BYTE
}

fn skip_string(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_outside_of_strings() {
        let parts = |text: &str| cost(text.as_bytes()) - text.len() as u64 * BYTE;
        assert_eq!(parts(r#"{"a,[{:":"\",[","b":2}"#), OBJECT + 2 * ENTRY);
        assert_eq!(parts("[1,2,3]"), ARRAY + 3 * ITEM);
        assert_eq!(parts(r#"[{"a":1},{"a":2}]"#), ARRAY + 2 * OBJECT + 2 * ENTRY + 2 * ITEM);
        assert_eq!(parts("[2e5,1.0,1]"), ARRAY + 3 * ITEM + 2 * LONG_NUMBER);
        let long = "[-18446744073709551616,123456789012345678]";
        assert_eq!(parts(long), ARRAY + 2 * ITEM + LONG_NUMBER);
        assert_eq!(parts(r#""unterminated \"#), 0);
    }

    #[test]
    fn small_documents_and_long_values_are_never_excessive() {
        assert!(!is_excessive("[{},".repeat(UNCHECKED / 4).as_bytes()));
        assert!(is_excessive("[{},".repeat(UNCHECKED).as_bytes()));
        let text = format!("[{}]", vec![format!("\"{}\"", ",[{:".repeat(256)); 4096].join(","));
        assert!(text.len() > UNCHECKED && !is_excessive(text.as_bytes()));
    }

    /// 1,000 files, each with 30 tags of extensions and 200 values of metadata.
    #[test]
    fn a_page_of_files_is_never_excessive() {
        let tag = r#"{"name":"Shirt","confidence":90.12,"source":"google-auto-tagging"}"#;
        let value = r#""DateTimeOriginal":"2022:06:15 08:19:00""#;
        let file = format!(
            r#"{{"fileId":"a","name":"n","AITags":[{}],"embeddedMetadata":{{{}}}}}"#,
            [tag; 30].join(","),
            [value; 200].join(",")
        );
        let page = format!("[{}]", vec![file; 1000].join(","));
        assert!(page.len() > 8 * UNCHECKED && !is_excessive(page.as_bytes()));
    }
}
