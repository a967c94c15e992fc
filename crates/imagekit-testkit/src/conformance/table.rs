//! The operations of the cases.

use super::report::Report;
use imagekit_proto::operation::{self, Entry};

/// Returns the operation `name`. Skips the case, with a line, when the table does not hold it.
pub(crate) fn find(id: &str, name: &str, report: &mut Report) -> Option<&'static Entry> {
    let found = operation::find(name);
    if found.is_none() {
        report.skip(id, format_args!("the table has no operation `{name}`"));
    }
    found
}
