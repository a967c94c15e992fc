//! Messages of the JSON reader without the values that it read.
//!
//! Its own messages quote values, and any of them may be a credential, such as the key of an origin
//! in the wrong place. Only what concerns the shape is kept.

use serde_json::error::Category;

/// Says why a response body is not the expected JSON.
pub(crate) fn of_response(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    match error.classify() {
        Category::Eof => "the JSON ends too early".to_owned(),
        Category::Syntax => "it is not JSON".to_owned(),
        _ if text.starts_with("missing field") || text.starts_with("duplicate field") => {
            text.to_owned()
        }
        _ => match text.rsplit_once(", expected ") {
            Some((_, expected)) => format!("expected {expected}"),
            None => "the JSON has another shape".to_owned(),
        },
    }
}

/// Says why an input is not the JSON of a request. Keys are named, values are not.
pub(crate) fn of_input(error: &serde_json::Error) -> String {
    const QUOTING: [&str; 3] = ["invalid type: ", "invalid value: ", "unknown variant "];
    let text = error.to_string();
    if !QUOTING.iter().any(|start| text.starts_with(start)) {
        return text;
    }
    let (found, expected) = text.rsplit_once(", expected ").unwrap_or((&text, "something else"));
    // The value follows its kind, in backticks or quotes.
    let kind = found.split(['`', '"']).next().unwrap_or_default().trim_end();
    format!("{kind}, expected {expected}")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape counts")]
    struct Input {
        name: String,
        count: Option<u64>,
    }

    #[test]
    fn messages_name_keys_and_quote_no_values() {
        let number: serde_json::Value = serde_json::from_str("1.50").unwrap();
        let precise = number.to_string().ends_with('0');
        for (input, message) in [
            (json!({"name": 31337}), "invalid type: integer, expected a string"),
            (json!({"name": 31337.5}), "invalid type: floating point, expected a string"),
            (json!({"name": true}), "invalid type: boolean, expected a string"),
            (json!({"name": ["hidden"]}), "invalid type: sequence, expected a string"),
            (json!({"name": null}), "invalid type: null, expected a string"),
            (json!({"name": "a", "count": "hid`den, expected \"x"}), {
                "invalid type: string, expected u64"
            }),
            (json!({"name": "a", "count": -5}), "invalid value: integer, expected u64"),
            (json!({}), "missing field `name`"),
            (json!({"name": "a", "size": "hidden"}), {
                "unknown field `size`, expected `name` or `count`"
            }),
        ] {
            let error = serde_json::from_value::<Input>(input).unwrap_err();
            // With its feature `arbitrary_precision`, serde_json has other words for numbers.
            if precise && ["integer", "floating point"].iter().any(|word| message.contains(word)) {
                continue;
            }
            assert_eq!(of_input(&error), message);
        }
    }
}
