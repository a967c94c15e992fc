#![cfg_attr(not(doctest), doc = include_str!("testing.md"))]
// `imagekit-testkit` compiles the examples: they need crates that this one does not.
