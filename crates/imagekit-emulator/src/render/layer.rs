//! Layers: images, blocks of one color and text.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use image::RgbaImage;

use super::amount::{Frame, evaluate};
use super::color::{self, BLACK};
use super::refusal::Refusal;
use super::settings::Settings;
use super::syntax::{Item, Layer, Step};
use super::{Assets, Renderer, blend, shape, text};

/// The input that stands for a block of one color.
const CANVAS: &str = "ik_canvas";
/// Base64 with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The paths of the images that layers show, as in the library.
pub(crate) fn paths(steps: &[Step]) -> Vec<String> {
    let mut found = Vec::new();
    for layer in layers(steps) {
        if layer.kind == "image" {
            let input = input(layer).ok().filter(|input| input != CANVAS);
            found.extend(input.map(|input| path(&input)));
        }
        found.extend(paths(&layer.steps));
    }
    found
}

/// How deep layers are nested; 0 without layers.
pub(super) fn depth(steps: &[Step]) -> u64 {
    layers(steps).map(|layer| 1 + depth(&layer.steps)).max().unwrap_or(0)
}

fn layers(steps: &[Step]) -> impl Iterator<Item = &Layer> {
    steps.iter().flat_map(|step| &step.items).filter_map(|item| match item {
        Item::Layer(layer) => Some(layer),
        Item::Parameter { .. } => None,
    })
}

/// Draws a layer onto an image.
pub(super) fn draw(
    base: &mut RgbaImage,
    layer: &Layer,
    renderer: &Renderer<'_>,
) -> Result<(), Refusal> {
    let size = base.dimensions();
    let frame = Frame { initial: size, current: size, base: size };
    let empty = Step::default();
    let (first, rest) = layer.steps.split_first().unwrap_or((&empty, &[]));
    let settings = Settings::read(first, true)?;
    let input = input(layer)?;
    let shown = match layer.kind.as_str() {
        "text" => {
            let shown = text::draw(&input, &settings, &frame, renderer.limits)?;
            let shown = renderer.draw_layers(shown, &settings)?;
            renderer.apply(shown, rest, &frame, None, true)?
        }
        "image" if input == CANVAS => {
            let shown = block(&settings, &frame, renderer)?;
            renderer.apply(shown, rest, &frame, None, true)?
        }
        "image" => {
            let image = renderer.assets.decode(&path(&input))?;
            // The edges of an overlay are trimmed by default (the public docs).
            let image = shape::trim(image, &settings, true)?;
            let frame = Frame { initial: image.dimensions(), ..frame };
            renderer.apply(image, &layer.steps, &frame, None, true)?
        }
        kind => return Err(Refusal::Unsupported(format!("layers of the type `{kind}`"))),
    };
    let (x, y) = position(&settings, &frame, size, shown.dimensions())?;
    blend::draw(base, &shown, x, y);
    Ok(())
}

/// The text or path that a layer shows: `ie` (base64) counts before `i`.
fn input(layer: &Layer) -> Result<String, Refusal> {
    let items = layer.steps.first().map(|step| step.items.as_slice()).unwrap_or_default();
    let find = |wanted: &str| {
        let found = |item: &Item| {
            item.parameter().filter(|(code, _)| *code == wanted).map(|(_, value)| value.to_owned())
        };
        items.iter().find_map(found).filter(|value| !value.is_empty())
    };
    if let Some(encoded) = find("ie") {
        let standard = encoded.replace('-', "+").replace('_', "/");
        let decoded = BASE64.decode(standard).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        return decoded.ok_or_else(|| Refusal::invalid("ie", &encoded));
    }
    find("i").ok_or_else(|| Refusal::Invalid("A layer has no input (`i` or `ie`).".to_owned()))
}

/// The path in the library: `@@` stands for a slash.
pub(crate) fn path(input: &str) -> String {
    format!("/{}", input.replace("@@", "/").trim_matches('/'))
}

/// A block of one color, or with a gradient.
fn block(
    settings: &Settings<'_>,
    frame: &Frame,
    renderer: &Renderer<'_>,
) -> Result<RgbaImage, Refusal> {
    let side = |code: &str, base: u32| -> Result<u32, Refusal> {
        let value = settings.amount(code, frame)?.unwrap_or(f64::from(base));
        let value = if value > 0.0 && value < 1.0 { value * f64::from(base) } else { value };
        Ok(value.round().max(1.0) as u32)
    };
    let (width, height) = (side("w", frame.base.0)?, side("h", frame.base.1)?);
    let mut canvas = renderer.limits.canvas(width, height)?;
    let color = match settings.get("bg") {
        Some(text) => color::parse("bg", text)?,
        None if settings.has("e-gradient") => color::CLEAR,
        None => BLACK,
    };
    canvas.pixels_mut().for_each(|pixel| *pixel = color);
    let canvas = super::effects::apply(canvas, settings, renderer.limits)?;
    let canvas = renderer.draw_layers(canvas, settings)?;
    let mut canvas = shape::apply(canvas, settings, frame, renderer.limits)?;
    // An opacity in `bg` counts before `al` (the public docs).
    if color.0.last() == Some(&255) {
        shape::transparency(&mut canvas, settings)?;
    }
    Ok(canvas)
}

/// Where a layer lies. Values that count from the far edge have an `N` in front; all are adjusted
/// to lie within the image below, if the layer fits into it.
fn position(
    settings: &Settings<'_>,
    frame: &Frame,
    base: (u32, u32),
    layer: (u32, u32),
) -> Result<(i64, i64), Refusal> {
    let word = settings.get("lfo").unwrap_or("center");
    let explicit = ["lx", "ly", "lxc", "lyc"].iter().any(|code| settings.has(code));
    let has = |side: &str| !explicit && word.split('_').any(|part| part == side);
    let axis = |edge: &str, center: &str, low: &str, high: &str, base: u32, layer: u32| {
        let (base, layer) = (f64::from(base), f64::from(layer));
        let free = base - layer;
        let at = if let Some(text) = settings.get(edge) {
            let value = evaluate(text, frame).ok_or_else(|| Refusal::invalid(edge, text))?;
            if text.starts_with(['N', '-']) { free + value } else { value }
        } else if let Some(at) = settings.amount(center, frame)? {
            at - layer / 2.0
        } else if has(low) {
            0.0
        } else if has(high) {
            free
        } else {
            free / 2.0
        };
        let at = if free >= 0.0 { at.clamp(0.0, free) } else { at.clamp(-layer, base) };
        Ok::<_, Refusal>(at.round() as i64)
    };
    Ok((
        axis("lx", "lxc", "left", "right", base.0, layer.0)?,
        axis("ly", "lyc", "top", "bottom", base.1, layer.1)?,
    ))
}

impl Assets<'_> {
    fn decode(&self, path: &str) -> Result<RgbaImage, Refusal> {
        let bytes = self.0.get(path).ok_or_else(|| Refusal::Missing(path.to_owned()))?;
        super::open(bytes)?.decode().map_err(super::unreadable)
    }
}
