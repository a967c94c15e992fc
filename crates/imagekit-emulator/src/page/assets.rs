//! The files of the page.

use bytes::Bytes;
use http::Response;

use super::content;

/// A file of the page.
pub(super) struct Asset {
    path: &'static str,
    mime: &'static str,
    text: &'static str,
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

const INDEX: Asset = asset("", HTML, include_str!("files/index.html"));

const ASSETS: &[Asset] = &[
    asset("/activity.css", CSS, include_str!("files/activity.css")),
    asset("/base.css", CSS, include_str!("files/base.css")),
    asset("/details.css", CSS, include_str!("files/details.css")),
    asset("/library.css", CSS, include_str!("files/library.css")),
    asset("/uploads.css", CSS, include_str!("files/uploads.css")),
    asset("/activity.js", SCRIPT, include_str!("files/activity.js")),
    asset("/api.js", SCRIPT, include_str!("files/api.js")),
    asset("/details.js", SCRIPT, include_str!("files/details.js")),
    asset("/dom.js", SCRIPT, include_str!("files/dom.js")),
    asset("/faults.js", SCRIPT, include_str!("files/faults.js")),
    asset("/format.js", SCRIPT, include_str!("files/format.js")),
    asset("/library.js", SCRIPT, include_str!("files/library.js")),
    asset("/login.js", SCRIPT, include_str!("files/login.js")),
    asset("/main.js", SCRIPT, include_str!("files/main.js")),
    asset("/metadata.js", SCRIPT, include_str!("files/metadata.js")),
    asset("/preview.js", SCRIPT, include_str!("files/preview.js")),
    asset("/theme.js", SCRIPT, include_str!("files/theme.js")),
    asset("/uploads.js", SCRIPT, include_str!("files/uploads.js")),
];

const fn asset(path: &'static str, mime: &'static str, text: &'static str) -> Asset {
    Asset { path, mime, text }
}

/// The file at a path below the page's address.
pub(super) fn find(path: &str) -> Option<&'static Asset> {
    if matches!(path, "" | "/") {
        return Some(&INDEX);
    }
    ASSETS.iter().find(|asset| asset.path == path)
}

impl Asset {
    pub(super) fn response(&self) -> Response<Bytes> {
        content(self.mime, Bytes::from_static(self.text.as_bytes()))
    }
}
