use imagekit_proto::delivery::{
    Encoding, Overlay, OverlayPosition, OverlayTiming, Transformation, TransformationPosition,
    Transformations, UrlBase,
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

fn endpoint() -> impl Strategy<Value = UrlBase> {
    let host = "([a-z0-9%:;!$&'()*+,=~_.-]{0,6}@)?([a-zA-Z0-9._-]{1,10}|\\[[0-9a-f:]{2,9}\\])(:[0-9]{0,5})?";
    ("(https?|HTTPS)", host, text())
        .prop_map(|(scheme, host, path)| UrlBase::new(&format!("{scheme}://{host}/{path}")))
        .prop_filter_map("an endpoint", Result::ok)
}

/// Text with separators, plain and encoded, in most of its values.
fn separators() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just(","),
        Just(":"),
        Just("%2c"),
        Just("%3A"),
        Just("l-end"),
        Just("rt-90"),
        Just("4"),
        Just("https:"),
        Just("/"),
        Just("%"),
        Just("red"),
        Just("l-image"),
        Just("-"),
    ];
    vec(part, 0..5).prop_map(|parts| parts.concat())
}

fn decode_separators(text: &str) -> String {
    text.replace("%2C", ",").replace("%2c", ",").replace("%3A", ":").replace("%3a", ":")
}

type Set = fn(&str) -> Transformation;

/// Setters with text, and how many separators the step has of its own.
const TYPED: [(Set, usize); 15] = [
    (|text| Transformation::new().width(text), 0),
    (|text| Transformation::new().aspect_ratio(text), 0),
    (|text| Transformation::new().crop(text), 0),
    (|text| Transformation::new().shadow(text), 0),
    (|text| Transformation::new().trim(text), 0),
    (|text| Transformation::new().default_image(text), 0),
    (|text| Transformation::new().font_family(text), 0),
    (|text| Transformation::new().streaming_resolutions([text]), 0),
    (|text| Transformation::new().parameter("new", text), 0),
    (|text| Transformation::new().parameter(text, 1), 0),
    (|text| Transformation::new().overlay(Overlay::solid_color(text)), 3),
    (|text| Transformation::new().overlay(Overlay::image("a").layer_mode(text)), 3),
    (|text| Transformation::new().overlay(Overlay::image(text).encoding(Encoding::Plain)), 2),
    (
        |text| {
            let position = OverlayPosition::new().x(text);
            Transformation::new().overlay(Overlay::image("a").position(position))
        },
        3,
    ),
    (
        |text| {
            let timing = OverlayTiming::new().start(text);
            Transformation::new().overlay(Overlay::image("a").timing(timing))
        },
        3,
    ),
];

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

    /// A built URL has the steps, layers and parameters that were set, however it is decoded.
    #[test]
    fn a_typed_value_adds_nothing(
        value in separators(),
        setter in 0..TYPED.len(),
        in_path in any::<bool>(),
    ) {
        let (set, expected) = TYPED[setter];
        let step = set(&value);
        let position =
            if in_path { TransformationPosition::Path } else { TransformationPosition::Query };
        let base = UrlBase::new("https://ik.imagekit.io/demo").unwrap();
        let url = base.url("a.jpg").transformations(&step).position(position).build();
        let text = Transformations::from(step.clone()).build();
        prop_assert_eq!(url.is_ok(), text.is_ok());
        let written = [url.unwrap_or_default(), text.unwrap_or_default(), step.to_string()];
        for (written, escaped) in written.into_iter().zip([false, false, true]) {
            let written = written.replacen("https:", "", 1).replacen("tr:", "", 1);
            let decoded = if escaped { written } else { decode_separators(&written) };
            let parts = decoded.matches([',', ':']).count();
            // A ratio or the scheme of a URL holds a colon that starts no step.
            let colon = decoded.matches("ar-").count() + decoded.matches(":@@@@").count();
            prop_assert!(parts <= expected + colon, "{decoded}");
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
        delivery::{Expiry, UrlSigner},
        types::UnixTime,
    };

    fn signer() -> UrlSigner {
        let base = UrlBase::new("https://ik.imagekit.io/demo").unwrap();
        UrlSigner::new(base, &Secret::new("key")).unwrap()
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
            let url = signer.base().url(&source).transformations(&steps).query("v", value);
            let before = UnixTime::from_secs(at - 1);
            let at = UnixTime::from_secs(at);
            if let Ok(url) = url.sign(&signer, Expiry::at(at, before).unwrap()) {
                prop_assert_eq!(signer.verify(&url, before), Ok(Some(at)));
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
            let now = UnixTime::from_secs(1_700_000_000);
            let later = UnixTime::from_secs(1_700_000_060);
            let expiry = if expires { Expiry::at(later, now).unwrap() } else { Expiry::NEVER };
            let url = signer.base().url(&source).query("v", value).sign(&signer, expiry);
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
