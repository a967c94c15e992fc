//! AVIF and HEIC (ISO/IEC 23008-12): items in a `meta` box, and properties that they share.

use std::borrow::Cow;

use super::boxes::{Reader, boxes, child, descend, full};
use super::{Parts, be16, be32, mp4};

/// Most bytes of one metadata item that are read.
const MAX_ITEM: usize = 16 << 20;
/// Most properties and most extents that are looked at: those of hostile files cost no bytes.
const MAX_PROPERTIES: usize = 1024;
const MAX_EXTENTS: u64 = 1 << 16;

/// Reads the primary item's properties and the items that hold EXIF and XMP.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    let meta = child(bytes, b"meta").and_then(full).map(|(_, _, body)| body);
    let Some(meta) = meta else {
        // A sequence without a still image is a video track.
        return Parts { dimensions: mp4::video(bytes).dimensions, ..Parts::default() };
    };
    let mut parts = Parts { turn: Some(1), ..Parts::default() };
    properties(&mut parts, meta);
    let item = |wanted| item_of_type(meta, wanted).and_then(|id| data(bytes, meta, id));
    parts.exif = item(Item::Exif).and_then(behind_offset);
    parts.xmp.extend(item(Item::Xmp));
    if parts.dimensions.is_none() {
        parts.dimensions = mp4::video(bytes).dimensions;
    }
    parts
}

