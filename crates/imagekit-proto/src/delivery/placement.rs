//! Where and when a layer is seen.

use super::{
    json::said,
    keywords::Anchor,
    value::{Amount, Setting, Writer},
};

/// Where a layer stands on the asset below. Zero and empty text say nothing and are left out,
/// as in the published packages.
///
/// From the OpenAPI file: `OverlayPosition`.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct OverlayPosition {
    #[serde(deserialize_with = "said")]
    pub(super) x: Option<Setting>,
    #[serde(deserialize_with = "said")]
    pub(super) y: Option<Setting>,
    #[serde(deserialize_with = "said")]
    pub(super) x_center: Option<Setting>,
    #[serde(deserialize_with = "said")]
    pub(super) y_center: Option<Setting>,
    #[serde(deserialize_with = "said")]
    pub(super) focus: Option<Setting>,
    #[serde(deserialize_with = "said")]
    pub(super) anchor_point: Option<Setting>,
}

impl OverlayPosition {
    /// The API's default place.
    pub fn new() -> Self {
        Self::default()
    }

    /// Left edge: pixels, or an expression (`bw_mul_0.4`).
    pub fn x(mut self, amount: impl Into<Amount>) -> Self {
        self.x = Some(amount.into().0);
        self
    }

    /// Upper edge: pixels, or an expression.
    pub fn y(mut self, amount: impl Into<Amount>) -> Self {
        self.y = Some(amount.into().0);
        self
    }

    /// Horizontal centre; not together with `x`.
    pub fn x_center(mut self, amount: impl Into<Amount>) -> Self {
        self.x_center = Some(amount.into().0);
        self
    }

    /// Vertical centre; not together with `y`.
    pub fn y_center(mut self, amount: impl Into<Amount>) -> Self {
        self.y_center = Some(amount.into().0);
        self
    }

    /// Place relative to the asset below, where no coordinate is given.
    pub fn focus(mut self, anchor: impl Into<Anchor>) -> Self {
        self.focus = Some(Setting::Text(anchor.into().into()));
        self
    }

    /// The point of the asset below that coordinates count from.
    pub fn anchor_point(mut self, anchor: impl Into<Anchor>) -> Self {
        self.anchor_point = Some(Setting::Text(anchor.into().into()));
        self
    }

    pub(super) fn write(&self, writer: &mut Writer<'_>) {
        write_said(&self.x, ",lx-", writer);
        write_said(&self.y, ",ly-", writer);
        write_said(&self.x_center, ",lxc-", writer);
        write_said(&self.y_center, ",lyc-", writer);
        write_said(&self.focus, ",lfo-", writer);
        write_said(&self.anchor_point, ",lap-", writer);
    }
}

/// When a layer is seen on a video, in seconds or as an expression (`bdu_mul_0.4`). Zero and
/// empty text say nothing and are left out, as in the published packages.
///
/// From the OpenAPI file: `OverlayTiming`.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OverlayTiming {
    #[serde(deserialize_with = "said")]
    pub(super) start: Option<Setting>,
    #[serde(deserialize_with = "said")]
    pub(super) end: Option<Setting>,
    #[serde(deserialize_with = "said")]
    pub(super) duration: Option<Setting>,
}

impl OverlayTiming {
    /// All the time.
    pub fn new() -> Self {
        Self::default()
    }

    /// When the layer appears.
    pub fn start(mut self, amount: impl Into<Amount>) -> Self {
        self.start = Some(amount.into().0);
        self
    }

    /// When the layer disappears; the API then takes no notice of a duration.
    pub fn end(mut self, amount: impl Into<Amount>) -> Self {
        self.end = Some(amount.into().0);
        self
    }

    /// How long the layer stays.
    pub fn duration(mut self, amount: impl Into<Amount>) -> Self {
        self.duration = Some(amount.into().0);
        self
    }

    pub(super) fn write(&self, writer: &mut Writer<'_>) {
        write_said(&self.start, ",lso-", writer);
        write_said(&self.end, ",leo-", writer);
        write_said(&self.duration, ",ldu-", writer);
    }
}

fn write_said(setting: &Option<Setting>, code: &str, writer: &mut Writer<'_>) {
    if let Some(setting) = setting.as_ref().filter(|setting| !setting.is_falsy()) {
        writer.literal(code);
        writer.setting(setting);
    }
}
