//! Width, height, crop and focus.

use image::{Rgba, RgbaImage, imageops};

use super::amount::{Frame, evaluate, number};
use super::color::{self, BLACK};
use super::limits::Limits;
use super::refusal::Refusal;
use super::scale::{Area, resample};
use super::settings::Settings;

/// A device pixel ratio that makes a side longer than this is not considered (the public docs).
const MAX_DPR_SIDE: f64 = 5000.0;

/// What a resize does: take an area of the image, scale it, and place it on a canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plan {
    area: Area,
    scaled: (u32, u32),
    canvas: (u32, u32),
    /// Where the scaled image lies on the canvas.
    at: (u32, u32),
}

/// Where the important part of an image is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Focus {
    /// Shares of the space on the left and above, 0 to 1.
    shares: (f64, f64),
    /// The center of the custom coordinates.
    center: Option<(f64, f64)>,
}

/// Resizes an image as the step says. `custom` are the file's custom coordinates.
pub(super) fn apply(
    image: RgbaImage,
    settings: &Settings<'_>,
    frame: &Frame,
    custom: Option<&str>,
    limits: &Limits,
) -> Result<RgbaImage, Refusal> {
    let size = image.dimensions();
    let Some(plan) = plan(settings, frame, custom)? else { return Ok(image) };
    limits.check(plan.canvas.0, plan.canvas.1)?;
    let image = if plan.area == Area::whole(size) && plan.scaled == size {
        image
    } else {
        resample(&image, plan.area, plan.scaled, limits)?
    };
    if plan.canvas == plan.scaled {
        return Ok(image);
    }
    let color = padding(settings, &image)?;
    let mut canvas = limits.canvas(plan.canvas.0, plan.canvas.1)?;
    canvas.pixels_mut().for_each(|pixel| *pixel = color);
    imageops::replace(&mut canvas, &image, plan.at.0.into(), plan.at.1.into());
    Ok(canvas)
}

/// The color of padding.
fn padding(settings: &Settings<'_>, image: &RgbaImage) -> Result<Rgba<u8>, Refusal> {
    match settings.get("bg") {
        None => Ok(BLACK),
        Some(background) => fill(background, image),
    }
}

/// The color of `bg`.
pub(super) fn fill(background: &str, image: &RgbaImage) -> Result<Rgba<u8>, Refusal> {
    let word = background.split('_').next().unwrap_or_default();
    match word {
        "dominant" => Ok(mean(image)),
        "blurred" | "gradient" | "genfill" => Err(Refusal::unsupported("bg", background)),
        _ if word.starts_with("genfill-") => Err(Refusal::unsupported("bg", background)),
        _ => color::parse("bg", background),
    }
}

/// The mean color of the visible pixels.
fn mean(image: &RgbaImage) -> Rgba<u8> {
    let mut sums = [0_u64; 4];
    for Rgba([r, g, b, a]) in image.pixels() {
        let alpha = u64::from(*a);
        for (sum, value) in sums.iter_mut().zip([*r, *g, *b]) {
            *sum += alpha * u64::from(value);
        }
        sums[3] += alpha;
    }
    let [r, g, b, alpha] = sums;
    let part = |sum: u64| (sum / alpha.max(1)) as u8;
    Rgba([part(r), part(g), part(b), 255])
}

