//! Delivery URLs: transformations, URLs, signatures, responsive images.
//!
//! Pure functions over text; nothing here needs a request or a [`Secret`](crate::Secret) other
//! than the private key that signs.
//!
//! ```
//! use imagekit_proto::delivery::{Crop, Transformation, TransformationPosition, UrlEndpoint};
//!
//! let endpoint = UrlEndpoint::new("https://ik.imagekit.io/demo")?;
//! let url = endpoint
//!     .url("/folder/my image.jpg")
//!     .transformations(&Transformation::new().width(300).crop(Crop::AtMax))
//!     .position(TransformationPosition::Path)
//!     .build()?;
//! assert_eq!(url, "https://ik.imagekit.io/demo/tr:w-300,c-at_max/folder/my%20image.jpg");
//! # Ok::<(), imagekit_proto::delivery::UrlError>(())
//! ```
//!
//! Where the published packages for Node and Python agree on a URL, it is the same here; where
//! they write what no client can fetch, it is a right URL or a typed error.

mod absolute;
mod chain;
mod error;
mod escape;
mod html;
mod json;
mod keys;
mod keywords;
mod overlay;
mod parse;
mod placement;
mod responsive;
mod setters;
#[cfg(feature = "sign")]
mod sign;
mod transformation;
mod url;
mod value;
#[cfg(feature = "sign")]
mod verify;

pub use chain::Transformations;
pub use error::{TransformationError, UrlError, UrlProblem};
pub use keywords::{
    Anchor, AudioCodec, Crop, CropMode, Flip, Format, InnerAlignment, LayerMode,
    StreamingResolution, VideoCodec,
};
pub use overlay::{Encoding, Overlay};
pub use placement::{OverlayPosition, OverlayTiming};
pub use responsive::{ImageAttributes, ResponsiveError, ResponsiveImage};
pub use transformation::Transformation;
pub use url::{TransformationPosition, UrlBuilder, UrlEndpoint};
pub use value::{Amount, Effect};

#[cfg(feature = "sign")]
pub use error::{SignError, VerifyError};
#[cfg(feature = "sign")]
pub use sign::{Expiry, Signer};
