use imagekit_proto::{
    Secret,
    delivery::{
        Expiry, Overlay, ResponsiveImage, SignError, Transformation, TransformationPosition,
        UrlBase, UrlBuilder, UrlError, UrlSigner,
    },
    types::UnixTime,
};
use std::time::Duration;

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const LATER: UnixTime = UnixTime::from_secs(1_700_000_060);

fn signer(base: &str, key: &str) -> UrlSigner {
    UrlSigner::new(UrlBase::new(base).unwrap(), &Secret::new(key)).unwrap()
}

fn after(seconds: u64) -> Expiry {
    Expiry::after(Duration::from_secs(seconds), NOW).unwrap()
}

/// Signatures of the published packages.
#[test]
fn signs_as_the_published_packages_do() {
    let demo = signer("https://ik.imagekit.io/demo/", "dummy-key");
    assert_eq!(
        demo.sign("sdk-testing-files/future-search.png", Expiry::NEVER).unwrap(),
        "https://ik.imagekit.io/demo/sdk-testing-files/future-search.png\
         ?ik-s=32dbbbfc5f945c0403c71b54c38e76896ef2d6b0"
    );
    let test = signer("https://ik.imagekit.io/test_url_endpoint", "private_key_test");
    let step = Transformation::new().width(5);
    assert_eq!(
        test.base().url("/a.jpg").transformations(&step).sign(&test, after(1)).unwrap(),
        "https://ik.imagekit.io/test_url_endpoint/a.jpg\
         ?tr=w-5&ik-t=1700000001&ik-s=da839f8a3170214e0a167b28e6433f265ae1b6c3"
    );
}

#[test]
fn an_expiry_is_in_the_future_and_has_ten_digits() {
    let second = Duration::from_secs(1);
    assert_eq!(Expiry::after(Duration::ZERO, NOW), Err(SignError::NoLifetime));
    assert_eq!(Expiry::after(Duration::from_millis(999), NOW), Err(SignError::NoLifetime));
    for now in [u64::MAX, NOW.as_secs() * 1_000, 10_000_000_000] {
        let now = UnixTime::from_secs(now);
        assert_eq!(Expiry::after(second, now), Err(SignError::ClockOutOfRange), "{now}");
        assert_eq!(Expiry::at(now, now), Err(SignError::ClockOutOfRange), "{now}");
    }
    for expiry in [10_000_000_000, 19_999_999_999, LATER.as_secs() * 1_000, u64::MAX] {
        let expiry = UnixTime::from_secs(expiry);
        assert_eq!(Expiry::at(expiry, NOW), Err(SignError::TooLate), "{expiry}");
    }
    let last = UnixTime::from_secs(9_999_999_999);
    assert_eq!(Expiry::after(second, last), Err(SignError::TooLate));
    assert_eq!(Expiry::after(Duration::from_secs(10_000_000_000), NOW), Err(SignError::TooLate));
    assert_eq!(Expiry::after(Duration::MAX, NOW), Err(SignError::TooLate));
    assert_eq!(Expiry::at(NOW, NOW), Err(SignError::Past));
    assert_eq!(Expiry::at(UnixTime::from_secs(0), NOW), Err(SignError::Past));
    assert_eq!(Expiry::after(Duration::from_millis(60_999), NOW), Expiry::at(LATER, NOW));
    assert_eq!(Expiry::at(last, NOW), Ok(Expiry::NEVER));
    assert!(SignError::TooLate.to_string().contains("not milliseconds, or `Expiry::NEVER`"));
}

#[test]
fn sign_refuses_urls_that_imagekit_would_reject() {
    let demo = signer("https://ik.imagekit.io/demo", "key");
    for outside in [
        "https://ik.imagekit.io/demo2/a.jpg",
        "https://ik.imagekit.io/demo",
        "https://ik.imagekit.io/demo/../other/a.jpg",
        "http://ik.imagekit.io/demo/a.jpg",
        "https://other.example/a.jpg",
    ] {
        assert_eq!(demo.sign(outside, Expiry::NEVER), Err(SignError::OutsideBase), "{outside}");
    }
    for signed in ["?ik-s=x", "?x=1&ik-t=5", "?ik-t"] {
        let url = format!("https://ik.imagekit.io/demo/a.jpg{signed}");
        assert_eq!(demo.sign(&url, Expiry::NEVER), Err(SignError::AlreadySigned), "{url}");
    }
    let own = demo.base().url("a.jpg").query("ik-s", "x");
    assert_eq!(own.sign(&demo, Expiry::NEVER), Err(SignError::AlreadySigned));
    assert_eq!(demo.sign("", Expiry::NEVER), Err(SignError::Url(UrlError::EmptySource)));
    let base = UrlBase::new("https://ik.imagekit.io/demo").unwrap();
    assert_eq!(UrlSigner::new(base, &Secret::default()).unwrap_err(), SignError::EmptyKey);
}

