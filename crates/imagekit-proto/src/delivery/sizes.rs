//! Widths in the attribute `sizes`.

/// Returns the smallest share of the viewport in `sizes`: a whole number of `vw` up to 199, at the
/// start or after white space. The published package reads it so.
pub(super) fn smallest_share(sizes: &str) -> Option<f64> {
    let mut smallest: Option<u32> = None;
    let mut at_start = true;
    let mut rest = sizes;
    while let Some(first) = rest.chars().next() {
        if at_start {
            if let Some(share) = leading_share(rest) {
                smallest = Some(smallest.map_or(share, |least| least.min(share)));
            }
        }
        at_start = first.is_whitespace() || first == '\u{feff}';
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    smallest.map(|share| f64::from(share) / 100.0)
}

/// Returns the number of a leading `<1 or 2 digits, or 3 that start with 1>vw`.
fn leading_share(text: &str) -> Option<u32> {
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.strip_suffix(after)?;
    let fits = match digits.len() {
        1 | 2 => true,
        3 => digits.starts_with('1'),
        _ => false,
    };
    if fits && after.starts_with("vw") { digits.parse().ok() } else { None }
}
