//! The text of a form: its boundary, and what stands before the data of a part.

use super::FormError;

/// What stands before the data of a part.
#[derive(Debug)]
pub(super) struct PartHead {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
}

/// The boundary that a content type states.
pub(super) fn boundary(content_type: &str) -> Result<String, FormError> {
    let (kind, params) = content_type.split_once(';').unwrap_or((content_type, ""));
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return Err(FormError::NotMultipart);
    }
    let value = parameter(params, "boundary").ok_or(FormError::NoBoundary)?;
    // RFC 2046 allows 70 characters.
    if value.is_empty() || value.len() > 70 { Err(FormError::NoBoundary) } else { Ok(value) }
}

/// Reads the head of a part: from the end of the delimiter's line to the empty line.
pub(super) fn part_head(head: &str) -> Result<PartHead, FormError> {
    let mut lines = head.split("\r\n");
    // Nothing but white space may stand behind a delimiter.
    if lines.next().is_none_or(|rest| !rest.trim().is_empty()) {
        return Err(FormError::BadPart);
    }
    let disposition = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"))
        .and_then(|(_, value)| value.trim().split_once(';'))
        .filter(|(kind, _)| kind.trim().eq_ignore_ascii_case("form-data"));
    let (_, params) = disposition.ok_or(FormError::BadPart)?;
    let name = parameter(params, "name").ok_or(FormError::BadPart)?;
    let file_name = parameter(params, "filename").map(|name| unescape(&name));
    Ok(PartHead { name: unescape(&name), file_name })
}

/// The value of a parameter such as `name="x"`; a quoted value may hold semicolons.
fn parameter(text: &str, wanted: &str) -> Option<String> {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ';']);
        let (name, after) = rest.split_once('=')?;
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => {
                let end = quoted.find('"')?;
                (quoted.get(..end)?, quoted.get(end + 1..)?)
            }
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after.get(..end)?.trim(), after.get(end..)?)
            }
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value.to_owned());
        }
        rest = after;
    }
}

/// Undoes what browsers and clients do to quotes and line ends in names (WHATWG).
fn unescape(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}
