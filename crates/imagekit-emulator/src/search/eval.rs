//! Evaluates an expression for an asset.

use serde_json::Value;

use super::field::{Field, Operand};
use super::operator::Operator;
use super::parser::Expr;
use super::region::Point;
use crate::api::Asset;
use crate::emulator::Emulator;
use crate::library::names;

pub(super) fn holds(expr: &Expr, asset: &Asset<'_>) -> bool {
    match expr {
        Expr::All(parts) => parts.iter().all(|part| holds(part, asset)),
        Expr::Any(parts) => parts.iter().any(|part| holds(part, asset)),
        Expr::Not(part) => !holds(part, asset),
        Expr::Exists(field) => any_held(field, asset, |_| true),
        Expr::Compare(Field::Path, operator, values) => {
            values.iter().filter_map(Operand::text).any(|path| is_in(asset, path, *operator))
        }
        Expr::Compare(Field::LocationTaken, _, values) => place(asset).is_some_and(|place| {
            values.iter().any(|value| match value {
                Operand::Region(region) => region.contains(place),
                _ => false,
            })
        }),
        Expr::Compare(field, operator, values) => any_held(field, asset, |held| {
            values.iter().any(|value| compare(held, *operator, value))
        }),
    }
}

/// A value that an asset holds in a field.
#[derive(Clone, Copy)]
enum Held<'a> {
    Text(&'a str),
    Number(f64),
    Flag(bool),
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

fn compare(held: Held<'_>, operator: Operator, value: &Operand) -> bool {
    match (held, value) {
        (Held::Text(held), Operand::Text(value)) => match operator {
            Operator::Equal => held == value,
            Operator::Begins => held.starts_with(value.as_str()),
            Operator::Has => held.to_lowercase().contains(&value.to_lowercase()),
            Operator::Less => held < value.as_str(),
            Operator::AtMost => held <= value.as_str(),
            Operator::More => held > value.as_str(),
            Operator::AtLeast => held >= value.as_str(),
        },
        (Held::Number(held), Operand::Number(value)) => match operator {
            Operator::Equal | Operator::Begins => held == *value,
            Operator::Has => false,
            Operator::Less => held < *value,
            Operator::AtMost => held <= *value,
            Operator::More => held > *value,
            Operator::AtLeast => held >= *value,
        },
        (Held::Flag(held), Operand::Flag(value)) => operator == Operator::Equal && held == *value,
        _ => false,
    }
}

/// Whether a test is true of a value that an asset holds in a field: it can hold none, one or
/// several.
fn any_held(field: &Field, asset: &Asset<'_>, test: impl Fn(Held<'_>) -> bool) -> bool {
    let number = |number: Option<f64>| number.is_some_and(|number| test(Held::Number(number)));
    let flag = |flag: Option<bool>| flag.is_some_and(|flag| test(Held::Flag(flag)));
    let version = asset.version();
    let fields = version.map(|version| &version.fields);
    let facts = version.map(|version| &version.content.facts);
    let metadata = facts.map(|facts| &facts.inspection.metadata);
    match field {
        Field::Name => test(Held::Text(asset.name())),
        Field::Kind => test(Held::Text(asset.kind())),
        Field::Id => test(Held::Text(&asset.id().to_string())),
        Field::Path => test(Held::Text(asset.parent())),
        Field::CreatedBy => test(Held::Text(Emulator::USER)),
        Field::LocationTaken => place(asset).is_some() && test(Held::Flag(true)),
        Field::Format => {
            let format = metadata.and_then(|metadata| metadata.format.as_deref());
            format.is_some_and(|format| test(Held::Text(format)))
        }
        // Tags of extensions are found like others.
        Field::Tags => fields.is_some_and(|fields| {
            let ai_tags = fields.ai_tags.iter().map(|tag| &tag.name);
            fields.tags.iter().chain(ai_tags).any(|tag| test(Held::Text(tag)))
        }),
        Field::CreatedAt => number(Some(asset.created_at().millis() as f64)),
        Field::UpdatedAt => number(Some(asset.updated_at().millis() as f64)),
        Field::Width => number(metadata.and_then(|metadata| metadata.width).map(f64::from)),
        Field::Height => number(metadata.and_then(|metadata| metadata.height).map(f64::from)),
        Field::Size => number(version.map(|version| version.content.size as f64)),
        Field::Private => flag(fields.map(|fields| fields.is_private)),
        Field::Published => flag(fields.map(|fields| fields.is_published)),
        Field::Transparency => flag(metadata.and_then(|metadata| metadata.has_transparency)),
        Field::Custom(name) => {
            let value = fields.and_then(|fields| fields.custom_metadata.get(name));
            value.is_some_and(|value| any_in_json(value, &test))
        }
        Field::Embedded(name) => {
            let value = facts.and_then(|facts| facts.embedded.get(name));
            value.is_some_and(|value| any_in_json(value, &test))
        }
    }
}

/// Where a photo was taken.
fn place(asset: &Asset<'_>) -> Option<Point> {
    let embedded = &asset.version()?.content.facts.embedded;
    let degrees = |key: &str| embedded.get(key)?.as_f64();
    Some(Point { latitude: degrees("GPSLatitude")?, longitude: degrees("GPSLongitude")? })
}

fn any_in_json(value: &Value, test: &impl Fn(Held<'_>) -> bool) -> bool {
    match value {
        Value::String(text) => test(Held::Text(text)),
        Value::Number(number) => number.as_f64().is_some_and(|number| test(Held::Number(number))),
        Value::Bool(flag) => test(Held::Flag(*flag)),
        Value::Array(items) => items.iter().any(|item| any_in_json(item, test)),
        Value::Null | Value::Object(_) => false,
    }
}
