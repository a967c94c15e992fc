//! Random bits, sixteen calls' worth at a time: asking the system for each call costs more than
//! building its request.

use std::cell::Cell;

use crate::error::TransportError;

thread_local! {
    /// Values that were not handed out yet.
    static AHEAD: Cell<Vec<[u8; 16]>> = const { Cell::new(Vec::new()) };
}

/// Bits that nobody can guess, different for every call.
pub(crate) fn entropy() -> Result<u128, TransportError> {
    // At the end of a thread its store may be gone.
    let mut ahead = AHEAD.try_with(Cell::take).unwrap_or_default();
    if ahead.is_empty() {
        ahead.resize(16, [0; 16]);
        getrandom::fill(ahead.as_flattened_mut()).map_err(TransportError::Entropy)?;
    }
    let value = ahead.pop().unwrap_or_default();
    let _ = AHEAD.try_with(|store| store.set(ahead));
    Ok(u128::from_ne_bytes(value))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_value_comes_twice() {
        let values: HashSet<_> = (0..100).map(|_| entropy().unwrap()).collect();
        assert_eq!(values.len(), 100);
        assert!(!values.contains(&0));
    }
}
