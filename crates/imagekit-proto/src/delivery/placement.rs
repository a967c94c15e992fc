//! Position and timing of a layer.

use super::{
    key::Kind,
    keywords::Anchor,
    scalar::optional,
    value::{Amount, Setting},
    writer::Writer,
};
use std::borrow::Cow;

/// Position of a layer on the asset below. Zero and empty text are left out, as in the published
/// packages.
///
/// From the OpenAPI file: `OverlayPosition`.
///
/// ```
/// use imagekit_proto::delivery::{Overlay, OverlayPosition, Transformation};
///
/// let position = OverlayPosition::new().x(10).y("bh_mul_0.4");
/// let step = Transformation::new().overlay(Overlay::text("Sale").position(position));
/// assert_eq!(step.to_string(), "l-text,i-Sale,lx-10,ly-bh_mul_0.4,l-end");
/// ```
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct OverlayPosition {
    #[serde(deserialize_with = "optional")]
    pub(super) x: Option<Setting>,
    #[serde(deserialize_with = "optional")]
    pub(super) y: Option<Setting>,
    #[serde(deserialize_with = "optional")]
    pub(super) x_center: Option<Setting>,
    #[serde(deserialize_with = "optional")]
    pub(super) y_center: Option<Setting>,
    #[serde(deserialize_with = "optional")]
    pub(super) focus: Option<Setting>,
    #[serde(deserialize_with = "optional")]
    pub(super) anchor_point: Option<Setting>,
}

impl OverlayPosition {
    /// Creates a position at the API's default.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the left edge: pixels, or an expression (`bw_mul_0.4`).
    pub fn x(mut self, amount: impl Into<Amount>) -> Self {
        self.x = Some(amount.into().0);
        self
    }

    /// Sets the upper edge: pixels, or an expression.
    pub fn y(mut self, amount: impl Into<Amount>) -> Self {
        self.y = Some(amount.into().0);
        self
    }

    /// Sets the horizontal center; not together with `x`.
    pub fn x_center(mut self, amount: impl Into<Amount>) -> Self {
        self.x_center = Some(amount.into().0);
        self
    }

    /// Sets the vertical center; not together with `y`.
    pub fn y_center(mut self, amount: impl Into<Amount>) -> Self {
        self.y_center = Some(amount.into().0);
        self
    }

    /// Sets the place relative to the asset below; for layers without coordinates.
    pub fn focus(mut self, anchor: impl Into<Anchor>) -> Self {
        self.focus = Some(Cow::from(anchor.into()).into());
        self
    }

    /// Sets the point of the asset below that coordinates count from.
    pub fn anchor_point(mut self, anchor: impl Into<Anchor>) -> Self {
        self.anchor_point = Some(Cow::from(anchor.into()).into());
        self
    }

    pub(super) fn write(&self, writer: &mut Writer<'_>) {
        write_setting("lx", &self.x, writer);
        write_setting("ly", &self.y, writer);
        write_setting("lxc", &self.x_center, writer);
        write_setting("lyc", &self.y_center, writer);
        write_setting("lfo", &self.focus, writer);
        write_setting("lap", &self.anchor_point, writer);
    }
}

/// Timing of a layer on a video, in seconds or as an expression (`bdu_mul_0.4`). Zero and empty
/// text are left out, as in the published packages.
///
/// From the OpenAPI file: `OverlayTiming`.
///
/// ```
/// use imagekit_proto::delivery::{Overlay, OverlayTiming, Transformation};
///
/// let timing = OverlayTiming::new().start(5).duration("bdu_mul_0.4");
/// let step = Transformation::new().overlay(Overlay::text("Sale").timing(timing));
/// assert_eq!(step.to_string(), "l-text,i-Sale,lso-5,ldu-bdu_mul_0.4,l-end");
/// ```
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OverlayTiming {
    #[serde(deserialize_with = "optional")]
    pub(super) start: Option<Setting>,
    #[serde(deserialize_with = "optional")]
    pub(super) end: Option<Setting>,
    #[serde(deserialize_with = "optional")]
    pub(super) duration: Option<Setting>,
}

impl OverlayTiming {
    /// Creates a timing for the whole video.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets when the layer appears.
    pub fn start(mut self, amount: impl Into<Amount>) -> Self {
        self.start = Some(amount.into().0);
        self
    }

    /// Sets when the layer disappears; the API then ignores a duration.
    pub fn end(mut self, amount: impl Into<Amount>) -> Self {
        self.end = Some(amount.into().0);
        self
    }

    /// Sets how long the layer is shown.
    pub fn duration(mut self, amount: impl Into<Amount>) -> Self {
        self.duration = Some(amount.into().0);
        self
    }

    pub(super) fn write(&self, writer: &mut Writer<'_>) {
        write_setting("lso", &self.start, writer);
        write_setting("leo", &self.end, writer);
        write_setting("ldu", &self.duration, writer);
    }
}

fn write_setting(code: &'static str, setting: &Option<Setting>, writer: &mut Writer<'_>) {
    if let Some(setting) = setting.as_ref().filter(|setting| !setting.is_falsy()) {
        writer.literal(",");
        writer.literal(code);
        writer.literal("-");
        writer.setting(code, setting, Kind::Value);
    }
}