/// Returns what the step does to an image of the size `frame.current`; `None` if it does not
/// resize.
fn plan(
    settings: &Settings<'_>,
    frame: &Frame,
    custom: Option<&str>,
) -> Result<Option<Plan>, Refusal> {
    let (cw, ch) = frame.current;
    let (cw, ch) = (f64::from(cw), f64::from(ch));
    let mut width = side(settings, "w", cw, frame)?;
    let mut height = side(settings, "h", ch, frame)?;
    let ratio = settings.get("ar").map(|text| aspect_ratio(text, frame)).transpose()?;
    match (width, height, ratio) {
        (Some(width), None, Some(ratio)) => height = Some(width / ratio),
        (None, Some(height), Some(ratio)) => width = Some(height * ratio),
        (None, None, Some(ratio)) => {
            width = Some(cw.min(ch * ratio));
            height = Some(ch.min(cw / ratio));
        }
        _ => {}
    }
    let extracts =
        matches!(settings.get("cm"), Some("extract" | "pad_extract" | "pad_extract_no_shrink"));
    if width.is_none() && height.is_none() && !(extracts && custom.is_some()) {
        return Ok(None);
    }
    (width, height) = with_dpr(settings, width, height)?;
    let focus = Focus::read(settings, custom);
    // One side alone: the other one follows, and nothing is cropped.
    let (other_width, other_height) = if extracts {
        (cw, ch)
    } else {
        (height.unwrap_or(ch) * cw / ch, width.unwrap_or(cw) * ch / cw)
    };
    let wanted = (width.unwrap_or(other_width), height.unwrap_or(other_height));
    let mode = settings.get("cm").or(settings.get("c")).unwrap_or("maintain_ratio");
    let whole = Area::whole(frame.current);
    let fit = (wanted.0 / cw).min(wanted.1 / ch);
    let cover = (wanted.0 / cw).max(wanted.1 / ch);
    let scaled_by = |scale: f64| {
        let scaled = (pixels(cw * scale), pixels(ch * scale));
        Plan { area: whole, scaled, canvas: scaled, at: (0, 0) }
    };
    let plan = match mode {
        "force" => {
            let size = (pixels(wanted.0), pixels(wanted.1));
            Plan { area: whole, scaled: size, canvas: size, at: (0, 0) }
        }
        "at_max" => scaled_by(fit.min(1.0)),
        "at_max_enlarge" => scaled_by(fit),
        "at_least" => scaled_by(cover),
        "maintain_ratio" => covering(wanted, cover, frame.current, focus),
        "maintain_ratio_no_enlarge" => {
            let scale = cover.min(1.0);
            let wanted = (wanted.0.min(cw * scale), wanted.1.min(ch * scale));
            covering(wanted, scale, frame.current, focus)
        }
        "extract" => extract(settings, frame, wanted, focus)?,
        "pad_resize" => focus.pad(scaled_by(fit), wanted),
        "pad_resize_no_enlarge" => focus.pad(scaled_by(fit.min(1.0)), wanted),
        "pad_extract" => focus.pad(extract(settings, frame, wanted, focus)?, wanted),
        "pad_extract_no_shrink" => focus.pad(scaled_by(1.0), (wanted.0.max(cw), wanted.1.max(ch))),
        other if settings.has("cm") => return Err(Refusal::invalid("cm", other)),
        other => return Err(Refusal::invalid("c", other)),
    };
    Ok(Some(plan))
}

/// The part of the image that covers `wanted` at this scale.
fn covering(wanted: (f64, f64), scale: f64, size: (u32, u32), focus: Focus) -> Plan {
    let (width, height) = (f64::from(size.0), f64::from(size.1));
    let part = ((wanted.0 / scale).min(width), (wanted.1 / scale).min(height));
    let (x, y) = focus.place(part, (width, height));
    let scaled = (pixels(wanted.0), pixels(wanted.1));
    let area = Area { x, y, width: part.0, height: part.1 };
    Plan { area, scaled, canvas: scaled, at: (0, 0) }
}

/// A part of the image, not scaled.
fn extract(
    settings: &Settings<'_>,
    frame: &Frame,
    wanted: (f64, f64),
    focus: Focus,
) -> Result<Plan, Refusal> {
    let size = (f64::from(frame.current.0), f64::from(frame.current.1));
    let part = (wanted.0.min(size.0).round().max(1.0), wanted.1.min(size.1).round().max(1.0));
    let (x, y) = focus.place(part, size);
    let x = position(settings, frame, ("x", "xc"), part.0, size.0)?.unwrap_or(x);
    let y = position(settings, frame, ("y", "yc"), part.1, size.1)?.unwrap_or(y);
    let area = Area { x: x.floor(), y: y.floor(), width: part.0, height: part.1 };
    let scaled = (pixels(part.0), pixels(part.1));
    Ok(Plan { area, scaled, canvas: scaled, at: (0, 0) })
}

/// Where the extracted part begins, by its edge or its center.
fn position(
    settings: &Settings<'_>,
    frame: &Frame,
    (edge, center): (&str, &str),
    part: f64,
    size: f64,
) -> Result<Option<f64>, Refusal> {
    if let Some(center_at) = settings.amount(center, frame)? {
        let begin = center_at - part / 2.0;
        if begin < 0.0 || begin + part > size {
            return Err(Refusal::invalid(center, settings.get(center).unwrap_or_default()));
        }
        return Ok(Some(begin));
    }
    Ok(settings.amount(edge, frame)?.map(|begin| begin.clamp(0.0, size - part)))
}

