//! The perceptual hash: 64 bits of a discrete cosine transform.

use std::f64::consts::PI;

use super::sketch::SIDE;

/// The hash has one bit for each of the lowest 8 by 8 frequencies.
const LOW: usize = 8;
/// What a coefficient must exceed the median by: a wave half a grey level high. In an
/// almost flat image all else is the noise of its compression.
const NOISE: f64 = 0.5 * (SIDE * SIDE) as f64 / 4.0;

/// The hash of 32 rows of 32 grey values, as 16 hex digits.
///
/// A two-dimensional DCT-II, then of its 8 by 8 lowest frequencies without the constant row and
/// column one bit each, row by row from the highest bit on: set when the coefficient is clearly
/// above their median. ImageKit does not publish its own recipe; hashes of this one compare
/// among themselves.
pub(super) fn phash(pixels: &[f64]) -> String {
    format!("{:016x}", hash(pixels))
}

fn hash(pixels: &[f64]) -> u64 {
    let basis = basis();
    // One transform along the rows, one along the columns, both cut to the low frequencies.
    let rows: Vec<Vec<f64>> = pixels
        .chunks(SIDE)
        .map(|row| basis.iter().map(|wave| dot(wave, row.iter().copied())).collect())
        .collect();
    let mut low = Vec::with_capacity(LOW * LOW);
    for wave in &basis {
        for u in 0..LOW {
            let column = rows.iter().map(|row| row.get(u).copied().unwrap_or_default());
            low.push(dot(wave, column));
        }
    }
    let mut sorted = low.clone();
    sorted.sort_by(f64::total_cmp);
    let (before, after) = sorted.split_at(sorted.len() / 2);
    let middle = before.last().into_iter().chain(after.first());
    let median = middle.sum::<f64>() / 2.0;
    low.iter().fold(0, |bits, value| bits << 1 | u64::from(*value > median + NOISE))
}

/// The cosine waves of the frequencies 1 to 8.
fn basis() -> Vec<Vec<f64>> {
    let wave = |u: usize| {
        (0..SIDE).map(move |x| (PI * u as f64 * (2 * x + 1) as f64 / (2 * SIDE) as f64).cos())
    };
    (1..=LOW).map(|u| wave(u).collect()).collect()
}

fn dot(wave: &[f64], values: impl Iterator<Item = f64>) -> f64 {
    wave.iter().zip(values).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wave_sets_its_own_bit() {
        let basis = basis();
        // Frequency (vertical 1, horizontal 3) alone: bit 2 of the first row.
        let wave = |height: f64| -> Vec<f64> {
            basis[0].iter().flat_map(|y| basis[2].iter().map(move |x| x * y * height)).collect()
        };
        assert_eq!(hash(&wave(1.0)), 1 << (63 - 2));
        assert_eq!(hash(&wave(0.4)), 0);
    }

    #[test]
    fn a_flat_image_has_no_bits() {
        assert_eq!(phash(&[117.0; SIDE * SIDE]), "0000000000000000");
    }
}
