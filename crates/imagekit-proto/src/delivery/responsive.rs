//! Responsive images: `src`, `srcset` and `sizes`.

#[cfg(feature = "sign")]
use super::{
    error::SignError,
    sign::{Expiry, UrlSigner},
};
use super::{
    error::UrlError, keywords::Crop, redact::Redacted, sizes::smallest_share, step::Transformation,
    url::UrlBuilder, writer::push_float,
};
use std::fmt;

/// From the OpenAPI file: `deviceBreakpoints` of `GetImageAttributesOptions`.
const DEVICE_BREAKPOINTS: [f64; 8] = [640.0, 750.0, 828.0, 1080.0, 1200.0, 1920.0, 2048.0, 3840.0];
/// From the OpenAPI file: `imageBreakpoints` of `GetImageAttributesOptions`.
const IMAGE_BREAKPOINTS: [f64; 8] = [16.0, 32.0, 48.0, 64.0, 96.0, 128.0, 256.0, 384.0];

/// A builder of the attributes of a responsive `<img>`.
///
/// With [`sizes`](Self::sizes), every breakpoint that a device could need becomes a candidate with a
/// `w` descriptor. With [`width`](Self::width) alone, the next breakpoints for the width and twice
/// the width become `1x` and `2x`. With neither, the device breakpoints are the candidates and
/// `sizes` is `100vw`. Each candidate's last step sets its width and `c-at_max`.
///
/// From the OpenAPI file (`GetImageAttributesOptions`) and the published browser package.
///
/// ```
/// use imagekit_proto::delivery::{ResponsiveImage, UrlBase};
///
/// let base = UrlBase::new("https://ik.imagekit.io/demo")?;
/// let image = ResponsiveImage::new(base.url("a.jpg")).width(400).build()?;
/// assert_eq!(image.src, "https://ik.imagekit.io/demo/a.jpg?tr=w-828,c-at_max");
/// assert_eq!(
///     image.src_set.as_deref(),
///     Some(
///         "https://ik.imagekit.io/demo/a.jpg?tr=w-640,c-at_max 1x, \
///          https://ik.imagekit.io/demo/a.jpg?tr=w-828,c-at_max 2x"
///     ),
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`build` or `sign` returns the attributes"]
pub struct ResponsiveImage<'a> {
    url: UrlBuilder<'a>,
    width: Option<f64>,
    sizes: Option<String>,
    devices: Vec<f64>,
    images: Vec<f64>,
}

/// The attributes of a responsive `<img>`. `Debug` prints no signature.
///
/// From the OpenAPI file: `ResponsiveImageAttributes`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ImageAttributes {
    /// The widest candidate.
    pub src: String,
    /// All candidates with their descriptors.
    pub src_set: Option<String>,
    /// The attribute `sizes`.
    pub sizes: Option<String>,
    /// The width that was set, in CSS pixels.
    pub width: Option<f64>,
}

impl fmt::Debug for ImageAttributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImageAttributes")
            .field("src", &Redacted(&self.src))
            .field("src_set", &self.src_set.as_deref().map(Redacted))
            .field("sizes", &self.sizes)
            .field("width", &self.width)
            .finish()
    }
}

/// The reason why attributes cannot be built. `E` is the error of a single URL.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ResponsiveError<E = UrlError> {
    /// There is no breakpoint to choose from.
    NoBreakpoints,
    /// A breakpoint is not a positive number, or the width is not a number.
    Width(f64),
    /// A URL cannot be built or signed.
    Url(E),
}

impl<E: fmt::Display> fmt::Display for ResponsiveError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBreakpoints => f.write_str(
                "there is no breakpoint to choose from: pass at least one device breakpoint",
            ),
            Self::Width(width) => {
                write!(f, "{width} is not a width in pixels: pass a positive number")
            }
            Self::Url(error) => error.fmt(f),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for ResponsiveError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Url(error) => Some(error),
            _ => None,
        }
    }
}

/// The kind of descriptor after a candidate's URL.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Descriptor {
    Width,
    Density,
}

impl<'a> ResponsiveImage<'a> {
    /// Creates a builder for the image at `url`, with its transformations, position and parameters.
    pub fn new(url: UrlBuilder<'a>) -> Self {
        Self {
            url,
            width: None,
            sizes: None,
            devices: DEVICE_BREAKPOINTS.to_vec(),
            images: IMAGE_BREAKPOINTS.to_vec(),
        }
    }

    /// Sets the width at which the image is shown, in CSS pixels; with `sizes`, it is only the
    /// attribute `width`.
    pub fn width(mut self, width: impl Into<f64>) -> Self {
        self.width = Some(width.into());
        self
    }

    /// Sets the attribute `sizes`, such as `(min-width: 768px) 50vw, 100vw`.
    pub fn sizes(mut self, sizes: impl Into<String>) -> Self {
        self.sizes = Some(sizes.into());
        self
    }