fn properties(parts: &mut Parts<'_>, meta: &[u8]) {
    let Some(all) = descend(meta, &[b"iprp", b"ipco"]) else { return };
    let all: Vec<_> = boxes(all).take(MAX_PROPERTIES).collect();
    // An auxiliary image of this kind belongs to the image that is shown.
    parts.alpha = Some(all.iter().any(|property| {
        let kind = full(property.body).map(|(_, _, kind)| kind).unwrap_or_default();
        property.kind == *b"auxC"
            && [&b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"[..], b"urn:mpeg:hevc:2015:auxid:1"]
                .iter()
                .any(|alpha| kind.starts_with(alpha))
    }));
    for index in associations(meta).unwrap_or_default() {
        let Some(property) = index.checked_sub(1).and_then(|index| all.get(index)) else {
            continue;
        };
        match &property.kind {
            b"ispe" => parts.dimensions = be32(property.body, 4).zip(be32(property.body, 8)),
            b"irot" => {
                // Quarter turns against the clock, in EXIF's numbers.
                let quarters = property.body.first().map_or(0, |angle| usize::from(angle & 3));
                parts.turn = [1, 8, 3, 6].get(quarters).copied();
            }
            b"colr" => {
                let kind = property.body.get(..4).unwrap_or_default();
                parts.colour_profile |= kind == b"prof" || kind == b"rICC";
            }
            _ => {}
        }
    }
}

/// The properties of the primary item, counted from 1.
fn associations(meta: &[u8]) -> Option<Vec<usize>> {
    let (version, _, body) = child(meta, b"pitm").and_then(full)?;
    let primary = if version == 0 { be16(body, 0)?.into() } else { be32(body, 0)? };
    let (version, flags, body) = descend(meta, &[b"iprp", b"ipma"]).and_then(full)?;
    let mut reader = Reader(body);
    for _ in 0..reader.number(4)? {
        let item = reader.number(if version < 1 { 2 } else { 4 })?;
        let count = reader.number(1)?;
        let mut found = Vec::new();
        for _ in 0..count {
            // The highest bit says that the property is essential.
            let index = match flags & 1 {
                0 => reader.number(1)? & 0x7f,
                _ => reader.number(2)? & 0x7fff,
            };
            found.push(usize::try_from(index).ok()?);
        }
        if item == u64::from(primary) {
            return Some(found);
        }
    }
    None
}

#[derive(Clone, Copy, PartialEq)]
enum Item {
    Exif,
    Xmp,
}

/// The first item of a type, by the entries of `iinf`.
fn item_of_type(meta: &[u8], wanted: Item) -> Option<u64> {
    let (version, _, body) = child(meta, b"iinf").and_then(full)?;
    let entries = body.get(if version == 0 { 2 } else { 4 }..)?;
    boxes(entries).filter(|entry| entry.kind == *b"infe").find_map(|entry| {
        let (version, _, body) = full(entry.body)?;
        let mut reader = Reader(body);
        let id = reader.number(match version {
            2 => 2,
            3 => 4,
            _ => return None,
        })?;
        let _protection = reader.number(2)?;
        let (kind, names) = reader.0.split_first_chunk::<4>()?;
        let found = match kind {
            b"Exif" => Item::Exif,
            // A name, then the content type, both ended by NUL.
            b"mime" if names.split(|byte| *byte == 0).nth(1)? == b"application/rdf+xml" => {
                Item::Xmp
            }
            _ => return None,
        };
        (found == wanted).then_some(id)
    })
}

/// The bytes of an item by its extents in `iloc`; of several extents a copy.
fn data<'a>(file: &'a [u8], meta: &'a [u8], wanted: u64) -> Option<Cow<'a, [u8]>> {
    let (version, _, body) = child(meta, b"iloc").and_then(full)?;
    let mut reader = Reader(body);
    let sizes = reader.number(2)?;
    let nibble = |shift: u32| (sizes >> shift & 0xf) as u8;
    let (offset_size, length_size, base_size) = (nibble(12), nibble(8), nibble(4));
    let index_size = if version > 0 { nibble(0) } else { 0 };
    if [offset_size, length_size, base_size, index_size].iter().any(|size| *size > 8) {
        return None;
    }
    let wide = if version < 2 { 2 } else { 4 };
    let idat = child(meta, b"idat").unwrap_or_default();
    let mut seen = 0;
    for _ in 0..reader.number(wide)? {
        let id = reader.number(wide)?;
        let method = if version > 0 { reader.number(2)? & 0xf } else { 0 };
        let _reference = reader.number(2)?;
        let base = reader.number(base_size)?;
        let source = match method {
            0 => file,
            1 => idat,
            _ => &[],
        };
        let mut item = Cow::Borrowed(&[][..]);
        let extents = reader.number(2)?;
        seen += extents;
        if seen > MAX_EXTENTS {
            return None;
        }
        for _ in 0..extents {
            let _index = reader.number(index_size)?;
            let start = usize::try_from(base.checked_add(reader.number(offset_size)?)?).ok()?;
            let length = usize::try_from(reader.number(length_size)?).ok()?;
            if id != wanted {
                continue;
            }
            // No length means up to the end.
            let rest = source.get(start..)?;
            let extent = if length == 0 { rest } else { rest.get(..length)? };
            if item.len() + extent.len() > MAX_ITEM {
                return None;
            }
            if item.is_empty() {
                item = Cow::Borrowed(extent);
            } else {
                item.to_mut().extend_from_slice(extent);
            }
        }
        if id == wanted {
            return Some(item);
        }
    }
    None
}

/// An Exif item begins with the offset of the TIFF block from the end of that number.
fn behind_offset(item: Cow<'_, [u8]>) -> Option<Cow<'_, [u8]>> {
    let at = usize::try_from(be32(&item, 0)?).ok()?.checked_add(4)?;
    match item {
        Cow::Borrowed(bytes) => bytes.get(at..).map(Cow::Borrowed),
        Cow::Owned(mut bytes) => (at <= bytes.len()).then(|| Cow::Owned(bytes.split_off(at))),
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    fn made(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
    }

    /// A file whose primary item, the first, has the properties; items 2 and 3 are EXIF and
    /// XMP in the `idat` box.
    fn heif(properties: &[Vec<u8>]) -> Vec<u8> {
        let idat = b"\0\0\0\x02--MM\0*<x/>";
        let associated: Vec<u8> = (1..=properties.len() as u8).collect();
        let ipma =
            [&[0, 0, 0, 0, 0, 0, 0, 1, 0, 1, properties.len() as u8][..], &associated].concat();
        let iprp = [made(b"ipco", &properties.concat()), made(b"ipma", &ipma)].concat();
        let exif = made(b"infe", b"\x02\0\0\0\0\x02\0\0Exif\0");
        let xmp = made(b"infe", b"\x02\0\0\0\0\x03\0\0mime\0application/rdf+xml\0");
        let iinf = [&b"\0\0\0\0\0\x02"[..], &exif, &xmp].concat();
        // Offsets and lengths of one nibble-declared size, 4 bytes; construction method 1.
        let entry = |id: u8, at: u8, length: u8| {
            [0, id, 0, 1, 0, 0, 0, 1, 0, 0, 0, at, 0, 0, 0, length].to_vec()
        };
        let iloc = [&[1, 0, 0, 0, 0x44, 0, 0, 2][..], &entry(2, 0, 10), &entry(3, 10, 4)].concat();
        let meta = [
            &[0; 4][..],
            &made(b"pitm", &[0, 0, 0, 0, 0, 1]),
            &made(b"iinf", &iinf),
            &made(b"iloc", &iloc),
            &made(b"iprp", &iprp),
            &made(b"idat", idat),
        ];
        [made(b"ftyp", b"avif\0\0\0\0mif1"), made(b"meta", &meta.concat())].concat()
    }

    #[test]
    fn properties_give_size_rotation_profile_and_alpha() {
        let size = made(b"ispe", &[0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 9]);
        let alpha = made(b"auxC", b"\0\0\0\0urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0");
        let file = heif(&[size.clone(), made(b"irot", &[3]), made(b"colr", b"prof..."), alpha]);
        let full = parts(&file);
        assert_eq!((full.dimensions, full.turn), (Some((7, 9)), Some(6)));
        assert_eq!((full.alpha, full.colour_profile), (Some(true), true));
        let file = heif(&[size, made(b"colr", b"nclx...")]);
        let plain = parts(&file);
        assert_eq!((plain.dimensions, plain.turn), (Some((7, 9)), Some(1)));
        assert_eq!((plain.alpha, plain.colour_profile), (Some(false), false));
    }

    #[test]
    fn items_give_exif_and_xmp() {
        let file = heif(&[]);
        let parts = parts(&file);
        assert_eq!(parts.exif.as_deref(), Some(&b"MM\0*"[..]));
        assert_eq!(parts.xmp, [&b"<x/>"[..]]);
    }
}
