//! Width, height, crop and focus.

use serde_json::json;

use super::picture::{BLACK, BLUE, GREEN, RED, WHITE, at, emulator, four, get, of};
use crate::support;

#[test]
fn sizes() {
    for (transformation, size) in [
        ("w-20", (20, 10)),
        ("h-40", (80, 40)),
        ("w-0.5", (20, 10)),
        ("w-20,h-20", (20, 20)),
        ("w-10,h-10,c-force", (10, 10)),
        ("w-10,c-force", (10, 5)),
        ("w-10,h-10,c-at_max", (10, 5)),
        ("w-400,h-400,c-at_max", (40, 20)),
        ("w-400,c-at_max", (40, 20)),
        ("w-400,h-400,c-at_max_enlarge", (400, 200)),
        ("w-10,h-10,c-at_least", (20, 10)),
        ("w-10,h-10,c-maintain_ratio", (10, 10)),
        ("w-80,h-20,c-maintain_ratio_no_enlarge", (40, 20)),
        ("w-20,h-20,c-maintain_ratio_no_enlarge", (20, 20)),
        ("w-12,h-8,cm-extract", (12, 8)),
        ("w-12,cm-extract", (12, 20)),
        ("w-400,h-8,cm-extract", (40, 8)),
        ("w-30,h-30,cm-pad_resize", (30, 30)),
        ("w-90,h-30,cm-pad_resize_no_enlarge", (90, 30)),
        ("w-50,h-10,cm-pad_extract", (50, 10)),
        ("w-50,h-10,cm-pad_extract_no_shrink", (50, 20)),
        ("w-20,ar-4-3", (20, 15)),
        ("w-20,ar-4:3", (20, 15)),
        ("h-30,ar-1.5", (45, 30)),
        ("ar-1-1", (20, 20)),
        ("w-20,h-20,ar-4-3", (20, 20)),
        ("w-20,dpr-2", (40, 20)),
        ("w-4000,c-at_max,dpr-5", (40, 20)),
        ("w-iw_div_2", (20, 10)),
        ("w-10:w-iw_div_2:h-ch_mul_2", (40, 20)),
        ("w-1,h-1", (1, 1)),
        ("w-10:rt-90", (5, 10)),
        ("orig-true,w-10", (40, 20)),
        ("n-ik_ml_thumbnail", (40, 20)),
    ] {
        assert_eq!(four(transformation).dimensions(), size, "{transformation}");
    }
    assert_eq!(of("photo.jpg", "n-media_library_thumbnail").dimensions(), (400, 300));
}

#[test]
fn steps_of_path_and_query_are_chained() {
    let emulator = emulator();
    let response = get(&emulator, "/tr:w-20/four.png?tr=rt-90:h-10");
    assert_eq!(super::picture::decoded(response.body()).dimensions(), (5, 10));
    let encoded = get(&emulator, "/four.png?tr=w-20%2Ch-4%3Art-90");
    assert_eq!(super::picture::decoded(encoded.body()).dimensions(), (4, 20));
}

#[test]
fn what_is_not_a_size_is_refused() {
    let emulator = emulator();
    for transformation in [
        "w-0",
        "w-N5",
        "w-x",
        "h-iw_div_0",
        "c-none,w-1",
        "cm-none,w-1",
        "ar-0-1,w-1",
        "dpr-9,w-1",
        "w-99999",
        "w-16000,h-16000",
        "w-10,h-10,cm-extract,xc-1,yc-1",
        "w-1,,h-1",
        "l-text,i-a",
        "n-none",
        "q-0",
        "q-101,f-jpg",
        "f-none",
        "fl-x",
        "rt-x",
        "r-x",
        "b-x",
        "bg-nocolor",
        "t-500",
        "bl-900",
        "e-usm-101",
        "e-usm-2-99999999999999999999",
        "e-usm-inf",
        "e-usm-1-inf",
        "e-usm-1-1-inf",
        "o-200",
    ] {
        let response = get(&emulator, &format!("/four.png?tr={transformation}"));
        let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(response.status(), 400, "{transformation}: {body}");
        assert!(body["message"].as_str().unwrap().len() > 20, "{body}");
    }
}

