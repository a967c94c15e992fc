//! Suite `url`: options to a URL.

use super::{ordered::Json, report::Report, source::Source, vector};

pub(crate) fn run(text: &str, report: &mut Report) -> Result<(), String> {
    for case in vector::read(text)? {
        let actual = Source::read(&case.input).and_then(|source| {
            source.builder().build().map(Json::Text).map_err(|error| error.to_string())
        });
        case.judge(actual, report);
    }
    Ok(())
}
