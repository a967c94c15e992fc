//! The cases' operations.

use super::report::Report;
use imagekit_proto::operation::{self, Entry};

/// The operation of a case. A case of an operation that the table does not hold is skipped, with
/// a line.
pub fn find(id: &str, name: &str, report: &mut Report) -> Option<&'static Entry> {
    let found = operation::find(name);
    if found.is_none() {
        println!("SKIPPED {id}: the table has no operation `{name}`");
        report.skip();
    }
    found
}
