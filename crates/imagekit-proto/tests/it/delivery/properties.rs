use imagekit_proto::delivery::{
    Encoding, Overlay, OverlayPosition, Transformation, TransformationPosition, Transformations,
    UrlEndpoint,
};
use proptest::{collection::vec, prelude::*};

/// Text of every kind, much of it made of the characters that mean something in a URL.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9_.-]{0,8}",
        "[-a-z0-9 /.,:;@&=+$?#%\\[\\]{}|^`<>\"'\\\\~!*()é日😀\n\t]{0,12}",
        "(\\.|%2e|/|a){0,6}",
        any::<String>(),
    ]
}

fn encoding() -> impl Strategy<Value = Encoding> {
    prop_oneof![Just(Encoding::Auto), Just(Encoding::Plain), Just(Encoding::Base64)]
}

fn overlay() -> impl Strategy<Value = Overlay> {
    (any::<bool>(), text(), encoding(), text(), any::<i32>()).prop_map(
        |(is_text, shown, encoding, font, x)| {
            let overlay = if is_text { Overlay::text(shown) } else { Overlay::image(shown) };
            overlay
                .encoding(encoding)
                .position(OverlayPosition::new().x(x))
                .transformation(Transformation::new().font_family(font))
        },
    )
}

fn step() -> impl Strategy<Value = Transformation> {
    (any::<i64>(), -1e9..1e9f64, text(), text(), proptest::option::of(overlay())).prop_map(
        |(width, height, background, raw, overlay)| {
            let step = Transformation::new().width(width).height(height).background(background);
            let step = match overlay {
                Some(overlay) => step.overlay(overlay),
                None => step,
            };
            step.raw(raw)
        },
    )
}

fn endpoint() -> impl Strategy<Value = UrlEndpoint> {
    let host = "([a-z0-9%:;!$&'()*+,=~_.-]{0,6}@)?([a-zA-Z0-9._-]{1,10}|\\[[0-9a-f:]{2,9}\\])(:[0-9]{0,5})?";
    ("(https?|HTTPS)", host, text())
        .prop_map(|(scheme, host, path)| UrlEndpoint::new(&format!("{scheme}://{host}/{path}")))
        .prop_filter_map("an endpoint", Result::ok)
}

proptest! {
    #[test]
    fn every_url_is_a_uri_below_its_endpoint_and_builds_itself_again(
        endpoint in endpoint(),
        source in text(),
        steps in vec(step(), 0..3),
        in_path in any::<bool>(),
        name in text(),
        value in text(),
    ) {
        let position =
            if in_path { TransformationPosition::Path } else { TransformationPosition::Query };
        let url = endpoint.url(&source).transformations(&steps).position(position);
        if let Ok(url) = url.query(name, value).build() {
            prop_assert!(url.parse::<http::Uri>().is_ok(), "{url}");
            prop_assert!(url.starts_with(endpoint.as_str()), "{url}");
            prop_assert_eq!(endpoint.url(&url).build(), Ok(url.clone()));
        }
    }

    #[test]
    fn a_parsed_transformation_string_builds_itself_again(text in text()) {
        if let Ok(chain) = text.parse::<Transformations>() {
            prop_assert_eq!(chain.to_string(), text);
        }
    }

    #[test]
    fn what_is_built_can_be_parsed(
        widths in vec((any::<i32>(), "[a-z0-9_]{1,8}", "[a-zA-Z0-9 ,:/é!-]{1,12}"), 1..4),
    ) {
        let chain: Transformations = widths
            .iter()
            .map(|(width, word, text)| {
                let overlay = Overlay::text(text).transformation(Transformation::new().width(*width));
                Transformation::new().focus(word.as_str()).overlay(overlay)
            })
            .collect();
        let text = chain.to_string();
        let parsed: Transformations = text.parse()?;
        prop_assert_eq!(parsed.steps().len(), chain.steps().len());
        prop_assert_eq!(parsed.to_string(), text);
    }
}

#[cfg(feature = "sign")]
mod signatures {
    use super::*;
    use imagekit_proto::{
        Secret,
        delivery::{Expiry, Signer},
    };

    fn signer() -> Signer {
        let endpoint = UrlEndpoint::new("https://ik.imagekit.io/demo").unwrap();
        Signer::new(endpoint, &Secret::new("key")).unwrap()
    }

    proptest! {
        #[test]
        fn what_is_signed_verifies_until_it_expires(
            source in text(),
            steps in vec(step(), 0..2),
            value in text(),
            at in 1_000_000_001..9_999_999_999_u64,
        ) {
            let signer = signer();
            let url = signer.endpoint().url(&source).transformations(&steps).query("v", value);
            if let Ok(url) = url.sign(&signer, Expiry::at(at, 0).unwrap()) {
                prop_assert_eq!(signer.verify(&url, at - 1), Ok(Some(at)));
                prop_assert!(signer.verify(&url, at).is_err());
            }
        }

        #[test]
        fn any_change_of_one_character_fails(
            source in "[a-z0-9/._-]{1,12}",
            value in "[0-9]{0,3}",
            expires in any::<bool>(),
            index in any::<prop::sample::Index>(),
            replacement in prop_oneof!["[ -~]", any::<char>().prop_map(String::from), Just(String::new())],
        ) {
            let signer = signer();
            let now = 1_700_000_000;
            let expiry = if expires { Expiry::at(now + 60, now).unwrap() } else { Expiry::NEVER };
            let url = signer.endpoint().url(&source).query("v", value).sign(&signer, expiry);
            let url = url.unwrap_or_else(|_| signer.sign("a.jpg", expiry).unwrap());
            let at = index.index(url.len());
            for rest in [&url[at..], &url[at + 1..]] {
                let changed = format!("{}{replacement}{rest}", &url[..at]);
                if changed != url {
                    prop_assert!(signer.verify(&changed, now).is_err(), "{changed}");
                }
            }
        }
    }
}
