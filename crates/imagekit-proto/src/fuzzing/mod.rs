//! Bodies of the fuzz targets: functions of any bytes that panic only when the crate breaks one
//! of its promises. They live here so that `cargo test` runs them too.

#![expect(clippy::panic, reason = "a broken promise has to stop the fuzzer")]

mod call_machine;
mod input;
mod multipart;
mod path_and_query;

pub use call_machine::call_machine;
pub use multipart::multipart;
pub use path_and_query::path_and_query;

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{ProptestConfig, any, proptest};

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn call_machine(bytes in vec(any::<u8>(), 0..400)) {
            super::call_machine(&bytes);
        }

        #[test]
        fn multipart(bytes in vec(any::<u8>(), 0..400)) {
            super::multipart(&bytes);
        }

        #[test]
        fn path_and_query(bytes in vec(any::<u8>(), 0..400)) {
            super::path_and_query(&bytes);
        }
    }
}
