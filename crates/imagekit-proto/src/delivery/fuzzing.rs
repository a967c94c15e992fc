//! Bodies of the fuzz targets: they live here so that `cargo test` replays them too.

use super::{
    Encoding, Overlay, ResponsiveImage, Transformation, TransformationPosition, Transformations,
    UrlEndpoint,
};

/// Builds a URL from arbitrary text: it is a valid `http::Uri`, begins with the endpoint if the
/// source is relative, and is built again from itself.
pub fn url(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut fields = text.split('\u{1}');
    let mut field = || fields.next().unwrap_or_default();
    let (selector, source, host) = (field(), field(), field());
    let fallback = UrlEndpoint::new("https://ik.imagekit.io/demo");
    let endpoint = if host.is_empty() { fallback } else { UrlEndpoint::new(host) };
    let Ok(endpoint) = endpoint else { return };
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
    let url =
        endpoint.url(source).transformations(&steps).position(position).query(field(), field());
    let Ok(built) = url.build() else { return };
    assert!(built.parse::<http::Uri>().is_ok(), "{built}");
    if !source.starts_with("http://") && !source.starts_with("https://") {
        assert!(built.starts_with(endpoint.as_str()), "{built}");
    }
    assert_eq!(endpoint.url(&built).build().as_ref(), Ok(&built));
    let _ =
        ResponsiveImage::new(url).sizes(text.as_ref()).build().map(|image| image.to_html(&text));
}

/// Reads a transformation string, and JSON: what is read is written again.
pub fn transformation(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(chain) = text.parse::<Transformations>() {
        assert_eq!(chain.to_string(), text);
    }
    if let Ok(chain) = serde_json::from_slice::<Transformations>(data) {
        let written = chain.to_string();
        if let Ok(again) = written.parse::<Transformations>() {
            assert_eq!(again.to_string(), written);
        }
    }
}

/// Verifies arbitrary text, and signs and verifies an arbitrary source.
#[cfg(feature = "sign")]
pub fn verify(data: &[u8]) {
    use super::{Expiry, Signer};
    let text = String::from_utf8_lossy(data);
    let Ok(endpoint) = UrlEndpoint::new("https://ik.imagekit.io/demo") else { return };
    let Ok(signer) = Signer::new(endpoint, &"key".into()) else { return };
    assert!(signer.verify(&text, 0).is_err(), "{text}");
    let Ok(expiry) = Expiry::at(2_000_000_000, 1) else { return };
    if let Ok(url) = signer.sign(&text, expiry) {
        assert_eq!(signer.verify(&url, 1_999_999_999), Ok(Some(2_000_000_000)), "{url}");
        assert!(signer.verify(&url, 2_000_000_000).is_err(), "{url}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Inputs that are worth beginning from.
    const SEEDS: &[&str] = &[
        "p\u{1}../a?b#c\u{1}https://ik.imagekit.io/x//y?q=1#f\u{1}a&b/c\u{1}w-1/../..",
        "\u{1}https://EXAMPLE.com:443/a/../b??x=1#t?\u{1}\u{1}\u{1}\u{1}k\u{1}v\u{1}t\u{1}i/j",
        "w-1,h-2:l-text,i-a%20b,lx-5,fs-2:q-1,l-end,e-sharpen",
        "l-image,l-image,i-a,l-end,l-end",
        r#"[{"width":1.0,"overlay":{"type":"text","text":"a,b","timing":{"start":"x"}}}]"#,
        "https://ik.imagekit.io/demo/a.jpg?ik-t=1&ik-s=0000000000000000000000000000000000000000",
        "https://ik.imagekit.io/demo/a?b?&c=?",
    ];

    fn run(data: &[u8]) {
        url(data);
        transformation(data);
        #[cfg(feature = "sign")]
        verify(data);
    }

    #[test]
    fn seeds_hold() {
        SEEDS.iter().for_each(|seed| run(seed.as_bytes()));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_hold(data in proptest::collection::vec(any::<u8>(), 0..200)) {
            run(&data);
        }

        #[test]
        fn texts_of_meaning_hold(data in "[\u{1}p/.?#%2e:@&=,a-c l\\-end\\[\\]é]{0,80}") {
            run(data.as_bytes());
        }
    }
}
