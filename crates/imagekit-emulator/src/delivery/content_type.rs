//! The `Content-Type` of a file as it is.

use crate::library::{Content, names};

/// Types of text files, which their bytes do not tell.
const BY_EXTENSION: [(&str, &str); 12] = [
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("htm", "text/html; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("srt", "application/x-subrip"),
    ("txt", "text/plain; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("xml", "application/xml"),
];

/// The type that the bytes tell, or else the file extension.
pub(super) fn of(name: &str, content: &Content) -> String {
    let mime = content.mime();
    let (_, extension) = names::last(name).rsplit_once('.').unwrap_or_default();
    let extension = extension.to_ascii_lowercase();
    let known = BY_EXTENSION.iter().find(|(known, _)| *known == extension);
    match known {
        Some((_, by_extension)) if mime == "application/octet-stream" => (*by_extension).to_owned(),
        _ => mime.to_owned(),
    }
}
