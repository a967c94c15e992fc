//! Rewriters: URLs of other services, understood by an endpoint.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::types::{Extra, tagged};

/// Lets an endpoint understand the URLs of another service.
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::{CloudinaryRewriter, UrlRewriter};
///
/// let rewriters = [
///     UrlRewriter::from(CloudinaryRewriter::new().preserve_asset_delivery_types(true)),
///     UrlRewriter::imgix(),
///     UrlRewriter::akamai(),
/// ];
/// assert_eq!(
///     serde_json::to_value(&rewriters)?,
///     serde_json::json!([
///         {"type": "CLOUDINARY", "preserveAssetDeliveryTypes": true},
///         {"type": "IMGIX"},
///         {"type": "AKAMAI"},
///     ])
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum UrlRewriter {
    /// Cloudinary's URLs.
    Cloudinary(CloudinaryRewriter),
    /// Imgix's URLs.
    Imgix(PlainRewriter),
    /// Akamai's URLs.
    Akamai(PlainRewriter),
    /// A rewriter that this crate does not know yet: the object as sent, `type` included.
    Other(Extra),
}

/// [`UrlRewriter`] as serde derives it: a mirror, so that the public type gets no methods of serde's.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE", remote = "UrlRewriter")]
enum Known {
    Cloudinary(CloudinaryRewriter),
    Imgix(PlainRewriter),
    Akamai(PlainRewriter),
    #[serde(skip)]
    Other(Extra),
}

impl UrlRewriter {
    /// Understands Cloudinary's URLs.
    pub fn cloudinary() -> Self {
        Self::Cloudinary(CloudinaryRewriter::new())
    }

    /// Understands Imgix's URLs.
    pub fn imgix() -> Self {
        Self::Imgix(PlainRewriter::default())
    }

    /// Understands Akamai's URLs.
    pub fn akamai() -> Self {
        Self::Akamai(PlainRewriter::default())
    }
}

impl Serialize for UrlRewriter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Other(object) => object.serialize(serializer),
            known => Known::serialize(known, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for UrlRewriter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const KNOWN: [&str; 3] = ["CLOUDINARY", "IMGIX", "AKAMAI"];
        tagged(deserializer, "type", &KNOWN, Known::deserialize, Self::Other)
    }
}

impl From<CloudinaryRewriter> for UrlRewriter {
    fn from(rewriter: CloudinaryRewriter) -> Self {
        Self::Cloudinary(rewriter)
    }
}

/// Understands Cloudinary's URLs.
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::CloudinaryRewriter;
///
/// let value = serde_json::to_value(CloudinaryRewriter::new().preserve_asset_delivery_types(true))?;
/// assert_eq!(value["preserveAssetDeliveryTypes"], true);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CloudinaryRewriter {
    /// Keeps `<asset_type>/<delivery_type>` in the rewritten URL; false by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preserve_asset_delivery_types: Option<bool>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

impl CloudinaryRewriter {
    /// Creates a rewriter with ImageKit's defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps `<asset_type>/<delivery_type>` in the rewritten URL, or not.
    pub fn preserve_asset_delivery_types(mut self, preserve: bool) -> Self {
        self.preserve_asset_delivery_types = Some(preserve);
        self
    }
}

/// A rewriter without settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlainRewriter {
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}
