//! EXIF, grouped and named as ImageKit's metadata API gives it.
//!
//! The TIFF reader is this module's own: the API shows pointers (`ExifOffset`, `GPSInfo`,
//! `InteropOffset`) and thumbnail offsets as plain numbers, which readers of higher level
//! follow and hide.
//!
//! How values come out, where the OpenAPI file's examples and schemas say or show it:
//!
//! | in the file | in JSON |
//! | --- | --- |
//! | one number | a number; integral ones without a fraction |
//! | several numbers | an array |
//! | a fraction `n/0` | `null`: the tag is there, a value is not |
//! | text | a string up to the first NUL, trailing spaces included |
//! | `UserComment` and the two GPS texts | the text behind the character code |
//! | other bytes (`ComponentsConfiguration`) | a string, one character a byte, NULs kept |
//! | `XPTitle` and its like, `ApplicationNotes` | an array of numbers, one a byte |
//!
//! The groups hold the tags and types that the service's reader knows, which is the npm package
//! `exif`. Later tags (`OffsetTime`, EXIF 3.0) and types (UTF-8, floating point) are kept aside
//! for `embeddedMetadata`, unknown ones are left out. So are `MakerNote` and `Padding`: the one
//! is a format of its own per maker, the other means nothing. A value that lies outside the block, is longer than 64 KiB or has no
//! elements is left out (an empty text stays, as `""`). Where a tag stands twice the later one
//! counts. In one block at most 1 MiB of values is read, so that a hostile file cannot make
//! much out of little.

mod tags;
mod text;
mod tiff;
mod value;
#[cfg(feature = "media")]
pub(super) mod write;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

pub(super) use text::{plain as latin_or_utf8, utf16_le};
pub(super) use tiff::is_tiff;
use tiff::{Directory, Tiff};

/// The EXIF groups of one image; a group that the file does not have is empty.
///
/// It serialises to all six groups, or to `{}` when all are empty: ImageKit sends both.
///
/// ```
/// use imagekit_emulator::media::exif::Exif;
///
/// // Little-endian TIFF: one directory with one entry, Orientation (0x0112) = 6.
/// let block = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
/// let exif = Exif::read(block).ok_or("not a TIFF block")?;
/// assert_eq!(exif.image["Orientation"], 6);
/// assert!(exif.gps.is_empty());
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Exif {
    /// IFD0: the main image (`Make`, `Orientation`, `ModifyDate`).
    pub image: Map<String, Value>,
    /// IFD1: the embedded thumbnail (`ThumbnailOffset` counts from the start of the block).
    pub thumbnail: Map<String, Value>,
    /// The Exif directory: how the picture was taken.
    pub exif: Map<String, Value>,
    /// The GPS directory.
    pub gps: Map<String, Value>,
    /// The interoperability directory.
    pub interoperability: Map<String, Value>,
    /// The maker's own note: always empty, no maker's format is read.
    pub makernote: Map<String, Value>,
    /// What only `embeddedMetadata` shows, of all directories but the thumbnail's.
    #[serde(skip)]
    later: Map<String, Value>,
}

impl Exif {
    /// Reads a block that starts with the TIFF byte order mark; `None` when it does not.
    /// A damaged block gives what can be read of it.
    pub fn read(block: &[u8]) -> Option<Self> {
        let tiff = Tiff::new(block)?;
        let mut budget = tiff::Budget::default();
        let mut later = Map::new();
        let mut group = |directory: Option<Directory>, tags: Tags, later: &mut _| match directory {
            Some(directory) => values(&tiff, &directory, tags, &mut budget, later),
            None => Map::new(),
        };
        let first = tiff.directory(tiff.first_offset());
        let second = first.as_ref().and_then(|d| tiff.directory(d.next?));
        let follow = |from: Option<&Directory>, tag| tiff.directory(tiff.pointer(from?, tag)?);
        let main = follow(first.as_ref(), tags::EXIF_OFFSET);
        let place = follow(first.as_ref(), tags::GPS_INFO);
        let interop = follow(main.as_ref(), tags::INTEROP_OFFSET);
        Some(Self {
            image: group(first, tags::main, &mut later),
            thumbnail: group(second, tags::main, &mut Map::new()),
            exif: group(main, tags::main, &mut later),
            gps: group(place, tags::gps, &mut later),
            interoperability: group(interop, tags::main, &mut later),
            makernote: Map::new(),
            later,
        })
    }

    /// Values that only `embeddedMetadata` shows.
    pub(super) fn later(&self) -> &Map<String, Value> {
        &self.later
    }

    /// How the stored pixels are to be turned, 1 (upright) to 8; 1 when the file does not say.
    pub fn orientation(&self) -> u8 {
        let value = self.image.get("Orientation").and_then(Value::as_u64);
        value.and_then(|v| u8::try_from(v).ok()).filter(|v| (1..=8).contains(v)).unwrap_or(1)
    }

    /// `XResolution` in dots per inch, when the unit is inches (the default) or centimetres.
    pub fn density(&self) -> Option<f64> {
        let x = self.image.get("XResolution")?.as_f64().filter(|x| *x > 0.0)?;
        match self.image.get("ResolutionUnit").and_then(Value::as_u64) {
            None | Some(2) => Some(x),
            Some(3) => Some(x * 2.54),
            _ => None,
        }
    }
}

/// The bytes of a tag of the first directory, as they stand.
pub(super) fn raw_tag(block: &[u8], tag: u16) -> Option<&[u8]> {
    let tiff = Tiff::new(block)?;
    let directory = tiff.directory(tiff.first_offset())?;
    tiff.entries(&directory).find(|entry| entry.tag == tag).map(|entry| entry.data)
}

impl Serialize for Exif {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let groups = [
            ("image", &self.image),
            ("thumbnail", &self.thumbnail),
            ("exif", &self.exif),
            ("gps", &self.gps),
            ("interoperability", &self.interoperability),
            ("makernote", &self.makernote),
        ];
        let mut map = serializer.serialize_map(None)?;
        if groups.iter().any(|(_, group)| !group.is_empty()) {
            for (name, group) in groups {
                map.serialize_entry(name, group)?;
            }
        }
        map.end()
    }
}

type Tags = fn(u16) -> Option<tags::Tag>;

/// The values of a directory; those that its group does not show go to `later`.
fn values(
    tiff: &Tiff<'_>,
    directory: &Directory,
    tags: Tags,
    budget: &mut tiff::Budget,
    later: &mut Map<String, Value>,
) -> Map<String, Value> {
    let mut map = Map::new();
    for entry in tiff.entries(directory) {
        let Some(tag) = tags(entry.tag) else { continue };
        if !budget.take(entry.data.len()) {
            continue;
        }
        if let Some(value) = value::to_json(&entry, tag.form, tiff.order()) {
            let shown = tag.in_groups && !entry.kind.is_later();
            let target = if shown { &mut map } else { &mut *later };
            target.insert(tag.name.to_owned(), value);
        }
    }
    map
}
