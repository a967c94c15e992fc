//! The documentation is up to date; outdated documentation is found.

use super::line::with_line;
use super::source::Source;
use super::update;
use crate::tool;
use imagekit_proto::{Operation, operation};

fn source() -> Source {
    Source::read(&tool::root()).unwrap()
}

fn get_file_details() -> &'static Operation {
    operation::find("get-file-details").unwrap().operation()
}

#[test]
fn the_documentation_of_every_operation_is_up_to_date() {
    let changes = update(&mut source()).unwrap();
    assert!(changes.is_empty(), "{}", changes.join("\n"));
}

#[test]
fn a_row_that_is_missing_is_noticed() {
    let mut source = source();
    let module = source.module().unwrap();
    *module = module.lines().filter(|line| !line.contains("`get-file-details`")).fold(
        String::new(),
        |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        },
    );
    let changes = update(&mut source).unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert!(changes[0].starts_with("operation get-file-details: its row"), "{changes:?}");
    assert!(update(&mut source).unwrap().is_empty());
}

#[test]
fn a_line_that_is_wrong_is_noticed() {
    let mut source = source();
    let (_, text) = source.definition("GetFileDetails").unwrap();
    *text = text.replace("/// `GET /v1/files/", "/// `POST /v1/files/");
    let changes = update(&mut source).unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert!(changes[0].starts_with("operation get-file-details: the line"), "{changes:?}");
    assert!(update(&mut source).unwrap().is_empty());
}

#[test]
fn the_line_follows_the_first_paragraph() {
    let page = get_file_details().docs;
    let expected = format!(
        "/// Returns\n/// it.\n///\n/// `GET /v1/files/{{fileId}}/details` · [documentation]({page})\n\
         /// · [`Idempotent`](Idempotency::Idempotent)\n///\n/// More.\n#[derive(Debug)]\npub struct A {{}}\n"
    );
    let without = "/// Returns\n/// it.\n///\n/// More.\n#[derive(Debug)]\npub struct A {}\n";
    assert_eq!(with_line(without, "A", get_file_details()).unwrap(), expected);
    let old = expected.replace("GET", "PUT").replace("`Idempotent`", "`Other`");
    assert_eq!(with_line(&old, "A", get_file_details()).unwrap(), expected);
    assert_eq!(with_line(&expected, "A", get_file_details()).unwrap(), expected);
    assert_eq!(with_line("pub struct A {}\n", "A", get_file_details()), None);
}
