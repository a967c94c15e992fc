//! The table of transformation parameters: the API's name, the code in the URL, the kind.
//!
//! Source: the schema `Transformation` of the OpenAPI file for the names, the documentation that
//! it links and the published packages for the codes.

use super::value::Setting;
use std::borrow::Cow;

/// One parameter.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) code: &'static str,
    pub(super) kind: Kind,
}

/// What a parameter's value may be, and how it reaches the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `code-value`.
    Value,
    /// `code` alone, or nothing.
    Flag,
    /// `code` alone for the default, or `code-value`.
    Effect,
    /// `code-value` with the value's slashes written as `@@`.
    Path,
    /// `code-value`, where nothing means `true`.
    Trim,
}

/// Every parameter of the schema except `raw` and `overlay`.
pub(super) static KEYS: &[Key] = &[
    key("width", "w", Kind::Value),
    key("height", "h", Kind::Value),
    key("aspectRatio", "ar", Kind::Value),
    key("background", "bg", Kind::Value),
    key("border", "b", Kind::Value),
    key("crop", "c", Kind::Value),
    key("cropMode", "cm", Kind::Value),
    key("dpr", "dpr", Kind::Value),
    key("focus", "fo", Kind::Value),
    key("quality", "q", Kind::Value),
    key("x", "x", Kind::Value),
    key("xCenter", "xc", Kind::Value),
    key("y", "y", Kind::Value),
    key("yCenter", "yc", Kind::Value),
    key("format", "f", Kind::Value),
    key("videoCodec", "vc", Kind::Value),
    key("audioCodec", "ac", Kind::Value),
    key("radius", "r", Kind::Value),
    key("rotation", "rt", Kind::Value),
    key("blur", "bl", Kind::Value),
    key("named", "n", Kind::Value),
    key("defaultImage", "di", Kind::Path),
    key("flip", "fl", Kind::Value),
    key("original", "orig", Kind::Value),
    key("startOffset", "so", Kind::Value),
    key("endOffset", "eo", Kind::Value),
    key("duration", "du", Kind::Value),
    key("streamingResolutions", "sr", Kind::Value),
    key("grayscale", "e-grayscale", Kind::Flag),
    key("aiUpscale", "e-upscale", Kind::Flag),
    key("aiRetouch", "e-retouch", Kind::Flag),
    key("aiVariation", "e-genvar", Kind::Flag),
    key("aiDropShadow", "e-dropshadow", Kind::Effect),
    key("aiChangeBackground", "e-changebg", Kind::Value),
    key("aiRemoveBackground", "e-bgremove", Kind::Flag),
    key("aiRemoveBackgroundExternal", "e-removedotbg", Kind::Flag),
    key("aiEdit", "e-edit", Kind::Value),
    key("contrastStretch", "e-contrast", Kind::Flag),
    key("shadow", "e-shadow", Kind::Effect),
    key("sharpen", "e-sharpen", Kind::Effect),
    key("unsharpMask", "e-usm", Kind::Effect),
    key("gradient", "e-gradient", Kind::Effect),
    key("progressive", "pr", Kind::Value),
    key("lossless", "lo", Kind::Value),
    key("colorProfile", "cp", Kind::Value),
    key("metadata", "md", Kind::Value),
    key("opacity", "o", Kind::Value),
    key("trim", "t", Kind::Trim),
    key("zoom", "z", Kind::Value),
    key("page", "pg", Kind::Value),
    key("colorReplace", "cr", Kind::Value),
    key("colorize", "e-colorize", Kind::Value),
    key("distort", "e-distort", Kind::Value),
    key("fontSize", "fs", Kind::Value),
    key("fontFamily", "ff", Kind::Path),
    key("fontColor", "co", Kind::Value),
    key("innerAlignment", "ia", Kind::Value),
    key("padding", "pa", Kind::Value),
    key("alpha", "al", Kind::Value),
    key("typography", "tg", Kind::Value),
    key("lineHeight", "lh", Kind::Value),
    key("fontOutline", "fol", Kind::Value),
    key("fontShadow", "fsh", Kind::Value),
    key("color", "co", Kind::Value),
];

const fn key(name: &'static str, code: &'static str, kind: Kind) -> Key {
    Key { name, code, kind }
}

/// Finds a parameter by the API's name, then by its code.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    let by_name = KEYS.iter().find(|key| key.name == name);
    by_name.or_else(|| KEYS.iter().find(|key| key.code == name))
}

/// A path as layers, default images and fonts take it: without one leading and one trailing
/// slash, the slashes in between as `@@`.
pub(super) fn at_signs(path: &str) -> String {
    trim_slashes(path).replace('/', "@@")
}

/// Removes at most one slash from either end, as the published packages do.
pub(super) fn trim_slashes(path: &str) -> &str {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path)
}

/// Brings a path value into the form that the URL takes.
pub(super) fn path_setting(setting: Setting) -> Setting {
    match setting {
        Setting::Text(text) => Setting::Text(Cow::Owned(at_signs(&text))),
        other => other,
    }
}
