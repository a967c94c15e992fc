//! Tests of the edits; `cargo xtask omissions` runs the cases.

use super::cases::{CASES, Edit};

#[test]
fn edits_change_a_text_or_say_that_they_cannot() {
    let text = "a\nb\nc\n";
    let edit = |edit: Edit| edit.apply(text);
    assert_eq!(edit(Edit::RemoveLines("b")).unwrap(), "a\nc\n");
    assert_eq!(edit(Edit::RemoveFrom("a", "c")).unwrap(), "c\n");
    assert_eq!(edit(Edit::Replace("b", "d")).unwrap(), "a\nd\nc\n");
    for missing in [
        Edit::RemoveLines("x"),
        Edit::RemoveFrom("x", "c"),
        Edit::RemoveFrom("b", "x"),
        Edit::Replace("x", "y"),
    ] {
        assert_eq!(edit(missing), None);
    }
}

#[test]
fn every_case_expects_a_message_about_the_endpoint() {
    for case in CASES {
        let named = ["label-file", "LabelFile", "label_file"];
        let names_it = case.message.iter().any(|part| named.iter().any(|name| part.contains(name)));
        assert!(names_it, "{}", case.name);
    }
}
