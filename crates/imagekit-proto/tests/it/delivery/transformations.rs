use imagekit_proto::delivery::{
    Anchor, Crop, CropMode, Effect, Encoding, Flip, Format, InnerAlignment, InvalidTransformation,
    LayerMode, OutputAudioCodec, OutputVideoCodec, Overlay, OverlayPosition, OverlayTiming,
    StreamingResolution, Transformation, Transformations,
};

fn from_json(json: &str) -> String {
    serde_json::from_str::<Transformations>(json).unwrap().to_string()
}

/// Every key of the OpenAPI schemas, once typed and once as JSON.
#[test]
fn every_parameter_from_values_and_from_json() {
    let step = Transformation::new;
    let cases = [
        (step().width(300), r#"{"width":300}"#, "w-300"),
        (step().height(0.5), r#"{"height":0.5}"#, "h-0.5"),
        (step().aspect_ratio("4-3"), r#"{"aspectRatio":"4-3"}"#, "ar-4-3"),
        (step().background("red"), r#"{"background":"red"}"#, "bg-red"),
        (step().border("5_FF0000"), r#"{"border":"5_FF0000"}"#, "b-5_FF0000"),
        (step().crop(Crop::Force), r#"{"crop":"force"}"#, "c-force"),
        (step().crop_mode(CropMode::Extract), r#"{"cropMode":"extract"}"#, "cm-extract"),
        (step().dpr("auto"), r#"{"dpr":"auto"}"#, "dpr-auto"),
        (step().focus("face"), r#"{"focus":"face"}"#, "fo-face"),
        (step().quality(80), r#"{"quality":80}"#, "q-80"),
        (step().x(10), r#"{"x":10}"#, "x-10"),
        (step().x_center("N5"), r#"{"xCenter":"N5"}"#, "xc-N5"),
        (step().y(-2.5), r#"{"y":-2.5}"#, "y--2.5"),
        (step().y_center(0), r#"{"yCenter":0}"#, "yc-0"),
        (step().format(Format::Original), r#"{"format":"orig"}"#, "f-orig"),
        (step().video_codec(OutputVideoCodec::Av1), r#"{"videoCodec":"av1"}"#, "vc-av1"),
        (step().audio_codec(OutputAudioCodec::None), r#"{"audioCodec":"none"}"#, "ac-none"),
        (step().radius("max"), r#"{"radius":"max"}"#, "r-max"),
        (step().rotation("N40"), r#"{"rotation":"N40"}"#, "rt-N40"),
        (step().blur(10), r#"{"blur":10}"#, "bl-10"),
        (step().named("thumb"), r#"{"named":"thumb"}"#, "n-thumb"),
        (step().default_image("/a/b.png/"), r#"{"defaultImage":"/a/b.png/"}"#, "di-a@@b.png"),
        (step().flip(Flip::HorizontalVertical), r#"{"flip":"h_v"}"#, "fl-h_v"),
        (step().original(true), r#"{"original":true}"#, "orig-true"),
        (step().start_offset(5), r#"{"startOffset":5}"#, "so-5"),
        (step().end_offset(10.5), r#"{"endOffset":10.5}"#, "eo-10.5"),
        (step().duration("idu_div_2"), r#"{"duration":"idu_div_2"}"#, "du-idu_div_2"),
        (
            step().streaming_resolutions([StreamingResolution::P240, StreamingResolution::P1080]),
            r#"{"streamingResolutions":["240","1080"]}"#,
            "sr-240_1080",
        ),
        (step().grayscale(), r#"{"grayscale":true}"#, "e-grayscale"),
        (step().ai_upscale(), r#"{"aiUpscale":true}"#, "e-upscale"),
        (step().ai_retouch(), r#"{"aiRetouch":true}"#, "e-retouch"),
        (step().ai_variation(), r#"{"aiVariation":true}"#, "e-genvar"),
        (step().ai_drop_shadow("az-45"), r#"{"aiDropShadow":"az-45"}"#, "e-dropshadow-az-45"),
        (
            step().ai_change_background("prompt-car"),
            r#"{"aiChangeBackground":"prompt-car"}"#,
            "e-changebg-prompt-car",
        ),
        (step().ai_remove_background(), r#"{"aiRemoveBackground":true}"#, "e-bgremove"),
        (
            step().ai_remove_background_external(),
            r#"{"aiRemoveBackgroundExternal":true}"#,
            "e-removedotbg",
        ),
        (step().ai_edit("prompt-a b"), r#"{"aiEdit":"prompt-a b"}"#, "e-edit-prompt-a b"),
        (step().contrast_stretch(), r#"{"contrastStretch":true}"#, "e-contrast"),
        (step().shadow(Effect::Default), r#"{"shadow":true}"#, "e-shadow"),
        (step().sharpen(10), r#"{"sharpen":10}"#, "e-sharpen-10"),
        (step().unsharp_mask("2-2-0.8"), r#"{"unsharpMask":"2-2-0.8"}"#, "e-usm-2-2-0.8"),
        (step().gradient("ld-45"), r#"{"gradient":"ld-45"}"#, "e-gradient-ld-45"),
        (step().progressive(true), r#"{"progressive":true}"#, "pr-true"),
        (step().lossless(false), r#"{"lossless":false}"#, "lo-false"),
        (step().color_profile(true), r#"{"colorProfile":true}"#, "cp-true"),
        (step().metadata(true), r#"{"metadata":true}"#, "md-true"),
        (step().opacity(0), r#"{"opacity":0}"#, "o-0"),
        (step().trim(Effect::Default), r#"{"trim":true}"#, "t-true"),
        (step().zoom(1.5), r#"{"zoom":1.5}"#, "z-1.5"),
        (step().page("3-4"), r#"{"page":"3-4"}"#, "pg-3-4"),
        (step().color_replace("FF0000_20"), r#"{"colorReplace":"FF0000_20"}"#, "cr-FF0000_20"),
        (step().colorize("co-red"), r#"{"colorize":"co-red"}"#, "e-colorize-co-red"),
        (step().distort("a-N45"), r#"{"distort":"a-N45"}"#, "e-distort-a-N45"),
        (step().font_size(20), r#"{"fontSize":20}"#, "fs-20"),
        (step().font_family("/f/x.ttf"), r#"{"fontFamily":"/f/x.ttf"}"#, "ff-f@@x.ttf"),
        (step().font_color("red"), r#"{"fontColor":"red"}"#, "co-red"),
        (step().inner_alignment(InnerAlignment::Left), r#"{"innerAlignment":"left"}"#, "ia-left"),
        (step().padding("10_20"), r#"{"padding":"10_20"}"#, "pa-10_20"),
        (step().alpha(4), r#"{"alpha":4}"#, "al-4"),
        (step().typography("b_i"), r#"{"typography":"b_i"}"#, "tg-b_i"),
        (step().line_height(1.5), r#"{"lineHeight":1.5}"#, "lh-1.5"),
        (step().font_outline("2_red"), r#"{"fontOutline":"2_red"}"#, "fol-2_red"),
        (step().font_shadow("red_2"), r#"{"fontShadow":"red_2"}"#, "fsh-red_2"),
        (step().color("FFFFFF"), r#"{"color":"FFFFFF"}"#, "co-FFFFFF"),
        (step().raw("w-1,h-2"), r#"{"raw":"w-1,h-2"}"#, "w-1,h-2"),
        (step().parameter("new", 5), r#"{"new":5}"#, "new-5"),
    ];
    for (typed, json, expected) in cases {
        assert_eq!(typed.to_string(), expected);
        assert_eq!(from_json(&format!("[{json}]")), expected);
    }
}

#[test]
fn parameters_keep_the_order_in_which_they_were_set() {
    let typed = Transformation::new().height(1).width(2).raw("a").height(3).raw("b");
    assert_eq!(typed.to_string(), "h-3,w-2,a,b");
    assert_eq!(
        from_json(r#"[{"z":1,"width":2,"a":3},{"raw":"x","height":4}]"#),
        "z-1,w-2,a-3:x,h-4"
    );
}

#[test]
fn empty_values_and_layers_are_left_out() {
    let nothing = Transformation::new()
        .background("")
        .raw(" ")
        .overlay(Overlay::text(""))
        .streaming_resolutions(Vec::<StreamingResolution>::new());
    assert!(nothing.is_empty());
    let chain = Transformations::new().step(nothing).step(Transformation::new().width(1));
    assert_eq!(chain.to_string(), "w-1");
    assert_eq!(from_json("null"), "");
    assert_eq!(from_json(r#"[{"width":null},{"grayscale":false},{"overlay":null},null]"#), "");
}

#[test]
fn every_overlay_from_values_and_from_json() {
    let position = || OverlayPosition::new().y(20).x(10).anchor_point(Anchor::Top);
    let timing = || OverlayTiming::new().duration(3).start(1.5);
    let cases = [
        (
            Overlay::text("Hello, World!").position(position()).timing(timing()),
            r#"{"position":{"y":20,"x":10,"anchorPoint":"top"},"text":"Hello, World!","timing":{"duration":3,"start":1.5},"type":"text"}"#,
            "l-text,ie-SGVsbG8sIFdvcmxkIQ%3D%3D,lx-10,ly-20,lap-top,lso-1.5,ldu-3,l-end",
        ),
        (
            Overlay::image("/a/b c.png").layer_mode(LayerMode::Cutter),
            r#"{"type":"image","input":"/a/b c.png","layerMode":"cutter"}"#,
            "l-image,i-a@@b c.png,lm-cutter,l-end",
        ),
        (
            Overlay::video("ü.mp4").encoding(Encoding::Plain),
            r#"{"type":"video","input":"ü.mp4","encoding":"plain"}"#,
            "l-video,i-ü.mp4,l-end",
        ),
        (
            Overlay::subtitle("a.srt")
                .encoding(Encoding::Base64)
                .transformation(Transformation::new().color("red"))
                .transformation(Transformation::new().font_size(1)),
            r#"{"type":"subtitle","input":"a.srt","encoding":"base64","transformation":[{"color":"red"},{"fontSize":1}]}"#,
            "l-subtitles,ie-YS5zcnQ%3D,co-red:fs-1,l-end",
        ),
        (
            Overlay::solid_color("FF0000").position(OverlayPosition::new().x(0).y("0")),
            r#"{"type":"solidColor","color":"FF0000","position":{"x":0,"y":"0"}}"#,
            "l-image,i-ik_canvas,bg-FF0000,ly-0,l-end",
        ),
    ];
    for (typed, json, expected) in cases {
        assert_eq!(Transformation::new().overlay(typed).to_string(), expected);
        assert_eq!(from_json(&format!(r#"[{{"overlay":{json}}}]"#)), expected);
    }
}

#[test]
fn json_with_unknown_or_repeated_keys_is_refused() {
    for json in [
        r#"[{"overlay":{}}]"#,
        r#"[{"overlay":{"type":"hologram"}}]"#,
        r#"[{"overlay":{"type":"text"}}]"#,
        r#"[{"overlay":{"type":"image","text":"x"}}]"#,
        r#"[{"overlay":{"type":"text","text":"x","colour":"red"}}]"#,
        r#"[{"overlay":{"type":"text","text":"x","position":{"z":1}}}]"#,
        r#"[{"overlay":{"type":"text","text":"x","encoding":"rot13"}}]"#,
        r#"[{"overlay":"l-text"}]"#,
        r#"[{"width":{}}]"#,
        r#"[{"width":1,"width":2}]"#,
        r#"[{"raw":5}]"#,
        r#"{"width":1}"#,
    ] {
        assert!(serde_json::from_str::<Transformations>(json).is_err(), "{json}");
    }
}

fn build(step: Transformation) -> Result<String, InvalidTransformation> {
    Transformations::from(step).build()
}

#[test]
fn a_value_with_a_separator_is_refused() {
    let step = Transformation::new;
    let layer = |overlay: Overlay| step().overlay(overlay);
    let image = || Overlay::image("a");
    for (step, code, displayed) in [
        (step().width("300,rt-90:bl-9"), "w", "w-300%2Crt-90%3Abl-9"),
        (step().width("300%2crt-90"), "w", "w-300%2crt-90"),
        (step().width("300%3Art-90"), "w", "w-300%3Art-90"),
        (step().width("300%25252Crt-90"), "w", "w-300%25252Crt-90"),
        (step().aspect_ratio("4:3:rt-90"), "ar", "ar-4%3A3%3Art-90"),
        (step().aspect_ratio("4:rt-90"), "ar", "ar-4%3Art-90"),
        (step().parameter("ar", "4:3,"), "ar", "ar-4%3A3%2C"),
        (step().crop("force,rt-90"), "c", "c-force%2Crt-90"),
        (step().gradient("ld-45:rt-90"), "e-gradient", "e-gradient-ld-45%3Art-90"),
        (step().streaming_resolutions(["240", "1,rt-90"]), "sr", "sr-240_1%2Crt-90"),
        (step().default_image("ftp://a/b"), "di", "di-ftp%3A@@@@a@@b"),
        (step().default_image("https://a:rt-90"), "di", "di-https%3A@@@@a%3Art-90"),
        (step().default_image("https:rt-90"), "di", "di-https%3Art-90"),
        (step().font_family("a,b"), "ff", "ff-a%2Cb"),
        (step().parameter("new", "1,rt-90"), "new", "new-1%2Crt-90"),
        (
            layer(Overlay::solid_color("red,l-end:rt-90")),
            "bg",
            "l-image,i-ik_canvas,bg-red%2Cl-end%3Art-90,l-end",
        ),
        (layer(image().layer_mode("cutter,l-end")), "lm", "l-image,i-a,lm-cutter%2Cl-end,l-end"),
        (
            layer(image().position(OverlayPosition::new().focus("top,l-end"))),
            "lfo",
            "l-image,i-a,lfo-top%2Cl-end,l-end",
        ),
        (
            layer(image().timing(OverlayTiming::new().end("1:l-end"))),
            "leo",
            "l-image,i-a,leo-1%3Al-end,l-end",
        ),
        (
            layer(Overlay::image("a,l-end/b").encoding(Encoding::Plain)),
            "i",
            "l-image,i-a%2Cl-end@@b,l-end",
        ),
        (
            layer(image().transformation(step().height("1,l-end:rt-90"))),
            "h",
            "l-image,i-a,h-1%2Cl-end%3Art-90,l-end",
        ),
    ] {
        assert_eq!(step.to_string(), displayed);
        match build(step) {
            Err(InvalidTransformation::Separator { code: refused, .. }) => {
                assert_eq!(refused, code, "{displayed}");
            }
            other => panic!("{displayed}: {other:?}"),
        }
    }
    let json = r#"[{"background": "red,rt-90"}]"#;
    assert!(serde_json::from_str::<Transformations>(json).unwrap().build().is_err());
}

#[test]
fn a_code_with_other_characters_or_of_a_layer_is_refused() {
    for code in ["l", "l-end", "l-image", "w-1,rt", "w:rt", "w%2Crt", "w/rt", "é", "%6C-end"] {
        let error = build(Transformation::new().parameter(code, "end")).unwrap_err();
        assert!(
            matches!(&error, InvalidTransformation::Code { code: refused, .. }
            if refused == code),
            "{error}"
        );
        let json = format!(r#"[{{"{code}": "end"}}]"#);
        assert!(serde_json::from_str::<Transformations>(&json).unwrap().build().is_err(), "{code}");
    }
}

#[test]
fn every_legal_value_is_accepted() {
    let step = Transformation::new;
    for (step, expected) in [
        (step().aspect_ratio("4:3"), "ar-4:3"),
        (step().aspect_ratio("1.91:1"), "ar-1.91:1"),
        (step().parameter("ar", "4:3"), "ar-4:3"),
        (step().width("iw_div_2").x("bw_mul_0.5"), "w-iw_div_2,x-bw_mul_0.5"),
        (step().rotation("N40").distort("p-N10_20_N30_40"), "rt-N40,e-distort-p-N10_20_N30_40"),
        (step().background("FF000080"), "bg-FF000080"),
        (
            step().gradient("ld-45_from-red_to-FFFFFF_sp-0.3"),
            "e-gradient-ld-45_from-red_to-FFFFFF_sp-0.3",
        ),
        (step().background("genfill-prompte-YSBjYXQ%3D"), "bg-genfill-prompte-YSBjYXQ%3D"),
        (step().default_image("https://a.example/b c.png"), "di-https:@@@@a.example@@b c.png"),
        (step().font_family("https://a.example/x.ttf"), "ff-https:@@@@a.example@@x.ttf"),
        (
            step().overlay(Overlay::image("http://a.example/b.png").encoding(Encoding::Plain)),
            "l-image,i-http:@@@@a.example@@b.png,l-end",
        ),
        (
            step().overlay(Overlay::text("a,b:c").encoding(Encoding::Plain)),
            "l-text,i-a%2Cb%3Ac,l-end",
        ),
        (step().raw("w-1,h-2:rt-90"), "w-1,h-2:rt-90"),
    ] {
        assert_eq!(build(step).as_deref(), Ok(expected));
    }
}

#[test]
fn an_encoded_separator_in_a_parsed_string_stays_raw() {
    for text in ["n-a%2Cb,w-1", "l-image,i-a%3Ab.png,l-end", "ar-4:3"] {
        let chain: Transformations = text.parse().unwrap();
        assert_eq!(chain.build().as_deref(), Ok(text));
    }
}

#[test]
fn long_base64_has_no_padding_inside() {
    let text = "é".repeat(100);
    let step = Transformation::new().overlay(Overlay::text(&text)).to_string();
    assert_eq!(step.matches("%3D").count(), 1, "{step}");
    assert!(step.starts_with("l-text,ie-w6nDqcOp") && step.ends_with("w6k%3D,l-end"), "{step}");
}

#[test]
fn a_parsed_transformation_string_can_be_changed() {
    let text = "w-300,e-sharpen,di-a@@b:l-text,i-Hello%20World,lx-5,fs-20,l-end,if-ar_gt_1,q-5";
    let chain: Transformations = text.parse().unwrap();
    assert_eq!(chain.to_string(), text);
    let wider = chain.steps()[0].clone().width(400);
    assert_eq!(wider.to_string(), "w-400,e-sharpen,di-a@@b");
    let layer = Transformation::new().overlay(
        Overlay::text("Hello World")
            .encoding(Encoding::Plain)
            .position(OverlayPosition::new().x("5"))
            .transformation(Transformation::new().font_size("20")),
    );
    assert_eq!(
        Transformations::from(layer),
        "l-text,i-Hello%20World,lx-5,fs-20,l-end".parse().unwrap()
    );
}

#[test]
fn invalid_transformation_strings_are_refused() {
    let read = |text: &str| text.parse::<Transformations>().map(|_| ());
    assert_eq!(read(""), Ok(()));
    for text in ["w-1,,h-2", ":w-1", "w-1:", ",", " "] {
        assert_eq!(read(text), Err(InvalidTransformation::EmptyParameter), "{text}");
    }
    assert_eq!(read("l-text,i-a"), Err(InvalidTransformation::UnclosedLayer));
    assert_eq!(read("l-image,l-text,i-a,l-end"), Err(InvalidTransformation::UnclosedLayer));
    assert_eq!(read("w-1,l-end"), Err(InvalidTransformation::UnopenedLayer));
    let deep = |depth| "l-image,i-a,".repeat(depth) + &vec!["l-end"; depth].join(",");
    assert_eq!(read(&deep(16)), Ok(()));
    assert_eq!(read(&deep(17)), Err(InvalidTransformation::TooDeep));
    assert_eq!(read(&deep(100_000)), Err(InvalidTransformation::TooDeep));
}
