//! Transformation strings: from text to steps.

use super::{
    chain::Transformations,
    content::{Content, Encoding},
    error::InvalidTransformation,
    key::Kind,
    parameters::KEYS,
    placement::{OverlayPosition, OverlayTiming},
    step::{self, Overlay, Parameter, Transformation},
    value::Setting,
    writer::has_separator,
};
use std::str::FromStr;

/// The deepest nesting of layers: more than the API takes, and little enough for any stack.
const MAX_DEPTH: usize = 16;

impl FromStr for Transformations {
    type Err = InvalidTransformation;

    /// Reads a transformation string as the API documents it.
    ///
    /// Known parameters and layers become typed, so that they can be set again; everything else
    /// stays raw. Either way `Display` writes what was read. The string is URL text and may hold
    /// any number of steps: never pass text from users. Percent-encoding is kept: to read from a
    /// URL, decode it first.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Ok(Self::new());
        }
        Ok(Self { steps: parse_steps(text)? })
    }
}

fn parse_steps(text: &str) -> Result<Vec<Transformation>, InvalidTransformation> {
    let mut steps = Vec::new();
    let mut step = Transformation::new();
    let mut rest = text;
    loop {
        let (item, tail) = rest.split_at(item_end(rest)?);
        if item.trim().is_empty() {
            return Err(InvalidTransformation::EmptyParameter);
        }
        step.parameters.push(parse_item(item));
        if let Some(more) = tail.strip_prefix(',') {
            rest = more;
        } else if let Some(more) = tail.strip_prefix(':') {
            rest = more;
            steps.push(std::mem::take(&mut step));
        } else {
            steps.push(step);
            return Ok(steps);
        }
    }
}

/// Returns where the first parameter or layer of `text` ends.
fn item_end(text: &str) -> Result<usize, InvalidTransformation> {
    let mut depth = 0_usize;
    let mut end = 0;
    for token in text.split([',', ':']) {
        end += token.len();
        if token == "l-end" {
            depth = depth.checked_sub(1).ok_or(InvalidTransformation::UnopenedLayer)?;
        } else if token.starts_with("l-") {
            depth += 1;
        }
        if depth > MAX_DEPTH {
            return Err(InvalidTransformation::TooDeep);
        }
        if depth == 0 {
            return Ok(end);
        }
        end += 1;
    }
    Err(InvalidTransformation::UnclosedLayer)
}

fn parse_item(item: &str) -> Parameter {
    let typed = if item.starts_with("l-") { parse_layer(item) } else { parse_pair(item) };
    typed.unwrap_or_else(|| Parameter::Raw(item.to_owned()))
}

fn parse_pair(item: &str) -> Option<Parameter> {
    let codes = KEYS.iter().filter_map(|key| Some((key, item.strip_prefix(key.code)?)));
    let (key, rest) = codes.max_by_key(|(key, _)| key.code.len())?;
    let setting = match rest.strip_prefix('-') {
        Some(value) if key.kind != Kind::Flag && !value.is_empty() && !has_separator(value) => {
            value.to_owned().into()
        }
        None if rest.is_empty() && matches!(key.kind, Kind::Flag | Kind::Effect) => Setting::Bare,
        _ => return None,
    };
    Some(Parameter::Known { key, setting })
}

/// Reads a layer, if its parts are what this crate writes, in the order in which it writes them.
fn parse_layer(item: &str) -> Option<Parameter> {
    let overlay = Parameter::Overlay(Box::new(parse_parts(item)?));
    let step = Transformation { parameters: vec![overlay.clone()] };
    (step::text(&[step]) == (item.to_owned(), Ok(()))).then_some(overlay)
}

fn parse_parts(item: &str) -> Option<Overlay> {
    let body = item.strip_suffix(",l-end")?;
    let (kind, body) = body.split_once(',')?;
    let (input, mut rest) = next_part(body);
    let (encoding, input) = match input.strip_prefix("i-") {
        Some(plain) => (Encoding::Plain, plain),
        // Base64 stays raw: decoding it could lose what does not encode again.
        None => return None,
    };
    let content = match kind {
        "l-text" => Content::Text(decode_component(input)?),
        "l-image" if input == "ik_canvas" && rest.starts_with("bg-") => {
            let (color, more) = next_part(rest);
            rest = more;
            Content::SolidColor(color.strip_prefix("bg-")?.to_owned())
        }
        "l-image" => Content::Image(input.replace("@@", "/")),
        "l-video" => Content::Video(input.replace("@@", "/")),
        "l-subtitles" => Content::Subtitle(input.replace("@@", "/")),
        _ => return None,
    };
    let mut overlay = Overlay::new(content).encoding(encoding);
    if let Some(mode) = take(&mut rest, "lm-") {
        overlay = overlay.layer_mode(mode);
    }
    let mut setting = |code| take(&mut rest, code).map(Setting::from);
    overlay.position = OverlayPosition {
        x: setting("lx-"),
        y: setting("ly-"),
        x_center: setting("lxc-"),
        y_center: setting("lyc-"),
        focus: setting("lfo-"),
        anchor_point: setting("lap-"),
    };
    overlay.timing =
        OverlayTiming { start: setting("lso-"), end: setting("leo-"), duration: setting("ldu-") };
    if !rest.is_empty() {
        overlay.steps = parse_steps(rest).ok()?;
    }
    Some(overlay)
}

/// Takes the next part of a layer if it begins with `code`.
fn take(rest: &mut &str, code: &str) -> Option<String> {
    let (part, more) = next_part(rest);
    let value = part.strip_prefix(code)?.to_owned();
    *rest = more;
    Some(value)
}

fn next_part(text: &str) -> (&str, &str) {
    text.split_once(',').unwrap_or((text, ""))
}

/// Decodes percent-encoding; `None` if the result is not UTF-8.
fn decode_component(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