#[test]
fn sizes_beyond_the_limits_are_refused() {
    let emulator = emulator();
    let digits = "9".repeat(300);
    for transformation in [
        "h-99999999999999999999",
        "w-99999999999999999999,h-1",
        &format!("w-{digits},h-{digits},c-force"),
        &format!("h-{digits},ar-1-9999"),
        "w-iw_mul_1000000000",
        "w-iw_pow_50",
        "w-16384,h-1,c-force",
        "w-1,h-16384,c-at_least",
        "w-5001,h-5001,c-force",
        "w-4294967295,h-4294967295,cm-pad_resize",
        "w-10,h-99999999999,cm-pad_extract",
        "w-99999999999,cm-pad_extract_no_shrink",
        "w-99999999999,h-10,cm-pad_resize_no_enlarge",
        "w-99999999999,c-at_max_enlarge",
        "w-8000,h-10:b-5000_red",
        "l-image,i-dot.png,h-99999999999999999999,l-end",
        "l-image,i-dot.png,w-bw_mul_1000000000,l-end",
        "l-image,i-ik_canvas,w-99999999999,h-99999999999,l-end",
        "l-text,i-a,w-99999999999,l-end",
        "l-text,i-a,w-4294967295,pa-5000,l-end",
        "l-text,i-a,fs-1000,pa-5000:h-99999999999,l-end",
    ] {
        let response = get(&emulator, &format!("/four.png?tr={transformation}"));
        let body = String::from_utf8_lossy(response.body());
        assert_eq!(response.status(), 400, "{transformation}: {body}");
        assert!(body.contains("16383 pixels a side, 25000000 pixels"), "{transformation}: {body}");
    }
    assert_eq!(get(&emulator, "/four.png?tr=w-16383,h-1,c-force").status(), 200);
}

#[test]
fn the_center_is_kept_unless_told_otherwise() {
    // The middle columns: half red, half green above.
    let center = four("w-10,h-20");
    assert_eq!((at(&center, 0, 0), at(&center, 9, 0)), (RED, GREEN));
    let left = four("w-10,h-20,fo-left");
    assert_eq!((at(&left, 9, 0), at(&left, 9, 19)), (RED, BLUE));
    let right = four("w-10,h-20,fo-right");
    assert_eq!((at(&right, 0, 0), at(&right, 0, 19)), (GREEN, WHITE));
}

#[test]
fn extracts_begin_where_told() {
    for (transformation, color) in [
        ("fo-top_left", RED),
        ("fo-top_right", GREEN),
        ("fo-bottom_left", BLUE),
        ("fo-bottom_right", WHITE),
        ("x-20,y-0", GREEN),
        ("x-0,y-10", BLUE),
        ("xc-30,yc-15", WHITE),
        ("x-900,y-900", WHITE),
    ] {
        let part = four(&format!("w-10,h-8,cm-extract,{transformation}"));
        assert!(part.pixels().all(|pixel| pixel.0 == color), "{transformation}");
    }
}

#[test]
fn custom_coordinates_are_the_focus() {
    let emulator = emulator();
    let (_, found) = support::json(&emulator, "GET", "/v1/files?name=four.png", json!(null));
    let id = found[0]["fileId"].as_str().unwrap();
    let body = json!({ "customCoordinates": "24,12,8,4" });
    support::json(&emulator, "PATCH", &format!("/v1/files/{id}/details"), body);
    for transformation in ["w-6,h-4,cm-extract,fo-custom", "w-8,h-8,fo-custom,cm-extract"] {
        let response = get(&emulator, &format!("/four.png?tr={transformation}"));
        let image = super::picture::decoded(response.body());
        assert!(image.pixels().all(|pixel| pixel.0 == WHITE), "{transformation}");
    }
    let covering = get(&emulator, "/four.png?tr=w-10,h-20,fo-custom");
    let covering = super::picture::decoded(covering.body());
    assert_eq!((at(&covering, 0, 0), at(&covering, 0, 19)), (GREEN, WHITE));
}

#[test]
fn padding_is_black_or_the_background() {
    let padded = four("w-40,h-40,cm-pad_resize");
    assert_eq!((at(&padded, 0, 9), at(&padded, 0, 10), at(&padded, 0, 30)), (BLACK, RED, BLACK));
    let top = four("w-40,h-40,cm-pad_resize,bg-0000FF,fo-top");
    assert_eq!((at(&top, 0, 0), at(&top, 0, 20)), (RED, BLUE));
    let extract = four("w-60,h-20,cm-pad_extract,bg-green");
    assert_eq!((at(&extract, 0, 0), at(&extract, 10, 0)), ([0, 128, 0, 255], RED));
    let dominant = four("w-40,h-40,cm-pad_resize,bg-dominant");
    assert_eq!(at(&dominant, 0, 0), [127, 127, 127, 255]);
}

#[test]
fn a_pre_transformation_is_applied_before_the_file_is_stored() {
    let emulator = emulator();
    let fields = [("fileName", "small.jpg"), ("transformation", r#"{"pre":"w-64,rt-90"}"#)];
    let photo_bytes = emulator.stored_bytes("/photo.jpg").unwrap();
    let (status, body) = support::form(&emulator, &fields, &photo_bytes);
    assert_eq!(status, 200, "{body}");
    assert_eq!((&body["width"], &body["height"]), (&json!(48), &json!(64)));
    assert_eq!(emulator.file("/small.jpg").unwrap().mime, "image/jpeg");
    let fields = [("fileName", "b.jpg"), ("transformation", r#"{"pre":"e-bgremove"}"#)];
    let (status, body) = support::form(&emulator, &fields, &photo_bytes);
    assert_eq!(status, 400, "{body}");
    assert!(body["message"].as_str().unwrap().contains("`e-bgremove`"), "{body}");
}
