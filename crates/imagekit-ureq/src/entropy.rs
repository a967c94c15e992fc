//! Random bits of the system.

use crate::error::TransportError;

/// Returns unpredictable bits, fresh for every call. Nothing is kept between two calls, so that a
/// forked process does not repeat those of its parent.
pub(crate) fn entropy() -> Result<u128, TransportError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(TransportError::Entropy)?;
    Ok(u128::from_ne_bytes(bytes))
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
