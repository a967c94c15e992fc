//! `cargo xtask conformance SUITE FILE...`: the project against reference data.

mod auth;
mod phash;
pub mod report;
mod webhooks;

use serde_json::Value;

/// Runs the suite named by `args` over the files that follow; whether nothing failed.
pub fn run(args: &[String]) -> Result<bool, String> {
    let [suite, files @ ..] = args else { return Err("conformance SUITE FILE...".to_owned()) };
    let run = match suite.as_str() {
        "auth" => auth::run,
        "phash" => phash::run,
        "webhooks" => webhooks::run,
        other => return Err(format!("no suite {other}")),
    };
    let mut report = report::Report::default();
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        run(&text, &mut report).map_err(|error| format!("{file}: {error}"))?;
    }
    Ok(report.finish())
}

/// The cases of a file of vectors.
fn vectors(text: &str) -> Result<Vec<Value>, String> {
    let mut file: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    match file["vectors"].take() {
        Value::Array(vectors) => Ok(vectors),
        _ => Err("no list of vectors".to_owned()),
    }
}

fn id(vector: &Value) -> &str {
    vector["id"].as_str().unwrap_or("(no id)")
}
