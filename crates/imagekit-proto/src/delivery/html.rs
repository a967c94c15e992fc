//! The `<img>` element.

use super::{responsive::ImageAttributes, writer::push_float};

impl ImageAttributes {
    /// Returns an `<img>` element with these attributes and an alternative text (empty for a
    /// decorative image). All values are escaped.
    ///
    /// ```
    /// use imagekit_proto::delivery::{ResponsiveImage, UrlBase};
    ///
    /// let base = UrlBase::new("https://ik.imagekit.io/demo")?;
    /// let image = ResponsiveImage::new(base.url("a.jpg").query("v", "1")).width(100);
    /// assert_eq!(
    ///     image.build()?.to_html("Tom & \"Jerry\""),
    ///     "<img src=\"https://ik.imagekit.io/demo/a.jpg?v=1&amp;tr=w-256,c-at_max\" \
    ///      srcset=\"https://ik.imagekit.io/demo/a.jpg?v=1&amp;tr=w-128,c-at_max 1x, \
    ///      https://ik.imagekit.io/demo/a.jpg?v=1&amp;tr=w-256,c-at_max 2x\" \
    ///      width=\"100\" alt=\"Tom &amp; &quot;Jerry&quot;\">",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_html(&self, alternative: &str) -> String {
        let mut out = String::from("<img");
        push_attribute(&mut out, "src", &self.src);
        if let Some(src_set) = &self.src_set {
            push_attribute(&mut out, "srcset", src_set);
        }
        if let Some(sizes) = &self.sizes {
            push_attribute(&mut out, "sizes", sizes);
        }
        if let Some(width) = self.width {
            out.push_str(" width=\"");
            push_float(&mut out, width);
            out.push('"');
        }
        push_attribute(&mut out, "alt", alternative);
        out.push('>');
        out
    }
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // HTML parsers replace NUL; nothing else needs escaping inside quotes.
            '\0' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out.push('"');
}
