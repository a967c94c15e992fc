//! Suite `transformations`: a list of transformations to its string.

use super::{ordered::Json, report::Report, vector};
use imagekit_proto::delivery::Transformations;

pub(crate) fn run(text: &str, report: &mut Report) -> Result<(), String> {
    for case in vector::read(text)? {
        let chain = serde_json::from_str::<Transformations>(&case.input.to_text());
        let actual = chain
            .map_err(|error| error.to_string())
            .and_then(|chain| chain.build().map(Json::Text).map_err(|error| error.to_string()));
        case.judge(actual, report);
    }
    Ok(())
}
