//! Rotation, flip, corners, border, trim, opacity and effects.

use image::{Rgba, RgbaImage};

use super::picture::{
    BLACK, BLUE, CLEAR, GREEN, RED, WHITE, at, decoded, emulator, four, get, png,
};

fn corners(image: &RgbaImage) -> [[u8; 4]; 4] {
    let (right, bottom) = (image.width() - 1, image.height() - 1);
    [at(image, 0, 0), at(image, right, 0), at(image, 0, bottom), at(image, right, bottom)]
}

#[test]
fn rotations_and_flips() {
    for (transformation, expected) in [
        ("rt-0", [RED, GREEN, BLUE, WHITE]),
        ("rt-90", [BLUE, RED, WHITE, GREEN]),
        ("rt-N90", [GREEN, WHITE, RED, BLUE]),
        ("rt-180", [WHITE, BLUE, GREEN, RED]),
        ("rt-450", [BLUE, RED, WHITE, GREEN]),
        ("rt-auto", [RED, GREEN, BLUE, WHITE]),
        ("fl-h", [GREEN, RED, WHITE, BLUE]),
        ("fl-v", [BLUE, WHITE, RED, GREEN]),
        ("fl-h_v", [WHITE, BLUE, GREEN, RED]),
    ] {
        assert_eq!(corners(&four(transformation)), expected, "{transformation}");
    }
    let tilted = four("rt-45");
    assert_eq!(tilted.dimensions(), (42, 42));
    assert_eq!(at(&tilted, 0, 0)[3], CLEAR);
    assert_eq!(at(&tilted, 21, 21)[3], 255);
}

#[test]
fn corners_are_rounded() {
    let round = four("r-max");
    assert!(corners(&round).iter().all(|corner| corner[3] == CLEAR));
    assert_eq!((at(&round, 20, 10)[3], at(&round, 1, 10)[3]), (255, 255));
    let some = four("r-0_8_0_8");
    let alphas: Vec<u8> = corners(&some).iter().map(|corner| corner[3]).collect();
    assert_eq!(alphas, [255, CLEAR, CLEAR, 255]);
    // JPEG shows white where PNG is transparent.
    let jpeg = four("r-max,f-jpg");
    assert!(at(&jpeg, 0, 0)[..3].iter().all(|value| *value > 240), "{:?}", at(&jpeg, 0, 0));
}

#[test]
fn borders_lie_around_the_image() {
    let bordered = four("b-5_00FFFF");
    assert_eq!(bordered.dimensions(), (50, 30));
    assert_eq!((at(&bordered, 4, 4), at(&bordered, 5, 5)), ([0, 255, 255, 255], RED));
    assert_eq!(four("b-2-black").dimensions(), (44, 24));
    assert_eq!(at(&four("b-iw_div_20_black"), 0, 0), BLACK);
    // A border follows the corners.
    let ring = four("w-20,h-20,r-max,b-4_black");
    assert_eq!((at(&ring, 0, 0)[3], at(&ring, 5, 5), at(&ring, 14, 1)), (CLEAR, BLACK, BLACK));
    assert_eq!(at(&ring, 10, 10), RED);
}

#[test]
fn edges_are_trimmed() {
    let emulator = emulator();
    let framed = RgbaImage::from_fn(30, 30, |x, y| {
        Rgba(if (10..16).contains(&x) && (5..9).contains(&y) { BLUE } else { WHITE })
    });
    emulator.put("/framed.png", png(&framed)).unwrap();
    let trimmed = decoded(get(&emulator, "/tr:t-true/framed.png").body());
    assert_eq!(trimmed.dimensions(), (6, 4));
    assert_eq!(at(&trimmed, 0, 0), BLUE);
    let kept = decoded(get(&emulator, "/tr:t-false/framed.png").body());
    assert_eq!(kept.dimensions(), (30, 30));
    // One color has no edge.
    assert_eq!(decoded(get(&emulator, "/tr:t-5/dot.png").body()).dimensions(), (4, 4));
}

#[test]
fn opacity_and_background() {
    assert_eq!(at(&four("o-50"), 0, 0), [255, 0, 0, 128]);
    assert_eq!(at(&four("o-50:bg-0000FF"), 0, 0), [128, 0, 127, 255]);
    assert_eq!(at(&four("o-0"), 0, 0)[3], CLEAR);
}

#[test]
fn colors_and_sharpness() {
    assert_eq!(at(&four("e-grayscale"), 0, 0), [76, 76, 76, 255]);
    let blurred = four("bl-3");
    let edge = at(&blurred, 20, 2);
    assert!(edge[0] > 60 && edge[1] > 60, "{edge:?}");
    assert_eq!(at(&blurred, 0, 0)[3], 255);
    let emulator = emulator();
    let dull = RgbaImage::from_fn(32, 4, |x, _| {
        let grey = if x < 16 { 100 } else { 150 };
        Rgba([grey, grey, grey, 255])
    });
    emulator.put("/dull.png", png(&dull)).unwrap();
    let look = |transformation: &str| {
        let image = decoded(get(&emulator, &format!("/tr:{transformation}/dull.png")).body());
        (at(&image, 15, 2)[0], at(&image, 16, 2)[0])
    };
    assert_eq!(look("e-contrast"), (0, 255));
    for sharper in ["e-sharpen", "e-sharpen-10", "e-usm-2-2-0.8-0.024"] {
        let (dark, light) = look(sharper);
        assert!(dark < 100 && light > 150, "{sharper}: {dark} {light}");
    }
    assert_eq!(look("e-usm-2-2-0.8-0.9"), (100, 150));
    let gradient = four("e-gradient-ld-right_from-red_to-blue");
    assert!(at(&gradient, 0, 0)[0] > 240 && at(&gradient, 39, 0)[2] > 240);
}
