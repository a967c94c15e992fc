#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| imagekit_testkit::fuzzing::create_once_machine(bytes));
