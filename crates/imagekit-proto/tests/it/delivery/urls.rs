use imagekit_proto::delivery::{
    InvalidTransformation, Overlay, Transformation, TransformationPosition, UrlBase, UrlBuilder,
    UrlError, UrlProblem,
};

fn demo() -> UrlBase {
    UrlBase::new("https://ik.imagekit.io/demo").unwrap()
}

fn plain(source: &str) -> Result<String, UrlError> {
    demo().url(source).build()
}

fn in_path(source: &str, step: Transformation) -> Result<String, UrlError> {
    demo().url(source).transformations(&step).position(TransformationPosition::Path).build()
}

fn in_query(source: &str, step: Transformation) -> Result<String, UrlError> {
    demo().url(source).transformations(&step).build()
}

#[test]
fn a_path_is_encoded_once_and_stays_below_the_url_endpoint() {
    for (source, expected) in [
        ("a.jpg", "a.jpg"),
        ("//a//b.jpg", "a/b.jpg"),
        ("folder/", "folder/"),
        ("my image.jpg", "my%20image.jpg"),
        ("my%20image.jpg", "my%20image.jpg"),
        ("हि.png", "%E0%A4%B9%E0%A4%BF.png"),
        ("a?b#c", "a%3Fb%23c"),
        ("a\\b^`{}\"<>|[]'", "a%5Cb%5E%60%7B%7D%22%3C%3E|[]'"),
        ("a\t\n\0b", "a%09%0A%00b"),
        ("a/./b/../c", "a/c"),
        ("a/%2E%2e/c", "c"),
        (".", ""),
        ("/", ""),
        ("HTTPS://example.com/a", "HTTPS:/example.com/a"),
        ("data:image/png;base64,AA", "data:image/png;base64,AA"),
    ] {
        let expected = format!("https://ik.imagekit.io/demo/{expected}");
        assert_eq!(plain(source), Ok(expected), "{source}");
    }
    for source in ["..", "../a", "a/../../b", "%2e%2e/a", "/../demo/a"] {
        assert_eq!(plain(source), Err(UrlError::LeavesBase), "{source}");
        let step = Transformation::new().width(1);
        assert_eq!(in_path(source, step), Err(UrlError::LeavesBase), "{source}");
    }
    assert_eq!(plain(""), Err(UrlError::EmptySource));
}

#[test]
fn url_endpoints_are_checked() {
    for (endpoint, expected) in [
        ("https://ik.imagekit.io/demo//", "https://ik.imagekit.io/demo/a.jpg"),
        ("https://ik.imagekit.io/demo?x=1", "https://ik.imagekit.io/demo/a.jpg?x=1"),
        ("https://ik.imagekit.io/demo?", "https://ik.imagekit.io/demo/a.jpg"),
        ("https://ik.imagekit.io/demo?x=1#f", "https://ik.imagekit.io/demo/a.jpg?x=1#f"),
        ("https://ik.imagekit.io/my démo", "https://ik.imagekit.io/my%20d%C3%A9mo/a.jpg"),
        ("https://images.example.com", "https://images.example.com/a.jpg"),
        ("http://localhost:8080/demo/../x", "http://localhost:8080/x/a.jpg"),
    ] {
        let built = UrlBase::new(endpoint).unwrap().url("/a.jpg").build();
        assert_eq!(built.as_deref(), Ok(expected), "{endpoint}");
    }
    for (endpoint, problem) in [
        ("", UrlProblem::Empty),
        (" ", UrlProblem::Empty),
        ("/relative", UrlProblem::NotHttp),
        ("ik.imagekit.io/demo", UrlProblem::NotHttp),
        ("https://", UrlProblem::NoHost),
        ("https://a b/", UrlProblem::Host),
        ("https://evil\r\nhost/", UrlProblem::Host),
        ("https://example.com:x/", UrlProblem::Port),
        ("https://example.com:99999", UrlProblem::Port),
        ("https://:80", UrlProblem::NoHost),
        ("http://[::1]evil.com", UrlProblem::Host),
    ] {
        assert_eq!(UrlBase::new(endpoint), Err(UrlError::Base(problem)), "{endpoint}");
    }
    let message = UrlBase::new("demo").unwrap_err().to_string();
    assert!(message.contains("https://ik.imagekit.io/your_id"), "{message}");
}

