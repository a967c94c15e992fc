//! A small EXIF writer, for the photos that the emulator makes itself.

/// A tag's values.
pub(in crate::media) enum Field<'a> {
    /// Written with its closing NUL.
    Ascii(&'a str),
    Bytes(&'a [u8]),
    Undefined(&'a [u8]),
    Short(u16),
    Rational(&'a [(u32, u32)]),
}

/// Tags with their values; sorted when they are written.
pub(in crate::media) type Fields<'a> = Vec<(u16, Field<'a>)>;

/// The directories of a block, little-endian: IFD0 with pointers to the Exif and the GPS
/// directory, and IFD1 for a JPEG thumbnail. Everything together has to stay under 64 KiB,
/// which is what a JPEG segment holds.
pub(in crate::media) struct Block<'a> {
    pub(in crate::media) image: Fields<'a>,
    pub(in crate::media) exif: Fields<'a>,
    pub(in crate::media) gps: Fields<'a>,
    pub(in crate::media) thumbnail: &'a [u8],
}

/// A directory's entry ready to be laid out: tag, kind, count, bytes.
type Encoded = (u16, u16, u32, Vec<u8>);

impl Block<'_> {
    /// The block from the byte order mark on.
    pub(in crate::media) fn write(&self) -> Vec<u8> {
        let exif = encode(&self.exif);
        let gps = encode(&self.gps);
        let mut image = encode(&self.image);
        let long = |tag, value: usize| (tag, 4, 1, offset(value).to_vec());
        // Lay out from the front: header, IFD0, Exif, GPS, IFD1, thumbnail.
        let exif_at = 8 + size(&image) + 2 * 12;
        let gps_at = exif_at + size(&exif);
        let next_at = gps_at + size(&gps);
        image.push(long(super::tags::EXIF_OFFSET, exif_at));
        image.push(long(super::tags::GPS_INFO, gps_at));
        image.sort_by_key(|entry| entry.0);
        let mut next = vec![
            (0x0103, 3, 1, 6u16.to_le_bytes().to_vec()), // compressed as JPEG
            long(0x0201, 0),
            long(0x0202, self.thumbnail.len()),
        ];
        let thumbnail_at = next_at + size(&next);
        if let Some(entry) = next.get_mut(1) {
            *entry = long(0x0201, thumbnail_at);
        }
        let mut block = b"II*\0\x08\0\0\0".to_vec();
        lay_out(&mut block, &image, next_at);
        lay_out(&mut block, &exif, 0);
        lay_out(&mut block, &gps, 0);
        lay_out(&mut block, &next, 0);
        block.extend(self.thumbnail);
        block
    }
}

fn encode(fields: &Fields<'_>) -> Vec<Encoded> {
    let mut encoded: Vec<Encoded> = fields
        .iter()
        .map(|(tag, field)| {
            let (kind, element, bytes) = match field {
                Field::Bytes(bytes) => (1, 1, bytes.to_vec()),
                Field::Ascii(text) => (2, 1, [text.as_bytes(), b"\0"].concat()),
                Field::Short(value) => (3, 2, value.to_le_bytes().to_vec()),
                Field::Rational(values) => {
                    let parts = values.iter().flat_map(|(n, d)| [n.to_le_bytes(), d.to_le_bytes()]);
                    (5, 8, parts.flatten().collect())
                }
                Field::Undefined(bytes) => (7, 1, bytes.to_vec()),
            };
            (*tag, kind, u32::try_from(bytes.len() / element).unwrap_or(0), bytes)
        })
        .collect();
    encoded.sort_by_key(|entry| entry.0);
    encoded
}

/// Bytes that a directory takes with the values that do not fit into its entries.
fn size(entries: &[Encoded]) -> usize {
    let outside: usize = entries.iter().map(|entry| padded(&entry.3)).sum();
    2 + entries.len() * 12 + 4 + outside
}

/// Values start at even offsets; up to four bytes need no place of their own.
fn padded(bytes: &[u8]) -> usize {
    if bytes.len() <= 4 { 0 } else { bytes.len().next_multiple_of(2) }
}

fn lay_out(block: &mut Vec<u8>, entries: &[Encoded], next: usize) {
    let mut value_at = block.len() + 2 + entries.len() * 12 + 4;
    block.extend(u16::try_from(entries.len()).unwrap_or(0).to_le_bytes());
    for (tag, kind, count, bytes) in entries {
        block.extend(tag.to_le_bytes());
        block.extend(kind.to_le_bytes());
        block.extend(count.to_le_bytes());
        if bytes.len() <= 4 {
            let mut inside = [0; 4];
            inside.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
            block.extend(inside);
        } else {
            block.extend(offset(value_at));
            value_at += padded(bytes);
        }
    }
    block.extend(offset(next));
    for (_, _, _, bytes) in entries.iter().filter(|entry| entry.3.len() > 4) {
        block.extend(bytes);
        block.extend(std::iter::repeat_n(0, bytes.len() % 2));
    }
}

fn offset(at: usize) -> [u8; 4] {
    u32::try_from(at).unwrap_or(0).to_le_bytes()
}
