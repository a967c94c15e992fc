//! The `Range` header.

/// What a `Range` header selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Range {
    Whole,
    Part(std::ops::Range<usize>),
    Unsatisfiable,
}

/// Reads one range of bytes. Anything else, several ranges among it, selects the whole, as RFC 9110
/// allows.
pub(super) fn select(header: &str, size: usize) -> Range {
    let Some(range) = header.trim().strip_prefix("bytes=") else { return Range::Whole };
    let Some((first, last)) = range.split_once('-') else { return Range::Whole };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number beyond every size is as good as the largest one.
        digits.then(|| text.parse::<usize>().unwrap_or(usize::MAX))
    };
    let (first, last) = (first.trim(), last.trim());
    let part = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Some(first), None) if last.is_empty() => first..size,
        (None, Some(length)) if first.is_empty() => size.saturating_sub(length)..size,
        _ => return Range::Whole,
    };
    if part.is_empty() { Range::Unsatisfiable } else { Range::Part(part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (header, expected) in [
            ("bytes=0-0", Range::Part(0..1)),
            ("bytes=2-", Range::Part(2..10)),
            ("bytes=-3", Range::Part(7..10)),
            ("bytes=-30", Range::Part(0..10)),
            ("bytes=5-99999999999999999999999", Range::Part(5..10)),
            ("bytes=10-", Range::Unsatisfiable),
            ("bytes=-0", Range::Unsatisfiable),
            ("bytes=3-2", Range::Whole),
            ("bytes=0-1,3-4", Range::Whole),
            ("bytes=-", Range::Whole),
            ("bytes=+1-2", Range::Whole),
            ("items=0-1", Range::Whole),
        ] {
            assert_eq!(select(header, 10), expected, "{header}");
        }
        assert_eq!(select("bytes=0-", 0), Range::Unsatisfiable);
    }
}
