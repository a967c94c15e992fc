//! Orientation of the stored pixels.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use crate::types::fit::Fit;

/// EXIF orientation: how the stored pixels are turned for display. 1 to 8 on the wire.
///
/// ```
/// use imagekit_proto::api::files::Orientation;
///
/// let orientation = Orientation::from_exif(6).unwrap();
/// assert_eq!(orientation, Orientation::Rotate90);
/// assert!(orientation.swaps_sides());
/// assert_eq!(orientation.display_size(4000, 3000), (3000, 4000));
/// assert_eq!(orientation.value(), 6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there are eight ways to lay a rectangle")]
pub enum Orientation {
    /// 1: shown as stored.
    Normal = 1,
    /// 2: mirrored left to right.
    MirrorHorizontal = 2,
    /// 3: rotated by 180 degrees.
    Rotate180 = 3,
    /// 4: mirrored top to bottom.
    MirrorVertical = 4,
    /// 5: mirrored left to right, then rotated by 270 degrees clockwise.
    Transpose = 5,
    /// 6: rotated by 90 degrees clockwise.
    Rotate90 = 6,
    /// 7: mirrored left to right, then rotated by 90 degrees clockwise.
    Transverse = 7,
    /// 8: rotated by 270 degrees clockwise.
    Rotate270 = 8,
}

impl Orientation {
    /// Returns the orientation of an EXIF value, `None` unless it is 1 to 8.
    pub const fn from_exif(value: u64) -> Option<Self> {
        Some(match value {
            1 => Self::Normal,
            2 => Self::MirrorHorizontal,
            3 => Self::Rotate180,
            4 => Self::MirrorVertical,
            5 => Self::Transpose,
            6 => Self::Rotate90,
            7 => Self::Transverse,
            8 => Self::Rotate270,
            _ => return None,
        })
    }

    /// Returns the EXIF value, 1 to 8.
    pub const fn value(self) -> u8 {
        self as u8
    }

    /// Returns whether width and height swap between the stored and the displayed image.
    pub const fn swaps_sides(self) -> bool {
        self.value() >= 5
    }

    /// Returns the displayed width and height of an image stored with these.
    ///
    /// The sizes that ImageKit reports ([`Metadata`](crate::api::files::Metadata), file details) are
    /// displayed ones already: EXIF's own `ExifImageWidth` and `ExifImageHeight` are not.
    pub const fn display_size(self, width: u64, height: u64) -> (u64, u64) {
        if self.swaps_sides() { (height, width) } else { (width, height) }
    }
}

impl Fit for Orientation {
    fn fit(value: Value) -> Result<Self, Value> {
        u64::fit(value).and_then(|number| Self::from_exif(number).ok_or_else(|| number.into()))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.value())
    }
}

impl Serialize for Orientation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.write(serializer)
    }
}

impl<'de> Deserialize<'de> for Orientation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::fit(Value::deserialize(deserializer)?)
            .map_err(|value| D::Error::custom(format_args!("orientation {value}: expected 1 to 8")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eight_values_are_told_apart() {
        for value in 1..=8 {
            let orientation = Orientation::from_exif(value).unwrap();
            assert_eq!(u64::from(orientation.value()), value);
            assert_eq!(serde_json::to_string(&orientation).unwrap(), value.to_string());
            assert_eq!(Orientation::fit(value.into()), Ok(orientation));
            assert_eq!(orientation.swaps_sides(), (5..=8).contains(&value));
        }
    }

    #[test]
    fn anything_else_is_none() {
        for json in ["0", "9", "6.5", "-1", "\"6\"", "null"] {
            assert!(serde_json::from_str::<Orientation>(json).is_err(), "{json}");
            let value: Value = serde_json::from_str(json).unwrap();
            assert_eq!(Orientation::fit(value.clone()), Err(value));
        }
        assert!(serde_json::from_str::<Orientation>("6.0").is_ok());
    }
}
