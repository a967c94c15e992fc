//! Tag numbers and names. Names are those of ImageKit's metadata API, which are ExifTool's;
//! the set is TIFF 6.0, EXIF 2.32 and 3.0, DNG, and what else is registered among them.

mod gps;
mod photo;
mod raw;
mod tiff;

use std::borrow::Cow;

pub(super) const EXIF_OFFSET: u16 = 0x8769;
pub(super) const GPS_INFO: u16 = 0x8825;
pub(super) const INTEROP_OFFSET: u16 = 0xa005;

/// What a tag's bytes mean beyond their declared type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// Nothing more.
    Plain,
    /// Text although declared as bytes.
    Text,
    /// Text behind an eight-byte character code.
    Comment,
    /// UTF-16, little-endian.
    Utf16,
    /// Photographer and editor.
    Copyright,
    /// Not for showing.
    Hidden,
}

/// A tag's name and form.
pub(super) struct Tag {
    pub(super) name: Cow<'static, str>,
    pub(super) form: Form,
}

/// A tag of IFD0, IFD1, the Exif or the interoperability directory.
pub(super) fn main(number: u16) -> Tag {
    let form = match number {
        0x0002 | 0x02bc | 0x9000 | 0x9009 | 0xa000 => Form::Text,
        0x8298 => Form::Copyright,
        0x9286 => Form::Comment,
        0x9c9b..=0x9c9f => Form::Utf16,
        0x927c | 0xea1c => Form::Hidden,
        _ => Form::Plain,
    };
    let table = match number {
        0..0x8298 => tiff::TAGS,
        0x8298..=0xa500 => photo::TAGS,
        _ => raw::TAGS,
    };
    named(table, number, form)
}

/// A tag of the GPS directory.
pub(super) fn gps(number: u16) -> Tag {
    let form = match number {
        0x001b | 0x001c => Form::Comment,
        _ => Form::Plain,
    };
    named(gps::TAGS, number, form)
}

fn named(table: &'static [(u16, &'static str)], number: u16, form: Form) -> Tag {
    let known = table.binary_search_by_key(&number, |(tag, _)| *tag).ok();
    let name = match known.and_then(|index| table.get(index)) {
        Some((_, name)) => Cow::Borrowed(*name),
        None => Cow::Owned(format!("{number:#06x}")),
    };
    Tag { name, form }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_so_that_every_tag_is_found() {
        for table in [gps::TAGS, tiff::TAGS, photo::TAGS, raw::TAGS] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0));
        }
        for (number, name) in [tiff::TAGS, photo::TAGS, raw::TAGS].concat() {
            assert_eq!(main(number).name, name);
        }
    }

    #[test]
    fn an_unknown_tag_goes_by_its_number() {
        assert_eq!(main(0xc5d8).name, "0xc5d8");
        assert_eq!(main(0x000a).name, "0x000a");
        assert_eq!(gps(0x00ff).name, "0x00ff");
        assert_eq!(main(0x9204).name, "ExposureCompensation");
    }
}