#[test]
fn the_signature_covers_what_follows_the_url_endpoint() {
    let plain = signer("https://ik.imagekit.io/demo", "key");
    let reference = plain.sign("a.jpg", after(60)).unwrap();
    let signature = reference.rsplit_once('?').unwrap().1;
    for endpoint in [
        "https://ik.imagekit.io/demo//",
        "https://IK.imagekit.io:443/demo",
        "https://ik.imagekit.io/x/../demo",
    ] {
        assert_eq!(signer(endpoint, "key").sign("a.jpg", after(60)).as_ref(), Ok(&reference));
    }
    for (endpoint, url) in [
        ("https://ik.imagekit.io/dé mo", "https://ik.imagekit.io/d%C3%A9%20mo/a.jpg"),
        ("https://images.example.com:8443", "https://images.example.com:8443/a.jpg"),
    ] {
        let signed = signer(endpoint, "key").sign("a.jpg", after(60)).unwrap();
        assert_eq!(signed, format!("{url}?{signature}"));
    }
    let with_query = signer("https://ik.imagekit.io/demo?x=1#f", "key");
    let whole = plain.sign("https://ik.imagekit.io/demo/a.jpg?x=1#f", after(60)).unwrap();
    assert_eq!(with_query.sign("a.jpg", after(60)).as_ref(), Ok(&whole));
    assert!(
        whole.starts_with("https://ik.imagekit.io/demo/a.jpg?x=1&ik-t=") && whole.ends_with("#f")
    );
    let empty_query = plain.sign("https://ik.imagekit.io/demo/a.jpg?", after(60)).unwrap();
    assert_eq!(empty_query, reference);
    let question = plain.base().url("a.jpg").query("x", "").sign(&plain, after(60)).unwrap();
    let mark = plain.sign("https://ik.imagekit.io/demo/a.jpg?x=?", after(60)).unwrap();
    assert_ne!(question.rsplit_once('=').unwrap().1, mark.rsplit_once('=').unwrap().1);
    assert_eq!(plain.verify(&mark, NOW), Ok(Some(LATER)));
}

#[test]
fn a_builder_may_sign_with_an_endpoint_that_contains_its_own() {
    let account = signer("https://ik.imagekit.io/demo", "key");
    let pattern = UrlBase::new("https://ik.imagekit.io/demo/pattern").unwrap();
    let step = Transformation::new().width(1);
    let url = pattern.url("a.jpg").transformations(&step).position(TransformationPosition::Path);
    let signed = url.sign(&account, after(60)).unwrap();
    assert_eq!(account.verify(&signed, NOW), Ok(Some(LATER)));
    let absolute = UrlBuilder::new("https://ik.imagekit.io/demo/a.jpg");
    assert_eq!(absolute.sign(&account, after(60)), account.sign("a.jpg", after(60)));
}

#[test]
fn a_value_cannot_add_a_step_to_a_signed_url() {
    let demo = signer("https://ik.imagekit.io/demo", "key");
    for step in [
        Transformation::new().width("300,rt-90:bl-9"),
        Transformation::new().overlay(Overlay::solid_color("red,l-end:rt-90")),
    ] {
        for position in [TransformationPosition::Path, TransformationPosition::Query] {
            let url = demo.base().url("a.jpg").transformations(&step).position(position);
            let signed = url.sign(&demo, after(60));
            assert!(matches!(signed, Err(SignError::Url(UrlError::Transformation(_)))));
            let image = ResponsiveImage::new(url.clone());
            assert!(image.build().is_err() && image.sign(&demo, after(60)).is_err());
        }
    }
}

#[test]
fn debug_prints_no_key_password_or_signature() {
    let signer = signer("https://user:h1dd3n@ik.imagekit.io/demo", "private_h1dd3n");
    let base = signer.base();
    let source = "https://user:h1dd3n@bucket.example/a.jpg?X-Amz-Signature=h1dd3n";
    let url = base.url("a.jpg").query("token", "h1dd3n");
    let image = ResponsiveImage::new(base.url("a.jpg"));
    let attributes = image.sign(&signer, after(60)).unwrap();
    let signature = attributes.src.rsplit_once("ik-s=").unwrap().1;
    assert_eq!(signature.len(), 40);
    for (printed, shown) in [
        (format!("{signer:?}"), "[secret]"),
        (format!("{base:?}"), "[secret]@ik.imagekit.io/demo/"),
        (format!("{url:?}"), "a.jpg"),
        (format!("{image:#?}"), "a.jpg"),
        (
            format!("{:?}", UrlBuilder::new(source)),
            "https://[secret]@bucket.example/a.jpg?[secret]",
        ),
        (format!("{attributes:?}"), "ik-t=1700000060&ik-s=[secret]"),
    ] {
        assert!(!printed.contains("h1dd3n"), "{printed}");
        assert!(!printed.contains(signature) && printed.contains(shown), "{printed}");
    }
    let printed = format!("{attributes:?}");
    assert_eq!(printed.matches("ik-s=[secret]").count(), printed.matches("ik-s=").count());
}
