//! Names and paths as ImageKit cleans them.

use std::fmt;

/// The name of an uploaded file: letters, digits, `.`, `-` and `_` stay, everything else
/// becomes `_` (the OpenAPI file, `fileName`). Only what follows the last slash counts.
pub(crate) fn file_name(text: &str) -> String {
    let last = text.rsplit(['/', '\\']).next().unwrap_or(text);
    clean(last, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
}

/// The new name of a file: as [`file_name`], but letters of all languages stay (the OpenAPI
/// file, `newFileName`).
pub(crate) fn new_file_name(text: &str) -> String {
    clean(text, |c| c.is_alphanumeric() || is_mark(c) || matches!(c, '.' | '-'))
}

/// The name of a new folder: letters and digits of all languages stay, everything else becomes
/// `_` (the OpenAPI file, `folderName`). The hyphen stays too: uploads into a folder keep it,
/// and the two have to find each other.
pub(crate) fn folder_name(text: &str) -> String {
    clean(text, |c| c.is_alphanumeric() || is_mark(c) || c == '-')
}

/// A folder as `/a/b`, the root as `/`: no empty segments, names cleaned.
pub(crate) fn folder_path(text: &str) -> String {
    let mut path = String::new();
    for segment in text.split('/').filter(|segment| !segment.is_empty()) {
        path.push('/');
        path.push_str(&folder_name(segment));
    }
    if path.is_empty() { "/".to_owned() } else { path }
}

/// A folder as `/a/b`, nothing cleaned: to look something up.
pub(crate) fn normal_path(text: &str) -> String {
    let joined: Vec<&str> = text.split('/').filter(|segment| !segment.is_empty()).collect();
    format!("/{}", joined.join("/"))
}

/// `name` inside of `folder`.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder == "/" { format!("/{name}") } else { format!("{folder}/{name}") }
}

/// The folder that a path lies in; the root lies in itself.
pub(crate) fn parent(path: &str) -> &str {
    match path.rfind('/') {
        None | Some(0) => "/",
        Some(at) => path.get(..at).unwrap_or("/"),
    }
}

/// The last part of a path.
pub(crate) fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether `path` is `folder` or lies below it.
pub(crate) fn is_within(path: &str, folder: &str) -> bool {
    folder == "/"
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `cat.jpg` with `suffix`: `cat_suffix.jpg`.
pub(crate) fn with_suffix(name: &str, suffix: &str) -> String {
    match name.rfind('.').filter(|at| *at > 0) {
        Some(at) => {
            let (stem, extension) = name.split_at(at);
            format!("{stem}_{suffix}{extension}")
        }
        None => format!("{name}_{suffix}"),
    }
}

/// Displays a path as in a URL.
pub(crate) struct UrlPath<'a>(pub(crate) &'a str);

impl fmt::Display for UrlPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |byte: &u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~')
        };
        let mut rest = self.0;
        while !rest.is_empty() {
            let end = rest.bytes().position(|byte| !plain(&byte)).unwrap_or(rest.len());
            let (head, tail) = rest.split_at(end);
            f.write_str(head)?;
            let mut chars = tail.chars();
            if let Some(c) = chars.next() {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    write!(f, "%{byte:02X}")?;
                }
            }
            rest = chars.as_str();
        }
        Ok(())
    }
}

/// A path in a URL.
pub(crate) fn url_path(path: &str) -> String {
    UrlPath(path).to_string()
}

fn clean(text: &str, stays: impl Fn(char) -> bool) -> String {
    text.chars().map(|c| if stays(c) { c } else { '_' }).collect()
}

/// Marks that the standard library does not count as letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned() {
        assert_eq!(file_name("my cat (1).jpg"), "my_cat__1_.jpg");
        assert_eq!(file_name("a/b/é.png"), "_.png");
        assert_eq!(new_file_name("é ü.png"), "é_ü.png");
        assert_eq!(folder_path("//sale/summer 24//"), "/sale/summer_24");
        assert_eq!(folder_path(""), "/");
    }

    #[test]
    fn paths() {
        assert_eq!(parent("/a/b.jpg"), "/a");
        assert_eq!(parent("/b.jpg"), "/");
        assert!(is_within("/a/b", "/a") && is_within("/a", "/a") && !is_within("/ab", "/a"));
        assert_eq!(with_suffix("cat.jpg", "x"), "cat_x.jpg");
        assert_eq!(with_suffix(".env", "x"), ".env_x");
        assert_eq!(url_path("/a b/é.jpg"), "/a%20b/%C3%A9.jpg");
    }
}
