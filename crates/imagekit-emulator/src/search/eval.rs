//! Evaluates an expression for an asset.

use serde_json::Value;

use super::field::{Field, Operand};
use super::parser::{Expr, Operator};
use super::region::Point;
use crate::api::Asset;
use crate::emulator::Emulator;
use crate::library::names;

pub(super) fn holds(expr: &Expr, asset: &Asset<'_>) -> bool {
    match expr {
        Expr::All(parts) => parts.iter().all(|part| holds(part, asset)),
        Expr::Any(parts) => parts.iter().any(|part| holds(part, asset)),
        Expr::Not(part) => !holds(part, asset),
        Expr::Exists(field) => !held(field, asset).is_empty(),
        Expr::Compare(Field::Path, operator, values) => {
            values.iter().filter_map(Operand::text).any(|path| is_in(asset, path, *operator))
        }
        Expr::Compare(Field::LocationTaken, _, values) => place(asset).is_some_and(|place| {
            values.iter().any(|value| match value {
                Operand::Region(region) => region.contains(place),
                _ => false,
            })
        }),
        Expr::Compare(field, operator, values) => {
            let held = held(field, asset);
            values.iter().any(|value| held.iter().any(|held| compare(held, *operator, value)))
        }
    }
}

/// `path`: `=` is one folder, `:` a folder and everything below it.
fn is_in(asset: &Asset<'_>, path: &str, operator: Operator) -> bool {
    let path = names::normal_path(path);
    match operator {
        Operator::Equal => asset.parent() == path,
        Operator::Begins => names::is_within(asset.parent(), &path),
        _ => false,
    }
}

fn compare(held: &Operand, operator: Operator, value: &Operand) -> bool {
    match (held, value) {
        (Operand::Text(held), Operand::Text(value)) => match operator {
            Operator::Equal => held == value,
            Operator::Begins => held.starts_with(value.as_str()),
            Operator::Has => held.to_lowercase().contains(&value.to_lowercase()),
            Operator::Less => held < value,
            Operator::AtMost => held <= value,
            Operator::More => held > value,
            Operator::AtLeast => held >= value,
        },
        (Operand::Number(held), Operand::Number(value)) => match operator {
            Operator::Equal | Operator::Begins => held == value,
            Operator::Has => false,
            Operator::Less => held < value,
            Operator::AtMost => held <= value,
            Operator::More => held > value,
            Operator::AtLeast => held >= value,
        },
        (Operand::Flag(held), Operand::Flag(value)) => operator == Operator::Equal && held == value,
        _ => false,
    }
}

/// What an asset holds in a field: nothing, one value or several.
fn held(field: &Field, asset: &Asset<'_>) -> Vec<Operand> {
    let one_text = |text: &str| vec![Operand::Text(text.to_owned())];
    let number = |number: Option<f64>| number.map(Operand::Number).into_iter().collect();
    let flag = |flag: Option<bool>| flag.map(Operand::Flag).into_iter().collect();
    let version = asset.version();
    let fields = version.map(|version| &version.fields);
    let metadata = version.map(|version| &version.content.facts.inspection.metadata);
    match field {
        Field::Name => one_text(asset.name()),
        Field::CreatedBy => one_text(Emulator::USER),
        Field::LocationTaken => place(asset).map(|_| Operand::Flag(true)).into_iter().collect(),
        Field::Kind => one_text(asset.kind()),
        Field::Id => vec![Operand::Text(asset.id().to_string())],
        Field::Path => one_text(asset.parent()),
        Field::Format => metadata
            .and_then(|metadata| metadata.format.as_deref())
            .map(one_text)
            .unwrap_or_default(),
        // Tags of extensions are found like others.
        Field::Tags => fields
            .iter()
            .flat_map(|fields| fields.tags.iter().chain(fields.ai_tags.iter().map(|tag| &tag.name)))
            .map(|tag| Operand::Text(tag.as_ref().to_owned()))
            .collect(),
        Field::CreatedAt => number(Some(asset.created_at().millis() as f64)),
        Field::UpdatedAt => number(Some(asset.updated_at().millis() as f64)),
        Field::Width => number(metadata.and_then(|metadata| metadata.width).map(f64::from)),
        Field::Height => number(metadata.and_then(|metadata| metadata.height).map(f64::from)),
        Field::Size => number(version.map(|version| version.content.size as f64)),
        Field::Private => flag(fields.map(|fields| fields.is_private)),
        Field::Published => flag(fields.map(|fields| fields.is_published)),
        Field::Transparency => flag(metadata.and_then(|metadata| metadata.has_transparency)),
        Field::Custom(name) => fields
            .and_then(|fields| fields.custom_metadata.get(name))
            .map(of_json)
            .unwrap_or_default(),
        Field::Embedded(name) => version
            .and_then(|version| version.content.facts.embedded.get(name).map(of_json))
            .unwrap_or_default(),
    }
}

/// Where a photo was taken.
fn place(asset: &Asset<'_>) -> Option<Point> {
    let embedded = &asset.version()?.content.facts.embedded;
    let degrees = |key: &str| embedded.get(key)?.as_f64();
    Some(Point { latitude: degrees("GPSLatitude")?, longitude: degrees("GPSLongitude")? })
}

fn of_json(value: &Value) -> Vec<Operand> {
    match value {
        Value::String(text) => vec![Operand::Text(text.clone())],
        Value::Number(number) => number.as_f64().map(Operand::Number).into_iter().collect(),
        Value::Bool(flag) => vec![Operand::Flag(*flag)],
        Value::Array(items) => items.iter().flat_map(of_json).collect(),
        Value::Null | Value::Object(_) => Vec::new(),
    }
}
