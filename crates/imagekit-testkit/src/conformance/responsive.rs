//! Suite `responsive`: options to the attributes of an `<img>`.

use super::{
    ordered::Json,
    report::Report,
    source::Source,
    vector::{self, Vector},
};
use imagekit_proto::delivery::{ImageAttributes, ResponsiveImage};

pub(crate) fn run(text: &str, report: &mut Report) -> Result<(), String> {
    for case in vector::read(text)? {
        let actual = attributes(&case).map(to_json);
        case.judge(actual, report);
    }
    Ok(())
}

fn attributes(case: &Vector) -> Result<ImageAttributes, String> {
    let source = Source::read(&case.input)?;
    let mut image = ResponsiveImage::new(source.builder());
    if let Some(width) = case.input.get("width") {
        image = image.width(width.as_f64().ok_or("`width` is not a number")?);
    }
    if let Some(sizes) = case.input.get("sizes") {
        image = image.sizes(sizes.as_str().ok_or("`sizes` is not text")?);
    }
    if let Some(widths) = case.input.get("deviceBreakpoints") {
        image = image.device_breakpoints(numbers(widths)?);
    }
    if let Some(widths) = case.input.get("imageBreakpoints") {
        image = image.image_breakpoints(numbers(widths)?);
    }
    match source.signature(case.private_key.as_deref(), case.now_unix)? {
        Some((signer, expiry)) => image.sign(&signer, expiry).map_err(|error| error.to_string()),
        None => image.build().map_err(|error| error.to_string()),
    }
}

fn numbers(json: &Json) -> Result<Vec<f64>, String> {
    let number = |item: &Json| item.as_f64().ok_or_else(|| "a breakpoint is no number".to_owned());
    json.as_list().iter().map(number).collect()
}

fn to_json(image: ImageAttributes) -> Json {
    let number = |number| serde_json::Number::from_f64(number).map_or(Json::Null, Json::Number);
    let pairs = [
        ("src", Some(Json::Text(image.src))),
        ("srcSet", image.src_set.map(Json::Text)),
        ("sizes", image.sizes.map(Json::Text)),
        ("width", image.width.map(number)),
    ];
    let there = pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Json::Object(there.collect())
}