#[test]
fn absolute_urls_keep_their_query_and_fragment() {
    for (source, expected) in [
        ("https://example.com", "https://example.com/?p=q&tr=w-1"),
        ("https://example.com/a?", "https://example.com/a?p=q&tr=w-1"),
        ("https://example.com/a?x=a%20b&y", "https://example.com/a?x=a%20b&y&p=q&tr=w-1"),
        ("https://example.com/a?x=?", "https://example.com/a?x=?&p=q&tr=w-1"),
        ("https://example.com/a#top", "https://example.com/a?p=q&tr=w-1#top"),
        ("https://example.com/a?x=1#top?", "https://example.com/a?x=1&p=q&tr=w-1#top?"),
    ] {
        let step = Transformation::new().width(1);
        let position = TransformationPosition::Path;
        let url = UrlBuilder::new(source).transformations(&step).position(position).query("p", "q");
        assert_eq!(url.build().as_deref(), Ok(expected), "{source}");
    }
    assert_eq!(plain("https://"), Err(UrlError::Source(UrlProblem::NoHost)));
    assert_eq!(UrlBuilder::new("a.jpg").build(), Err(UrlError::Source(UrlProblem::NotHttp)));
}

#[test]
fn query_parameters_are_form_encoded_in_their_order() {
    let url = demo();
    let url = url.url("a.jpg").query("b", "a b&c=d").query("a é", "100%+~").query("b", "");
    assert_eq!(
        url.build().unwrap(),
        "https://ik.imagekit.io/demo/a.jpg?b=a+b%26c%3Dd&a+%C3%A9=100%25%2B%7E&b="
    );
}

#[test]
fn values_of_transformations_are_encoded_for_their_position() {
    let step = || Transformation::new().ai_edit("prompt-a & b/c? #1 \"é\"");
    assert_eq!(
        in_query("a.jpg", step()).unwrap(),
        "https://ik.imagekit.io/demo/a.jpg?tr=e-edit-prompt-a%20%26%20b/c?%20%231%20%22%C3%A9%22"
    );
    assert_eq!(
        in_path("a.jpg", step()).unwrap(),
        "https://ik.imagekit.io/demo/tr:e-edit-prompt-a%20&%20b%2Fc%3F%20%231%20%22%C3%A9%22/a.jpg"
    );
    let text = Transformation::new().overlay(Overlay::text("a b"));
    assert_eq!(
        in_query("a.jpg", text).unwrap(),
        "https://ik.imagekit.io/demo/a.jpg?tr=l-text,i-a%20b,l-end"
    );
}

#[test]
fn raw_text_is_encoded_only_where_no_url_can_hold_it() {
    let raw = |text: &str| Transformation::new().raw(text);
    let url = in_query("a.jpg", raw("w-$&,n-a$$b&x=é %20#")).unwrap();
    assert_eq!(url, "https://ik.imagekit.io/demo/a.jpg?tr=w-$&,n-a$$b&x=%C3%A9%20%20%23");
    assert_eq!(
        in_path("a.jpg", raw("w-1/b")).unwrap(),
        "https://ik.imagekit.io/demo/tr:w-1/b/a.jpg"
    );
    let dots = UrlError::Transformation(InvalidTransformation::DotSegment);
    for text in ["w-1/../../x", "w-1/%2e%2e/%2e%2e", "a/."] {
        assert_eq!(in_path("a.jpg", raw(text)), Err(dots.clone()), "{text}");
    }
    assert!(in_query("a.jpg", raw("w-1/../../x")).is_ok());
}

#[test]
fn infinite_numbers_and_long_urls_are_refused() {
    let error = UrlError::Transformation(InvalidTransformation::NotANumber);
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(in_query("a", Transformation::new().width(number)), Err(error.clone()));
    }
    let tiny = Transformation::new().width(1e-7).height(1e21).x(-0.0);
    assert_eq!(tiny.to_string(), "w-0.0000001,h-1000000000000000000000,x-0");
    assert_eq!(plain(&"a".repeat(70_000)), Err(UrlError::TooLong));
    let longest = "a".repeat(65_534 - "https://ik.imagekit.io/demo/".len());
    assert!(plain(&longest).unwrap().parse::<http::Uri>().is_ok());
}
