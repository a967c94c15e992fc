//! A small grey copy of an image, made from samples: the time it takes does not grow with the
//! image.

/// Sides of the copy.
pub(super) const SIDE: usize = 32;
/// Most rows, and most columns, that are sampled.
const MAX_SAMPLES: u32 = 512;

/// Grey values of cells, as sums of samples. An image smaller than the copy has fewer cells.
pub(super) struct Sketch {
    columns: Axis,
    rows: Axis,
    sums: Vec<(f64, u32)>,
}

/// Evenly spaced positions along a side, with the cell that each belongs to.
struct Axis {
    cells: usize,
    samples: Vec<(u32, usize)>,
}

impl Axis {
    fn new(length: u32) -> Self {
        let count = u64::from(length.min(MAX_SAMPLES));
        let cells = SIDE.min(count as usize);
        let sample = |index: u64| {
            let position = (2 * index + 1) * u64::from(length) / (2 * count);
            (position as u32, index as usize * cells / count as usize)
        };
        Self { cells, samples: (0..count).map(sample).collect() }
    }
}

/// Pixels of a row that are given: every one, or those of a pass of an interlaced image.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    pub(super) first: u32,
    pub(super) step: u32,
}

impl Columns {
    pub(super) const ALL: Self = Self { first: 0, step: 1 };
}

impl Sketch {
    pub(super) fn new(width: u32, height: u32) -> Self {
        let (columns, rows) = (Axis::new(width), Axis::new(height));
        let sums = vec![(0.0, 0); columns.cells * rows.cells];
        Self { columns, rows, sums }
    }

    /// Takes the samples of row `y`, if it is one of those that are sampled. `grey` gives the
    /// brightness of the pixel with an index among those that are given.
    pub(super) fn row(&mut self, y: u32, given: Columns, grey: impl Fn(usize) -> f64) {
        let Ok(found) = self.rows.samples.binary_search_by_key(&y, |(at, _)| *at) else { return };
        let Some((_, cell)) = self.rows.samples.get(found) else { return };
        let cells = self.sums.chunks_mut(self.columns.cells.max(1)).nth(*cell);
        let Some(cells) = cells else { return };
        for (x, cell) in &self.columns.samples {
            let Some(behind) = x.checked_sub(given.first) else { continue };
            if behind % given.step != 0 {
                continue;
            }
            if let Some((sum, count)) = cells.get_mut(*cell) {
                *sum += grey((behind / given.step) as usize);
                *count += 1;
            }
        }
    }

    /// Rows that are sampled, from top to bottom.
    pub(super) fn rows(&self) -> Vec<u32> {
        self.rows.samples.iter().map(|(y, _)| *y).collect()
    }

    /// 32 rows of 32 grey values, as the image is shown; `orientation` is EXIF's, 1 to 8.
    pub(super) fn upright(&self, orientation: u8) -> Vec<f64> {
        let last = SIDE - 1;
        let stored = |row: usize, column: usize| {
            let (row, column) = (row * self.rows.cells / SIDE, column * self.columns.cells / SIDE);
            let (sum, count) =
                self.sums.get(row * self.columns.cells + column).copied().unwrap_or_default();
            sum / f64::from(count.max(1))
        };
        let pixel = |index: usize| {
            let (row, column) = (index / SIDE, index % SIDE);
            match orientation {
                2 => stored(row, last - column),
                3 => stored(last - row, last - column),
                4 => stored(last - row, column),
                5 => stored(column, row),
                6 => stored(last - column, row),
                7 => stored(last - column, last - row),
                8 => stored(column, last - row),
                _ => stored(row, column),
            }
        };
        (0..SIDE * SIDE).map(pixel).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_means_of_samples() {
        for (width, height) in [(1u32, 1), (3, 500), (32, 32), (100, 1), (33, 4000)] {
            let mut sketch = Sketch::new(width, height);
            for y in 0..height {
                sketch.row(y, Columns::ALL, |x| (x as f64 + 0.5) / f64::from(width));
            }
            // Half a cell that is there, and half a cell of the copy.
            let near = 0.5 / f64::from(width.min(32)) + 0.5 / 32.0;
            for (index, value) in sketch.upright(1).iter().enumerate() {
                let middle = ((index % SIDE) as f64 + 0.5) / SIDE as f64;
                assert!((value - middle).abs() <= near, "{width}x{height} {index}: {value}");
            }
        }
    }

    #[test]
    fn a_row_may_come_in_parts() {
        let mut whole = Sketch::new(700, 9);
        let mut parts = Sketch::new(700, 9);
        for y in 0..9 {
            let grey = |x: usize| (x * 7 % 31) as f64 + f64::from(y);
            whole.row(y, Columns::ALL, grey);
            parts.row(y, Columns { first: 0, step: 2 }, |index| grey(index * 2));
            parts.row(y, Columns { first: 1, step: 2 }, |index| grey(index * 2 + 1));
        }
        assert_eq!(whole.upright(1), parts.upright(1));
    }

    #[test]
    fn orientations_turn_the_copy() {
        // Brighter to the right by 1, downwards by 100.
        let mut sketch = Sketch::new(32, 32);
        for y in 0..32 {
            sketch.row(y, Columns::ALL, |x| x as f64 + f64::from(y) * 100.0);
        }
        // The values of the first pixel and the one to its right.
        for (orientation, corner) in [
            (1, [0.0, 1.0]),
            (2, [31.0, 30.0]),
            (3, [3131.0, 3130.0]),
            (4, [3100.0, 3101.0]),
            (5, [0.0, 100.0]),
            (6, [3100.0, 3000.0]),
            (7, [3131.0, 3031.0]),
            (8, [31.0, 131.0]),
        ] {
            assert_eq!(sketch.upright(orientation)[..2], corner, "{orientation}");
        }
    }
}
