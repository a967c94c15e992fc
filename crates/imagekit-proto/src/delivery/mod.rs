//! Delivery URLs: transformations, overlays, signatures, responsive images.
//!
//! Pure functions over text: nothing here sends a request, and only signatures need the private
//! key ([`Secret`](crate::Secret)).
//!
//! ```
//! use imagekit_proto::delivery::{Crop, Transformation, TransformationPosition, UrlBase};
//!
//! let base = UrlBase::new("https://ik.imagekit.io/demo")?;
//! let url = base
//!     .url("/folder/my image.jpg")
//!     .transformations(&Transformation::new().width(300).crop(Crop::AtMax))
//!     .position(TransformationPosition::Path)
//!     .build()?;
//! assert_eq!(url, "https://ik.imagekit.io/demo/tr:w-300,c-at_max/folder/my%20image.jpg");
//! # Ok::<(), imagekit_proto::delivery::UrlError>(())
//! ```
//!
//! URLs are the same as those of the published packages for Node and Python where these agree on a
//! valid one; where they write a URL that no client can fetch, it is corrected or a typed error.
//!
//! A typed value cannot change the rest of a transformation: `solid_color("red,l-end:rt-90")` is an
//! error when the URL is built. Text from users is fit for every method but
//! [`Transformation::raw`] and the parsing of transformation strings.

mod absolute;
mod base;
mod chain;
mod content;
mod error;
mod html;
mod json;
mod key;
mod keywords;
mod overlay;
mod parameters;
mod parse;
mod placement;
mod redact;
mod responsive;
mod scalar;
#[cfg(feature = "sign")]
mod sign;
mod sizes;
mod step;
mod transformation;
mod url;
mod value;
#[cfg(feature = "sign")]
mod verify;
mod writer;

pub use base::UrlBase;
pub use chain::Transformations;
pub use content::Encoding;
pub use error::{InvalidTransformation, UrlError, UrlProblem};
pub use keywords::{
    Anchor, Crop, CropMode, Flip, Format, InnerAlignment, LayerMode, OutputAudioCodec,
    OutputVideoCodec, StreamingResolution,
};
pub use placement::{OverlayPosition, OverlayTiming};
pub use responsive::{ImageAttributes, ResponsiveError, ResponsiveImage};
pub use step::{Overlay, Transformation};
pub use url::{TransformationPosition, UrlBuilder};
pub use value::{Amount, Effect};

#[cfg(feature = "sign")]
pub use error::{SignError, VerifyError};
#[cfg(feature = "sign")]
pub use sign::{Expiry, UrlSigner};
