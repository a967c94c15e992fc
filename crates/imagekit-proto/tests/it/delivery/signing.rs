use imagekit_proto::{
    Secret,
    delivery::{
        Expiry, SignError, Signer, Transformation, TransformationPosition, UrlBuilder, UrlEndpoint,
        UrlError,
    },
};
use std::time::Duration;

const NOW: u64 = 1_700_000_000;

fn signer(endpoint: &str, key: &str) -> Signer {
    Signer::new(UrlEndpoint::new(endpoint).unwrap(), &Secret::new(key)).unwrap()
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
        test.endpoint().url("/a.jpg").transformations(&step).sign(&test, after(1)).unwrap(),
        "https://ik.imagekit.io/test_url_endpoint/a.jpg\
         ?tr=w-5&ik-t=1700000001&ik-s=da839f8a3170214e0a167b28e6433f265ae1b6c3"
    );
}

#[test]
fn an_expiry_is_in_the_future() {
    assert_eq!(Expiry::after(Duration::ZERO, NOW), Err(SignError::NoLifetime));
    assert_eq!(Expiry::after(Duration::from_millis(999), NOW), Err(SignError::NoLifetime));
    for now in [u64::MAX, NOW * 1_000, 10_000_000_000] {
        let clock = Err(SignError::ClockOutOfRange);
        assert_eq!(Expiry::after(Duration::from_secs(1), now), clock);
        assert_eq!(Expiry::at(now, now), clock);
    }
    assert!(Expiry::after(Duration::from_secs(1), 9_999_999_999).is_ok());
    assert_eq!(Expiry::after(Duration::MAX, NOW), Err(SignError::TooLate));
    assert_eq!(Expiry::at(NOW, NOW), Err(SignError::Past));
    assert_eq!(Expiry::at(0, NOW), Err(SignError::Past));
    assert_eq!(Expiry::after(Duration::from_millis(1_999), NOW), Expiry::at(NOW + 1, NOW));
    assert_eq!(Expiry::at(9_999_999_999, NOW), Ok(Expiry::NEVER));
}

#[test]
fn a_signature_that_nobody_accepts_is_an_error() {
    let demo = signer("https://ik.imagekit.io/demo", "key");
    for outside in [
        "https://ik.imagekit.io/demo2/a.jpg",
        "https://ik.imagekit.io/demo",
        "https://ik.imagekit.io/demo/../other/a.jpg",
        "http://ik.imagekit.io/demo/a.jpg",
        "https://other.example/a.jpg",
    ] {
        assert_eq!(demo.sign(outside, Expiry::NEVER), Err(SignError::OutsideEndpoint), "{outside}");
    }
    for signed in ["?ik-s=x", "?x=1&ik-t=5", "?ik-t"] {
        let url = format!("https://ik.imagekit.io/demo/a.jpg{signed}");
        assert_eq!(demo.sign(&url, Expiry::NEVER), Err(SignError::AlreadySigned), "{url}");
    }
    let own = demo.endpoint().url("a.jpg").query("ik-s", "x");
    assert_eq!(own.sign(&demo, Expiry::NEVER), Err(SignError::AlreadySigned));
    assert_eq!(demo.sign("", Expiry::NEVER), Err(SignError::Url(UrlError::EmptySource)));
    let endpoint = UrlEndpoint::new("https://ik.imagekit.io/demo").unwrap();
    assert_eq!(Signer::new(endpoint, &Secret::default()).unwrap_err(), SignError::EmptyKey);
}

#[test]
fn what_is_signed_is_what_follows_the_endpoint() {
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
    let question = plain.endpoint().url("a.jpg").query("x", "").sign(&plain, after(60)).unwrap();
    let mark = plain.sign("https://ik.imagekit.io/demo/a.jpg?x=?", after(60)).unwrap();
    assert_ne!(question.rsplit_once('=').unwrap().1, mark.rsplit_once('=').unwrap().1);
    assert_eq!(plain.verify(&mark, NOW), Ok(Some(NOW + 60)));
}

#[test]
fn a_builder_may_sign_with_another_endpoint_that_prefixes_it() {
    let account = signer("https://ik.imagekit.io/demo", "key");
    let pattern = UrlEndpoint::new("https://ik.imagekit.io/demo/pattern").unwrap();
    let step = Transformation::new().width(1);
    let url = pattern.url("a.jpg").transformations(&step).position(TransformationPosition::Path);
    let signed = url.sign(&account, after(60)).unwrap();
    assert_eq!(account.verify(&signed, NOW), Ok(Some(NOW + 60)));
    let absolute = UrlBuilder::new("https://ik.imagekit.io/demo/a.jpg");
    assert_eq!(absolute.sign(&account, after(60)), account.sign("a.jpg", after(60)));
}

#[test]
fn nothing_prints_the_key() {
    let signer = signer("https://ik.imagekit.io/demo", "private_do_not_print");
    let printed = format!("{signer:?} {:?}", signer.sign("a", Expiry::NEVER));
    assert!(!printed.contains("do_not_print"), "{printed}");
    assert!(printed.contains("[secret]"), "{printed}");
}
