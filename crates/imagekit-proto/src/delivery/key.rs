//! What a transformation parameter is called, and what its value may be.

/// One parameter.
#[derive(Debug)]
pub(super) struct Key {
    /// The name in the API's JSON.
    pub(super) name: &'static str,
    /// The code in the URL.
    pub(super) code: &'static str,
    pub(super) kind: Kind,
}

/// Two names may share a code (`color`, `fontColor`); the URL is the same.
impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

/// What a parameter's value may be, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `code-value`.
    Value,
    /// `code-value`; the value may be a ratio such as `4:3`.
    Ratio,
    /// `code` alone, or nothing.
    Flag,
    /// `code` alone for the default, or `code-value`.
    Effect,
    /// `code-value` with the value's slashes as `@@`; the value may be an `http` or `https` URL.
    Path,
    /// `code-true` for the default, or `code-value`.
    Trim,
}

/// Returns a path as layers, default images and fonts take it: without one leading and one
/// trailing slash, and with the slashes in between as `@@`.
pub(super) fn at_signs(path: &str) -> String {
    trim_slashes(path).replace('/', "@@")
}

/// Removes at most one slash from either end, as the published packages do.
pub(super) fn trim_slashes(path: &str) -> &str {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path)
}
