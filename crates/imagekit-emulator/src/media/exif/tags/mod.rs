//! Tag numbers and names. Names are those of ImageKit's metadata API, which are ExifTool's;
//! the set is that of the service's reader: TIFF 6.0, EXIF 2.3, DNG 1.4, and what else is
//! registered among them. [`later`] holds those that it does not know.

mod gps;
mod later;
mod photo;
mod raw;
mod tiff;

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
    /// Bytes that stay a list of numbers, whatever type the file declares.
    Bytes,
    /// Photographer and editor.
    Copyright,
}

/// A tag's name and form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Tag {
    pub(super) name: &'static str,
    pub(super) form: Form,
    /// The service's reader knows the tag: it is part of `metadata.exif`.
    pub(super) in_groups: bool,
}

/// A tag of IFD0, IFD1, the Exif or the interoperability directory; `None` when it is unknown
/// or means nothing (`MakerNote`, `Padding`).
pub(super) fn main(number: u16) -> Option<Tag> {
    let form = match number {
        0x927c | 0xea1c => return None,
        0x0002 | 0x9000 | 0x9009 | 0xa000 => Form::Text,
        0x8298 => Form::Copyright,
        0x9286 => Form::Comment,
        0x02bc | 0x9c9b..=0x9c9f => Form::Bytes,
        _ => Form::Plain,
    };
    let table = match number {
        0..0x8298 => tiff::TAGS,
        0x8298..=0xa500 => photo::TAGS,
        _ => raw::TAGS,
    };
    let known = named(table, number).map(|name| Tag { name, form, in_groups: true });
    known.or_else(|| named(later::TAGS, number).map(|name| Tag { name, form, in_groups: false }))
}

/// A tag of the GPS directory.
pub(super) fn gps(number: u16) -> Option<Tag> {
    let form = match number {
        0x001b | 0x001c => Form::Comment,
        _ => Form::Plain,
    };
    named(gps::TAGS, number).map(|name| Tag { name, form, in_groups: true })
}

fn named(table: &[(u16, &'static str)], number: u16) -> Option<&'static str> {
    let index = table.binary_search_by_key(&number, |(tag, _)| *tag).ok()?;
    table.get(index).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_so_that_every_tag_is_found() {
        for table in [gps::TAGS, tiff::TAGS, photo::TAGS, raw::TAGS, later::TAGS] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0));
        }
        for (number, name) in [tiff::TAGS, photo::TAGS, raw::TAGS].concat() {
            if let Some(tag) = main(number) {
                assert_eq!((tag.name, tag.in_groups), (name, true));
            }
        }
        for (number, name) in later::TAGS {
            assert_eq!(main(*number).map(|tag| (tag.name, tag.in_groups)), Some((*name, false)));
        }
    }

    #[test]
    fn unknown_tags_and_private_bytes_have_no_name() {
        assert_eq!([0xc5d8, 0x000a, 0x5012, 0x927c, 0xea1c].map(main), [None; 5]);
        assert_eq!(gps(0x00ff), None);
        assert_eq!(main(0x9204).map(|tag| tag.name), Some("ExposureCompensation"));
    }
}
