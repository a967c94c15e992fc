//! The steps of a rendering, one after the other.

use std::collections::HashMap;

use bytes::Bytes;
use image::RgbaImage;

use super::amount::Frame;
use super::blend::over;
use super::encode::Output;
use super::limits::{Limits, MAX_PIXELS, too_large};
use super::settings::Settings;
use super::{Refusal, Rendered, Request, Step, effects, layer, resize, shape};
use crate::media::decode::{self, Source, Unreadable, reserve};

/// The pixels that are reserved for an image at first.
const FIRST_PIXELS: u64 = 1 << 20;

/// The files that layers show, by path.
pub(super) struct Assets<'a>(pub(super) &'a HashMap<String, Bytes>);

/// What all steps of a rendering share.
pub(super) struct Renderer<'a> {
    pub(super) assets: Assets<'a>,
    pub(super) limits: &'a Limits,
}

/// Transforms an image.
///
/// Memory is reserved before anything is decoded: for the largest decoder, and for the images that
/// are held at once. When a step needs a larger image than that allows, all begins again with
/// what it needs; so small images wait for little memory, and no thread waits while it holds some.
pub(crate) fn render(request: &Request<'_>) -> Result<Rendered, Refusal> {
    let source = open(request.bytes)?;
    let output = Output::read(request.steps, source.mime, request.accept)?;
    let mut pixels = source.pixels.max(FIRST_PIXELS);
    let mut cost = source.cost;
    for bytes in request.assets.values() {
        // What cannot be read is refused when its turn comes.
        if let Ok(asset) = open(bytes) {
            pixels = pixels.max(asset.pixels);
            cost = cost.max(asset.cost);
        }
    }
    // An image and its successor, and one more for each level of layers.
    let images = 2 + layer::depth(request.steps);
    if pixels > MAX_PIXELS {
        return Err(too_large());
    }
    loop {
        let bytes = (4 * images).saturating_mul(pixels).saturating_add(cost);
        let pass = reserve(bytes).ok_or_else(too_large)?;
        let limits = Limits::new(pixels);
        let result = attempt(request, &source, output, &limits);
        drop(pass);
        // Always more than before, and no more than `MAX_PIXELS`: this ends.
        match limits.wanted() {
            Some(wanted) if result.is_err() => pixels = wanted,
            _ => return result,
        }
    }
}

fn attempt(
    request: &Request<'_>,
    source: &Source<'_>,
    output: Output,
    limits: &Limits,
) -> Result<Rendered, Refusal> {
    let image = source.decode().map_err(unreadable)?;
    let renderer = Renderer { assets: Assets(request.assets), limits };
    let size = image.dimensions();
    let frame = Frame { initial: size, current: size, base: size };
    let custom = request.custom_coordinates;
    let image = renderer.apply(image, request.steps, &frame, custom, false)?;
    let (bytes, mime) = output.write(image)?;
    Ok(Rendered { bytes: bytes.into(), mime, negotiated: output.negotiated })
}

impl Renderer<'_> {
    /// Applies steps to an image, or to that of a layer. `custom` are the file's custom
    /// coordinates, which the first step can use.
    pub(super) fn apply(
        &self,
        mut image: RgbaImage,
        steps: &[Step],
        frame: &Frame,
        mut custom: Option<&str>,
        in_layer: bool,
    ) -> Result<RgbaImage, Refusal> {
        for step in steps {
            let settings = Settings::read(step, in_layer)?;
            image = shape::trim(image, &settings, false)?;
            let frame = frame.at(image.dimensions());
            image = resize::apply(image, &settings, &frame, custom.take(), self.limits)?;
            if let Some(background) = settings.get("bg") {
                let color = resize::fill(background, &image)?;
                image.pixels_mut().for_each(|pixel| *pixel = over(color, *pixel));
            }
            image = effects::apply(image, &settings, self.limits)?;
            image = self.draw_layers(image, &settings)?;
            image = shape::apply(image, &settings, &frame, self.limits)?;
        }
        Ok(image)
    }

    /// Draws the layers of a step.
    pub(super) fn draw_layers(
        &self,
        mut image: RgbaImage,
        settings: &Settings<'_>,
    ) -> Result<RgbaImage, Refusal> {
        for layer in &settings.layers {
            layer::draw(&mut image, layer, self)?;
        }
        Ok(image)
    }
}

/// Reads the header of an image.
pub(super) fn open(bytes: &[u8]) -> Result<Source<'_>, Refusal> {
    decode::open(bytes).map_err(unreadable)
}

pub(super) fn unreadable(error: Unreadable) -> Refusal {
    match error {
        Unreadable::Format(mime) => {
            Refusal::Unsupported(format!("transformations of files of the type `{mime}`"))
        }
        Unreadable::Damaged => {
            Refusal::Invalid("The file is damaged, or too large to be transformed.".to_owned())
        }
    }
}
