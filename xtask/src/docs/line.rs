//! The line in the docs of a request type that shows its operation.

use super::source::{Source, type_line};
use imagekit_proto::Operation;

/// Brings the line of every request type up to date. Returns what was out of date.
pub fn update(source: &mut Source) -> Result<Vec<String>, String> {
    let mut changes = Vec::new();
    for (operation, request) in source.requests.clone() {
        let name = request.rsplit("::").next().unwrap_or_default();
        let (path, text) = source.definition(name)?;
        let new = with_line(text, name, operation)
            .ok_or_else(|| format!("{path}: {name} has no docs, so write its first paragraph"))?;
        if *text != new {
            changes.push(format!(
                "operation {}: the line after the first paragraph of the docs of {name} in {path} \
                 is out of date: run cargo xtask docs",
                operation.id
            ));
            *text = new;
        }
    }
    Ok(changes)
}

/// The line, in two source lines.
fn line(operation: &Operation) -> [String; 2] {
    let Operation { method, path, idempotency, docs, .. } = operation;
    [
        format!("/// `{method} {path}` · [documentation]({docs})"),
        format!("/// · [`{idempotency:?}`](Idempotency::{idempotency:?})"),
    ]
}

/// `text` with the line of `operation` after the first paragraph of the docs of the type `name`.
pub(super) fn with_line(text: &str, name: &str, operation: &Operation) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let end = type_line(text, name)?;
    let is_above = |line: &&&str| line.starts_with("///") || line.starts_with("#[");
    let begin = end - lines.get(..end)?.iter().rev().take_while(is_above).count();
    let docs = lines.get(begin..end)?.iter().take_while(|line| line.starts_with("///")).count();
    if docs == 0 {
        return None;
    }
    let block = lines.get(begin..begin + docs)?;
    let paragraph = block.iter().position(|line| *line == "///").unwrap_or(block.len());
    let after = block.get(paragraph..)?.iter().skip_while(|line| **line == "///").copied();
    let mut after: Vec<&str> = after.collect();
    if after.first().is_some_and(|line| line.starts_with("/// `") && line.contains("](")) {
        let old = after.iter().position(|line| *line == "///").unwrap_or(after.len());
        after.drain(..old);
    }
    let after = after.into_iter().skip_while(|line| *line == "///");

    let [first, second] = line(operation);
    let mut new: Vec<&str> = lines.get(..begin + paragraph)?.to_vec();
    new.extend(["///", &first, &second]);
    let mut after = after.peekable();
    if after.peek().is_some() {
        new.push("///");
    }
    new.extend(after);
    new.extend(lines.get(begin + docs..)?);
    Some(new.join("\n") + "\n")
}
