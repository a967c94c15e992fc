use imagekit_proto::delivery::{
    ImageAttributes, ResponsiveError, ResponsiveImage, Transformation, TransformationPosition,
    UrlBase, UrlError,
};

fn demo() -> UrlBase {
    UrlBase::new("https://ik.imagekit.io/demo").unwrap()
}

fn widths(image: &ImageAttributes) -> Vec<&str> {
    let src_set = image.src_set.as_deref().unwrap();
    src_set.split(", ").map(|candidate| candidate.rsplit_once(' ').unwrap().1).collect()
}

#[test]
fn without_width_or_sizes_the_devices_decide() {
    let endpoint = demo();
    let image = ResponsiveImage::new(endpoint.url("a b.jpg")).build().unwrap();
    assert_eq!(image.src, "https://ik.imagekit.io/demo/a%20b.jpg?tr=w-3840,c-at_max");
    assert_eq!(
        widths(&image),
        ["640w", "750w", "828w", "1080w", "1200w", "1920w", "2048w", "3840w"]
    );
    assert_eq!((image.sizes.as_deref(), image.width), (Some("100vw"), None));
}

#[test]
fn a_width_makes_two_densities() {
    let endpoint = demo();
    for (width, src, expected) in [
        (400.0, "828", vec!["1x", "2x"]),
        (1.0, "16", vec!["1x"]),
        (0.0, "16", vec!["1x"]),
        (5000.0, "3840", vec!["1x"]),
    ] {
        let image = ResponsiveImage::new(endpoint.url("a")).width(width).build().unwrap();
        assert_eq!(image.src, format!("https://ik.imagekit.io/demo/a?tr=w-{src},c-at_max"));
        assert_eq!(widths(&image), expected);
        assert_eq!((image.sizes, image.width), (None, Some(width)));
    }
}

#[test]
fn sizes_leave_out_what_no_device_needs() {
    let endpoint = demo();
    let narrowest = |sizes: &str| {
        let image = ResponsiveImage::new(endpoint.url("a")).sizes(sizes).width(9).build().unwrap();
        assert_eq!((image.sizes.as_deref(), image.width), (Some(sizes), Some(9.0)));
        widths(&image)[0].to_owned()
    };
    for (sizes, expected) in [
        ("100vw", "640w"),
        ("(min-width: 768px) 50vw, 100vw", "384w"),
        ("5vw", "32w"),
        ("150vw", "1080w"),
        ("250vw", "16w"),
        ("33.3vw", "16w"),
        ("300px", "16w"),
        ("100vw,50vw", "640w"),
        ("10vw\t20vw", "64w"),
        ("50 vw", "16w"),
    ] {
        assert_eq!(narrowest(sizes), expected, "{sizes}");
    }
    let empty = ResponsiveImage::new(endpoint.url("a")).sizes("").build().unwrap();
    assert_eq!((widths(&empty)[0], &empty.sizes), ("640w", &None));
}

#[test]
fn breakpoints_are_sorted_each_once_and_checked() {
    let endpoint = demo();
    let image = || ResponsiveImage::new(endpoint.url("a"));
    let sorted = image().device_breakpoints([800, 200, 400, 200]).build().unwrap();
    assert_eq!(widths(&sorted), ["200w", "400w", "800w"]);
    let both = image().sizes("100px").device_breakpoints([320]).image_breakpoints([64, 320]);
    assert_eq!(widths(&both.build().unwrap()), ["64w", "320w"]);
    let wide = image().sizes("199vw").device_breakpoints([320.5]).image_breakpoints([1]);
    assert_eq!(widths(&wide.build().unwrap()), ["320.5w"]);
    let none = image().device_breakpoints(Vec::<f64>::new());
    assert_eq!(none.build(), Err(ResponsiveError::NoBreakpoints));
    assert_eq!(none.clone().sizes("50vw").build(), Err(ResponsiveError::NoBreakpoints));
    assert_eq!(widths(&none.width(9).build().unwrap()), ["1x", "2x"]);
    let zero = image().image_breakpoints([0]).build();
    assert_eq!(zero, Err(ResponsiveError::Width(0.0)));
    assert!(image().width(f64::NAN).build().is_err());
    let refused = ResponsiveImage::new(endpoint.url("")).build();
    assert_eq!(refused, Err(ResponsiveError::Url(UrlError::EmptySource)));
}

#[test]
fn the_last_step_is_added_in_either_position() {
    let endpoint = demo();
    let step = Transformation::new().height(300);
    let url = endpoint.url("a").transformations(&step).position(TransformationPosition::Path);
    let image = ResponsiveImage::new(url.query("v", "1")).width(400).build().unwrap();
    assert_eq!(image.src, "https://ik.imagekit.io/demo/tr:h-300:w-828,c-at_max/a?v=1");
}

#[test]
fn html_is_escaped() {
    let endpoint = demo();
    let url = endpoint.url("it's.jpg").query("a", "1").position(TransformationPosition::Path);
    let image = ResponsiveImage::new(url).sizes("\"><script>").device_breakpoints([5]);
    let html = image.image_breakpoints([5]).build().unwrap().to_html("<b> & 'c'\0");
    assert_eq!(
        html,
        "<img src=\"https://ik.imagekit.io/demo/tr:w-5,c-at_max/it&#39;s.jpg?a=1\" \
         srcset=\"https://ik.imagekit.io/demo/tr:w-5,c-at_max/it&#39;s.jpg?a=1 5w\" \
         sizes=\"&quot;&gt;&lt;script&gt;\" alt=\"&lt;b&gt; &amp; &#39;c&#39;\u{fffd}\">"
    );
}

#[test]
fn a_comma_at_the_end_of_a_url_does_not_end_the_candidate() {
    let endpoint = demo();
    let url = endpoint.url("a,").position(TransformationPosition::Path);
    let image = ResponsiveImage::new(url).device_breakpoints([5]).build().unwrap();
    let expected = "https://ik.imagekit.io/demo/tr:w-5,c-at_max/a%2C 5w";
    assert_eq!(image.src_set.as_deref(), Some(expected));
}

#[cfg(feature = "sign")]
#[test]
fn every_candidate_is_signed() {
    use imagekit_proto::{
        Secret,
        delivery::{Expiry, UrlSigner},
    };
    let signer = UrlSigner::new(demo(), &Secret::new("key")).unwrap();
    let image = ResponsiveImage::new(signer.base().url("a")).sign(&signer, Expiry::NEVER);
    let image = image.unwrap();
    let now = imagekit_proto::types::UnixTime::from_secs(0);
    assert_eq!(signer.verify(&image.src, now), Ok(None));
    for candidate in image.src_set.unwrap().split(", ") {
        assert_eq!(signer.verify(candidate.split(' ').next().unwrap(), now), Ok(None));
    }
}
