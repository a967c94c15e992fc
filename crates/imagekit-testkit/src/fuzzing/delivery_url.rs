//! A built URL is a valid URI that starts with its URL endpoint.

use imagekit_proto::delivery::{
    Encoding, Overlay, ResponsiveImage, Transformation, TransformationPosition, UrlBase,
};

/// Builds a URL from arbitrary text: it is a valid `http::Uri`, starts with the endpoint if the
/// source is relative, and is built again from itself.
pub fn delivery_url(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut fields = text.split('\u{1}');
    let mut field = || fields.next().unwrap_or_default();
    let (selector, source, host) = (field(), field(), field());
    let fallback = UrlBase::new("https://ik.imagekit.io/demo");
    let base = if host.is_empty() { fallback } else { UrlBase::new(host) };
    let Ok(base) = base else { return };
    let encoding = [Encoding::Auto, Encoding::Plain, Encoding::Base64];
    let encoding = encoding.get(selector.len() % 3).copied().unwrap_or_default();
    let steps = [
        Transformation::new().background(field()).raw(field()).parameter(field(), field()),
        Transformation::new()
            .overlay(Overlay::text(field()).encoding(encoding))
            .overlay(Overlay::image(field()).encoding(encoding)),
    ];
    let path = selector.contains('p');
    let position = if path { TransformationPosition::Path } else { TransformationPosition::Query };
    let url = base.url(source).transformations(&steps).position(position).query(field(), field());
    let Ok(built) = url.build() else { return };
    assert!(built.parse::<http::Uri>().is_ok(), "{built}");
    if !source.starts_with("http://") && !source.starts_with("https://") {
        assert!(built.starts_with(base.as_str()), "{built}");
    }
    assert_eq!(base.url(&built).build().as_ref(), Ok(&built));
    let _ =
        ResponsiveImage::new(url).sizes(text.as_ref()).build().map(|image| image.to_html(&text));
}
