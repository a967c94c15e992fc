//! `checks` of an upload: conditions on the request, the file and its metadata.
//!
//! `"file.mime" : image AND "file.size" <= "10mb"`: fields in quotes, values with or without,
//! `AND`, `OR` and parentheses (the documentation of upload checks).

mod field;
mod parser;

use field::{Field, Held};
use serde_json::Value;

use crate::api::upload_form::UploadForm;
use crate::instant::Instant;
use crate::library::Content;
use crate::response::Problem;
use crate::search::field::size;
use crate::search::operator::Operator;

/// A condition.
#[derive(Debug, PartialEq)]
enum Expr {
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
    /// The field is in this relation to one of the values.
    Compare(Field, Operator, Vec<String>),
}

/// The checks of an upload.
#[derive(Debug, PartialEq)]
pub(crate) struct Checks(Expr);

impl Checks {
    pub(crate) fn parse(text: &str) -> Result<Self, Problem> {
        parser::parse(text).map(Self).map_err(|error| {
            let message = "Your request contains invalid syntax for the checks parameter.";
            let errors = serde_json::json!({ "checks": error.to_string() });
            Problem::bad_request(message).with("errors", errors)
        })
    }

    /// Refuses an upload that does not pass.
    pub(crate) fn run(&self, form: &UploadForm, content: &Content) -> Result<(), Problem> {
        if holds(&self.0, form, content)? {
            return Ok(());
        }
        Err(Problem::bad_request("Your request failed 'checks' validation."))
    }
}

fn holds(expr: &Expr, form: &UploadForm, content: &Content) -> Result<bool, Problem> {
    match expr {
        Expr::All(parts) => {
            for part in parts {
                if !holds(part, form, content)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Expr::Any(parts) => {
            for part in parts {
                if holds(part, form, content)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Expr::Not(part) => Ok(!holds(part, form, content)?),
        Expr::Compare(field, operator, values) => {
            let held = field.held(form, content)?;
            Ok(values.iter().any(|value| compare(&held, *operator, value)))
        }
    }
}

fn compare(held: &Held, operator: Operator, value: &str) -> bool {
    match held {
        Held::Nothing => false,
        Held::Flag(held) => value.parse() == Ok(*held),
        Held::Tags(tags) => tags.iter().any(|tag| tag == value),
        Held::Number(held) => {
            let value = value.parse::<f64>().ok().or_else(|| size(value));
            value.is_some_and(|value| ordered(operator, held.partial_cmp(&value)))
        }
        // A folder has no slash at its ends, and one behind it where it begins a path.
        Held::Folder(held) => match operator {
            Operator::Begins => format!("{held}/").starts_with(value.trim_start_matches('/')),
            _ => held == value.trim_matches('/'),
        },
        Held::Text(held) => match operator {
            Operator::Begins => held.starts_with(value),
            Operator::Has => held.contains(value),
            _ => match Instant::parse(held).zip(Instant::parse(value)) {
                Some((held, value)) => ordered(operator, Some(held.cmp(&value))),
                None => ordered(operator, Some(held.as_str().cmp(value))),
            },
        },
        Held::Open(held) => match held {
            Value::Null | Value::Object(_) => false,
            Value::Bool(flag) => compare(&Held::Flag(*flag), operator, value),
            Value::Number(number) => number
                .as_f64()
                .is_some_and(|number| compare(&Held::Number(number), operator, value)),
            Value::String(text) => compare(&Held::Text(text.clone()), operator, value),
            Value::Array(items) => {
                items.iter().any(|item| compare(&Held::Open(item.clone()), Operator::Equal, value))
            }
        },
    }
}

fn ordered(operator: Operator, order: Option<std::cmp::Ordering>) -> bool {
    order.is_some_and(|order| match operator {
        Operator::Equal | Operator::Begins | Operator::Has => order.is_eq(),
        Operator::Less => order.is_lt(),
        Operator::AtMost => order.is_le(),
        Operator::More => order.is_gt(),
        Operator::AtLeast => order.is_ge(),
    })
}
