//! Any transformation has a response.

use proptest::prelude::*;

use super::picture::{UNCHANGED, get};

/// Parts of transformation strings, meaningful and not.
fn item() -> impl Strategy<Value = String> {
    let code = prop::sample::select(vec![
        "w",
        "h",
        "ar",
        "c",
        "cm",
        "fo",
        "x",
        "y",
        "xc",
        "yc",
        "dpr",
        "bg",
        "b",
        "r",
        "rt",
        "fl",
        "bl",
        "o",
        "t",
        "q",
        "f",
        "lo",
        "e-grayscale",
        "e-contrast",
        "e-sharpen",
        "e-usm",
        "e-gradient",
        "n",
        "di",
        "i",
        "ie",
        "lx",
        "fs",
        "pa",
        "tg",
        "co",
        "al",
        "e",
        "l",
        "",
    ]);
    let value = prop_oneof![
        prop::sample::select(vec![
            "1",
            "0",
            "20",
            "N7",
            "0.3",
            "300",
            "99999",
            "1e9",
            "-0",
            "max",
            "true",
            "auto",
            "red",
            "5_red",
            "iw_div_0",
            "bw_mul_9",
            "4-3",
            "extract",
            "pad_resize",
            "pad_extract",
            "at_max",
            "force",
            "h",
            "v",
            "left",
            "png",
            "gif",
            "webp",
            "1_2_3_4",
            "dominant",
            "ik_canvas",
            "dot.png",
            "ld-33_from-red_sp-0.2",
            "ik_ml_thumbnail",
            "2-2-9-0",
            "99",
        ])
        .prop_map(str::to_owned),
        "[ -~é]{0,6}",
    ];
    (code, value).prop_map(|(code, value)| format!("{code}-{value}"))
}

fn string() -> impl Strategy<Value = String> {
    let layer = (prop::sample::select(vec!["text", "image", "x"]), item(), item())
        .prop_map(|(kind, a, b)| format!("l-{kind},i-dot.png,{a},{b},l-end"));
    let part = prop_oneof![6 => item(), 1 => layer];
    let separator = prop::sample::select(vec![",", ":"]);
    prop::collection::vec((part, separator), 1..6).prop_map(|parts| {
        parts.into_iter().map(|(part, separator)| part + separator).collect::<String>()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_transformation_has_a_response(text in string()) {
        let encoded: String = text
            .trim_end_matches([',', ':'])
            .bytes()
            .map(|byte| match byte {
                b',' | b':' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
                byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect();
        let response = get(&UNCHANGED, &format!("/four.png?tr={encoded}"));
        prop_assert!(matches!(response.status().as_u16(), 200 | 400 | 404 | 501), "{}", text);
        prop_assert!(!response.body().is_empty());
    }
}