impl Focus {
    /// Reads `fo`. Words that need recognition (`auto`, `face`, objects) mean the center.
    fn read(settings: &Settings<'_>, custom: Option<&str>) -> Self {
        let word = settings.get("fo").unwrap_or_default();
        let has = |side: &str| word.split('_').any(|part| part == side);
        let share = |low: &str, high: &str| match (has(low), has(high)) {
            (true, _) => 0.0,
            (_, true) => 1.0,
            _ => 0.5,
        };
        let center = custom.filter(|_| word == "custom").and_then(|text| {
            let mut numbers = text.split(',').map(|part| part.trim().parse::<f64>().ok());
            let mut next = || numbers.next().flatten();
            let (x, y, width, height) = (next()?, next()?, next()?, next()?);
            Some((x + width / 2.0, y + height / 2.0))
        });
        Self { shares: (share("left", "right"), share("top", "bottom")), center }
    }

    /// Where a part of an image begins.
    fn place(self, part: (f64, f64), size: (f64, f64)) -> (f64, f64) {
        let free = ((size.0 - part.0).max(0.0), (size.1 - part.1).max(0.0));
        match self.center {
            Some((x, y)) => {
                ((x - part.0 / 2.0).clamp(0.0, free.0), (y - part.1 / 2.0).clamp(0.0, free.1))
            }
            None => (free.0 * self.shares.0, free.1 * self.shares.1),
        }
    }

    /// Places what is smaller than `wanted` on a canvas of that size.
    fn pad(self, plan: Plan, wanted: (f64, f64)) -> Plan {
        let canvas = (pixels(wanted.0).max(plan.scaled.0), pixels(wanted.1).max(plan.scaled.1));
        let offset = |canvas: u32, part: u32, share: f64| (f64::from(canvas - part) * share) as u32;
        let at = (
            offset(canvas.0, plan.scaled.0, self.shares.0),
            offset(canvas.1, plan.scaled.1, self.shares.1),
        );
        Plan { canvas, at, ..plan }
    }
}

/// A side in pixels; a value between 0 and 1 is a share of the image's side.
fn side(
    settings: &Settings<'_>,
    code: &str,
    current: f64,
    frame: &Frame,
) -> Result<Option<f64>, Refusal> {
    if settings.get(code) == Some("auto") {
        return Err(Refusal::unsupported(code, "auto"));
    }
    let Some(value) = settings.amount(code, frame)? else { return Ok(None) };
    if value <= 0.0 {
        return Err(Refusal::invalid(code, settings.get(code).unwrap_or_default()));
    }
    Ok(Some(if value < 1.0 { value * current } else { value.round() }))
}

/// Width over height: `4-3`, `4_3`, `1.5` or an expression.
fn aspect_ratio(text: &str, frame: &Frame) -> Result<f64, Refusal> {
    if text == "auto" {
        return Err(Refusal::unsupported("ar", "auto"));
    }
    let pair = text.split_once('-').or_else(|| text.split_once('_'));
    let pair = pair.and_then(|(width, height)| Some((number(width)?, number(height)?)));
    let ratio = match pair {
        Some((width, height)) => Some(width / height),
        None => evaluate(text, frame),
    };
    let sensible = |ratio: &f64| ratio.is_finite() && (1e-4..=1e4).contains(ratio);
    ratio.filter(sensible).ok_or_else(|| Refusal::invalid("ar", text))
}

/// The sides times the device pixel ratio.
fn with_dpr(
    settings: &Settings<'_>,
    width: Option<f64>,
    height: Option<f64>,
) -> Result<(Option<f64>, Option<f64>), Refusal> {
    if settings.get("dpr") == Some("auto") {
        return Ok((width, height));
    }
    let Some(dpr) = settings.number("dpr", 0.1..=5.0)? else { return Ok((width, height)) };
    let sides = (width.map(|side| side * dpr), height.map(|side| side * dpr));
    let fits = |side: Option<f64>| side.is_none_or(|side| (1.0..=MAX_DPR_SIDE).contains(&side));
    Ok(if fits(sides.0) && fits(sides.1) { sides } else { (width, height) })
}

/// Whole pixels, at least one.
fn pixels(side: f64) -> u32 {
    side.round().max(1.0) as u32
}
