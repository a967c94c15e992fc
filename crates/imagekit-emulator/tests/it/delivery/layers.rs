//! Layers of images, of one color, and of text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::picture::{BLACK, BLUE, GREEN, RED, WHITE, at, emulator, four, get};

#[test]
fn an_image_lies_where_told() {
    for (position, x, y) in [
        ("", 18, 8),
        (",lfo-top_left", 0, 0),
        (",lfo-bottom_right", 36, 16),
        (",lfo-top", 18, 0),
        (",lx-3,ly-5", 3, 5),
        (",lx-N3,ly-N5", 33, 11),
        (",lx-900,ly-0", 36, 0),
        (",lxc-20,lyc-10", 18, 8),
        (",lx-bw_div_2,ly-0", 20, 0),
    ] {
        // On black, the four by four red pixels are the only ones that are not black.
        let base = format!("l-image,i-ik_canvas,bg-000000,l-end:l-image,i-dot.png{position},l-end");
        let image = four(&base);
        let red: Vec<(u32, u32)> = image
            .enumerate_pixels()
            .filter(|(.., pixel)| pixel.0 == RED)
            .map(|(x, y, _)| (x, y))
            .collect();
        assert_eq!((red.first(), red.len()), (Some(&(x, y)), 16), "{position}");
    }
}

#[test]
fn a_layer_is_transformed_before_it_is_drawn() {
    let large = four("l-image,i-dot.png,w-10,l-end");
    assert_eq!(large.pixels().filter(|pixel| pixel.0 == RED).count(), 100 + 200 - 25);
    let nested = four(
        "l-image,i-ik_canvas,bg-0000FF,w-20,h-20,lfo-left,l-image,i-dot.png,lfo-bottom_right,\
         l-end,l-end",
    );
    assert_eq!(at(&nested, 0, 0), BLUE);
    assert_eq!((at(&nested, 19, 19), at(&nested, 15, 19), at(&nested, 20, 19)), (RED, BLUE, WHITE));
    let path = STANDARD.encode("dot.png").replace('=', "%3D");
    assert_eq!(at(&four(&format!("l-image,ie-{path},lfo-bottom_right,l-end")), 39, 19), RED);
    let round = four("l-image,i-ik_canvas,bg-black,w-10,h-10,r-max,lfo-top_left,l-end");
    assert_eq!((at(&round, 0, 0), at(&round, 5, 5)), (RED, BLACK));
}

#[test]
fn blocks_may_be_transparent() {
    let block = |color: &str| {
        at(&four(&format!("l-image,i-ik_canvas,{color},w-bw,h-bh,lx-0,ly-0,l-end")), 0, 0)
    };
    assert_eq!(block("bg-0000FF"), BLUE);
    assert_eq!(block("bg-0000FF,al-5"), [127, 0, 128, 255]);
    let [red, _, blue, _] = block("bg-0000FF50");
    assert!((120..135).contains(&red) && (120..135).contains(&blue), "{red} {blue}");
    assert!(block("e-gradient-from-0000FF_to-00FF00_ld-bottom")[2] > 240);
}

#[test]
fn text_is_drawn_in_its_color() {
    let text = |parameters: &str| {
        super::picture::of("photo.jpg", &format!("w-400,h-300:{parameters}:f-png"))
    };
    let plain = text("l-image,i-ik_canvas,bg-white,l-end");
    let drawn = text("l-image,i-ik_canvas,bg-white,l-end:l-text,i-Hi,co-0000FF,fs-100,l-end");
    let changed: Vec<(u32, u32)> = drawn
        .enumerate_pixels()
        .filter(|(x, y, pixel)| pixel.0 != at(&plain, *x, *y))
        .map(|(x, y, _)| (x, y))
        .collect();
    assert!(changed.len() > 500, "{}", changed.len());
    // Two characters of 100 pixels stand in the middle.
    assert!(changed.iter().all(|(x, y)| (120..280).contains(x) && (80..220).contains(y)));
    assert!(drawn.pixels().any(|pixel| pixel.0 == BLUE));
    let count = |parameters: &str| {
        let canvas = "l-image,i-ik_canvas,bg-white,l-end";
        let drawn = text(&format!("{canvas}:l-text,i-Hello%20World,fs-40{parameters},l-end"));
        drawn.pixels().filter(|pixel| pixel.0 != WHITE).count()
    };
    let regular = count("");
    assert!(count(",tg-b") > regular && count(",tg-strikethrough") > regular);
    assert!(count(",fs-20") < regular);
    assert!(count(",bg-00FF00,pa-10_20") > 3 * regular);
    let base64 = STANDARD.encode("Hello World").replace('=', "%3D");
    assert_eq!(count(&format!(",ie-{base64}")), regular);
}

#[test]
fn text_is_wrapped_and_aligned() {
    let boxed = |parameters: &str| {
        let canvas = "w-400,h-400,c-force:l-image,i-ik_canvas,bg-white,l-end";
        let layer = format!("l-text,i-made%20easy,fs-30,bg-00FF00{parameters},l-end");
        let image = four(&format!("{canvas}:{layer}"));
        let inside: Vec<(u32, u32)> = image
            .enumerate_pixels()
            .filter(|(.., pixel)| pixel.0 != WHITE)
            .map(|(x, y, _)| (x, y))
            .collect();
        let (left, right) = (inside.iter().map(|p| p.0).min(), inside.iter().map(|p| p.0).max());
        let (top, bottom) = (inside.iter().map(|p| p.1).min(), inside.iter().map(|p| p.1).max());
        (right.unwrap() - left.unwrap() + 1, bottom.unwrap() - top.unwrap() + 1)
    };
    let (width, height) = boxed("");
    assert_eq!(height, 36);
    let (narrow, tall) = boxed(",w-120");
    assert_eq!((narrow, tall), (120, 72));
    assert_eq!(boxed(",pa-1_2_3_4"), (width + 6, height + 4));
    assert_eq!(
        four("l-text,i-a,fs-5,ia-left,w-30,bg-red,lfo-top_left,l-end").dimensions(),
        (40, 20)
    );
    assert_eq!(at(&four("l-text,i-%20,fs-5,w-30,bg-00FF00,lfo-left,l-end"), 29, 10), GREEN);
}

#[test]
fn a_missing_image_is_named() {
    let response = get(&emulator(), "/four.png?tr=l-image,i-a@@none.png,l-end");
    assert_eq!(response.status(), 404);
    assert!(String::from_utf8_lossy(response.body()).contains("/a/none.png"));
    assert_eq!(get(&emulator(), "/four.png?tr=l-image,w-2,l-end").status(), 400);
}
