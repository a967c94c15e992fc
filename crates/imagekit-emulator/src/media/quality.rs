//! JPEG quality, estimated from the quantisation tables.

/// Luminance table of the JPEG standard (Annex K.1), row by row.
const LUMINANCE: [u16; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, //
    12, 12, 14, 19, 26, 58, 60, 55, //
    14, 13, 16, 24, 40, 57, 69, 56, //
    14, 17, 22, 29, 51, 87, 80, 62, //
    18, 22, 37, 56, 68, 109, 103, 77, //
    24, 35, 55, 64, 81, 104, 113, 92, //
    49, 64, 78, 87, 103, 121, 120, 101, //
    72, 92, 95, 98, 112, 100, 103, 99,
];

/// Chrominance table of the JPEG standard (Annex K.2), row by row.
const CHROMINANCE: [u16; 64] = [
    17, 18, 24, 47, 99, 99, 99, 99, //
    18, 21, 26, 66, 99, 99, 99, 99, //
    24, 26, 56, 99, 99, 99, 99, 99, //
    47, 66, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99,
];

/// Where the elements of a stored (zigzag) table stand, row by row.
const ZIGZAG: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

type Table = [u16; 64];

/// The tables with the numbers 0 (luminance, by custom) and 1 (chrominance), row by row.
#[derive(Default)]
pub(super) struct QuantisationTables {
    luminance: Option<Table>,
    chrominance: Option<Table>,
}

impl QuantisationTables {
    /// Reads the body of a DQT segment, which may hold several tables.
    pub(super) fn read_segment(&mut self, mut body: &[u8]) {
        while let Some((head, rest)) = body.split_first() {
            let size = if head >> 4 == 0 { 1 } else { 2 };
            let Some((stored, rest)) = rest.split_at_checked(64 * size) else { return };
            let mut table = [0; 64];
            for (value, at) in stored.chunks_exact(size).zip(ZIGZAG) {
                if let Some(slot) = table.get_mut(at) {
                    *slot = value.iter().fold(0, |sum, byte| sum << 8 | u16::from(*byte));
                }
            }
            match head & 15 {
                0 => self.luminance = Some(table),
                1 => self.chrominance = Some(table),
                _ => {}
            }
            body = rest;
        }
    }

    /// The quality from 1 to 100 whose scaled standard tables (as libjpeg scales them) are
    /// nearest to these; 0 without tables. Exact for files of libjpeg and its kin.
    pub(super) fn quality(&self) -> u8 {
        let pairs = [(&self.luminance, &LUMINANCE), (&self.chrominance, &CHROMINANCE)];
        let present: Vec<_> =
            pairs.into_iter().filter_map(|(own, base)| Some((own.as_ref()?, base))).collect();
        if present.is_empty() {
            return 0;
        }
        let distance = |quality: &u8| -> u32 {
            present.iter().map(|(own, base)| table_distance(own, base, *quality)).sum()
        };
        (1..=100).min_by_key(distance).unwrap_or(0)
    }
}

fn table_distance(own: &Table, base: &Table, quality: u8) -> u32 {
    let quality = u32::from(quality);
    let scale = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    let scaled = base.iter().map(|value| ((u32::from(*value) * scale + 50) / 100).clamp(1, 255));
    own.iter().zip(scaled).map(|(own, scaled)| u32::from(*own).abs_diff(scaled)).sum()
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;

    use crate::media::inspect;

    #[test]
    fn quality_is_read_back() {
        let image = image::RgbImage::from_fn(16, 16, |x, y| image::Rgb([x as u8 * 9, y as u8, 7]));
        for quality in [1, 10, 25, 50, 75, 80, 90, 95, 100] {
            let mut file = Vec::new();
            image.write_with_encoder(JpegEncoder::new_with_quality(&mut file, quality)).unwrap();
            assert_eq!(inspect(&file).metadata.quality, Some(quality));
        }
    }
}
