//! Reading a transformation string back into its steps.

use super::{
    chain::Transformations,
    error::TransformationError,
    keys::{self, Kind},
    overlay::{Content, Encoding, Overlay},
    placement::{OverlayPosition, OverlayTiming},
    transformation::{Parameter, Transformation},
    value::Setting,
};
use std::{borrow::Cow, str::FromStr};

/// Layers inside layers: more than the API takes, and little enough for any stack.
const MAX_DEPTH: usize = 16;

impl FromStr for Transformations {
    type Err = TransformationError;

    /// Reads a transformation string as the API documents it.
    ///
    /// What is understood becomes a typed parameter or layer, so that it can be set anew; what is
    /// not stays raw. Either way `Display` writes again what was read. Percent-encoding is not
    /// undone: to read from a URL, decode first what the URL encoded.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Ok(Self::new());
        }
        Ok(Self { steps: parse_steps(text)? })
    }
}

fn parse_steps(text: &str) -> Result<Vec<Transformation>, TransformationError> {
    let mut steps = Vec::new();
    let mut step = Transformation::new();
    let mut rest = text;
    loop {
        let (item, tail) = rest.split_at(item_end(rest)?);
        if item.trim().is_empty() {
            return Err(TransformationError::EmptyParameter);
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

/// Where the first parameter or layer of `text` ends.
fn item_end(text: &str) -> Result<usize, TransformationError> {
    let mut depth = 0_usize;
    let mut end = 0;
    for token in text.split([',', ':']) {
        end += token.len();
        if token == "l-end" {
            depth = depth.checked_sub(1).ok_or(TransformationError::UnopenedLayer)?;
        } else if token.starts_with("l-") {
            depth += 1;
        }
        if depth > MAX_DEPTH {
            return Err(TransformationError::TooDeep);
        }
        if depth == 0 {
            return Ok(end);
        }
        end += 1;
    }
    Err(TransformationError::UnclosedLayer)
}

fn parse_item(item: &str) -> Parameter {
    if !item.starts_with("l-") {
        return parse_pair(item).unwrap_or_else(|| Parameter::Raw(item.to_owned()));
    }
    let overlay = parse_layer(item).map(Box::new).map(Parameter::Overlay);
    overlay
        .filter(|overlay| {
            let step = Transformation { parameters: vec![overlay.clone()] };
            step.to_string() == item
        })
        .unwrap_or_else(|| Parameter::Raw(item.to_owned()))
}

fn parse_pair(item: &str) -> Option<Parameter> {
    let longest = keys::KEYS
        .iter()
        .filter_map(|key| Some((key, item.strip_prefix(key.code)?)))
        .max_by_key(|(key, _)| key.code.len())?;
    let (key, rest) = longest;
    let setting = match rest.strip_prefix('-') {
        Some(value) if key.kind != Kind::Flag && !value.is_empty() => {
            Setting::Text(Cow::Owned(value.to_owned()))
        }
        None if rest.is_empty() && matches!(key.kind, Kind::Flag | Kind::Effect) => Setting::Bare,
        _ => return None,
    };
    Some(Parameter::Pair { code: Cow::Borrowed(key.code), setting })
}

/// Reads a layer whose parts stand in the order in which this crate writes them; the caller
/// compares.
fn parse_layer(item: &str) -> Option<Overlay> {
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
    let mut said = |code| take(&mut rest, code).map(|text| Setting::Text(Cow::Owned(text)));
    overlay.position = OverlayPosition {
        x: said("lx-"),
        y: said("ly-"),
        x_center: said("lxc-"),
        y_center: said("lyc-"),
        focus: said("lfo-"),
        anchor_point: said("lap-"),
    };
    overlay.timing =
        OverlayTiming { start: said("lso-"), end: said("leo-"), duration: said("ldu-") };
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

/// Undoes percent-encoding, if that gives text.
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