    /// Sets the widths of devices in pixels; the default is 640 to 3840.
    pub fn device_breakpoints<T: Into<f64>>(mut self, widths: impl IntoIterator<Item = T>) -> Self {
        self.devices = widths.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the widths of small images in pixels; the default is 16 to 384.
    pub fn image_breakpoints<T: Into<f64>>(mut self, widths: impl IntoIterator<Item = T>) -> Self {
        self.images = widths.into_iter().map(Into::into).collect();
        self
    }

    /// Builds the attributes.
    ///
    /// # Errors
    ///
    /// [`ResponsiveError`] if a breakpoint or the width is not valid, or
    /// [`UrlBuilder::build`] fails.
    #[doc(alias = "getResponsiveImageAttributes")]
    #[doc(alias = "get_responsive_image_attributes")]
    #[doc(alias = "srcset")]
    pub fn build(&self) -> Result<ImageAttributes, ResponsiveError> {
        self.attributes(|more| self.url.parts(more)?.finish())
    }

    /// Builds the attributes and signs every URL.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), and if [`UrlBuilder::sign`] fails.
    #[doc(alias = "signed_url")]
    #[cfg(feature = "sign")]
    pub fn sign(
        &self,
        signer: &UrlSigner,
        expiry: Expiry,
    ) -> Result<ImageAttributes, ResponsiveError<SignError>> {
        self.attributes(|more| signer.finish(self.url.parts(more)?, expiry))
    }

    fn attributes<E>(
        &self,
        url: impl Fn(&[Transformation]) -> Result<String, E>,
    ) -> Result<ImageAttributes, ResponsiveError<E>> {
        let sizes = self.sizes.as_deref().filter(|sizes| !sizes.is_empty());
        let (candidates, descriptor) = self.candidates(sizes)?;
        let mut src = String::new();
        let mut src_set = String::new();
        for (index, width) in candidates.iter().enumerate() {
            let step = Transformation::new().width(*width).crop(Crop::AtMax);
            src = url(&[step]).map_err(ResponsiveError::Url)?;
            if index > 0 {
                src_set.push_str(", ");
            }
            push_candidate(&mut src_set, &src);
            match descriptor {
                Descriptor::Width => {
                    push_float(&mut src_set, *width);
                    src_set.push('w');
                }
                Descriptor::Density if index == 0 => src_set.push_str("1x"),
                Descriptor::Density => src_set.push_str("2x"),
            }
        }
        // As in the published package, an empty `sizes` is the absence of the attribute.
        let by_default = descriptor == Descriptor::Width && self.sizes.is_none();
        let sizes = sizes.or(by_default.then_some("100vw")).map(ToOwned::to_owned);
        Ok(ImageAttributes { src, src_set: Some(src_set), sizes, width: self.width })
    }

    fn candidates<E>(
        &self,
        sizes: Option<&str>,
    ) -> Result<(Vec<f64>, Descriptor), ResponsiveError<E>> {
        let devices = sorted(&self.devices)?;
        let mut all = sorted(&self.images)?;
        all.extend(&devices);
        all = sorted(&all)?;
        let widest = *all.last().ok_or(ResponsiveError::NoBreakpoints)?;
        if let Some(sizes) = sizes {
            if let Some(share) = smallest_share(sizes) {
                let narrowest = devices.first().ok_or(ResponsiveError::NoBreakpoints)? * share;
                all.retain(|width| *width >= narrowest);
                if all.is_empty() {
                    all.push(widest);
                }
            }
            return Ok((all, Descriptor::Width));
        }
        let Some(width) = self.width else {
            return if devices.is_empty() {
                Err(ResponsiveError::NoBreakpoints)
            } else {
                Ok((devices, Descriptor::Width))
            };
        };
        if !width.is_finite() {
            return Err(ResponsiveError::Width(width));
        }
        let next = |least: f64| all.iter().copied().find(|width| *width >= least).unwrap_or(widest);
        let mut candidates = vec![next(width), next(width * 2.0)];
        candidates.dedup();
        Ok((candidates, Descriptor::Density))
    }
}

/// Sorts breakpoints and removes duplicates: HTML forbids a width twice in `srcset`.
fn sorted<E>(widths: &[f64]) -> Result<Vec<f64>, ResponsiveError<E>> {
    if let Some(wrong) = widths.iter().find(|width| !width.is_finite() || **width <= 0.0) {
        return Err(ResponsiveError::Width(*wrong));
    }
    let mut widths = widths.to_vec();
    widths.sort_by(f64::total_cmp);
    widths.dedup();
    Ok(widths)
}

/// Appends a candidate's URL and a space. A comma at the end of a URL is encoded, since it would
/// end the candidate.
fn push_candidate(src_set: &mut String, url: &str) {
    match url.strip_suffix(',') {
        Some(url) => {
            src_set.push_str(url);
            src_set.push_str("%2C");
        }
        None => src_set.push_str(url),
    }
    src_set.push(' ');
}
