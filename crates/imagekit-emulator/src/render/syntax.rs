//! Transformation strings: from text to steps.

use imagekit_proto::delivery::Transformations;

use super::refusal::Refusal;
use crate::route::percent_decode;

/// A transformation string has at most this many characters.
const MAX_LENGTH: usize = 8 * 1024;
/// A layer may hold a layer, which may hold another one (the public docs, "nesting of layers").
const MAX_NESTING: usize = 3;

/// Parameters that are applied together, in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) items: Vec<Item>,
}

/// A part of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// `w-300`, `e-sharpen-10`; a parameter without a value has an empty one.
    Parameter {
        code: String,
        value: String,
    },
    Layer(Layer),
}

/// `l-text,...,l-end`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layer {
    /// `text`, `image` and others.
    pub(crate) kind: String,
    /// What stands between beginning and end; the first step holds the input and the position.
    pub(crate) steps: Vec<Step>,
}

impl Item {
    pub(crate) fn parameter(&self) -> Option<(&str, &str)> {
        match self {
            Self::Parameter { code, value } => Some((code, value)),
            Self::Layer(_) => None,
        }
    }
}

/// Parses a transformation string of a URL.
///
/// A string whose separators are all percent-encoded, as query encoders write them, is decoded
/// first. Otherwise values are decoded after the string is split, so that the text of a layer may
/// hold encoded separators.
pub(crate) fn parse(text: &str) -> Result<Vec<Step>, Refusal> {
    if text.len() > MAX_LENGTH {
        return Err(Refusal::Invalid(format!(
            "The transformation string is longer than {MAX_LENGTH} bytes."
        )));
    }
    if text.contains([',', ':']) { steps(text, 0) } else { steps(&percent_decode(text), 0) }
}

fn steps(text: &str, nesting: usize) -> Result<Vec<Step>, Refusal> {
    let chain: Transformations = with_dashed_ratios(text).parse()?;
    chain.steps().iter().map(|step| read_step(&step.to_string(), nesting)).collect()
}

fn read_step(text: &str, nesting: usize) -> Result<Step, Refusal> {
    let items = split_items(text).into_iter().map(|item| read_item(item, nesting));
    Ok(Step { items: items.collect::<Result<_, _>>()? })
}

fn read_item(item: &str, nesting: usize) -> Result<Item, Refusal> {
    let Some(layer) = item.strip_prefix("l-") else {
        // The name of an effect holds a dash itself.
        let name = item.strip_prefix("e-").map_or(0, |_| 2);
        let dash = item.get(name..).and_then(|rest| rest.find('-')).map(|at| at + name);
        let (code, value) = dash.and_then(|at| item.split_at_checked(at)).unwrap_or((item, ""));
        let value = percent_decode(value.strip_prefix('-').unwrap_or(value));
        return Ok(Item::Parameter { code: code.to_owned(), value });
    };
    if nesting >= MAX_NESTING {
        return Err(Refusal::Invalid(format!("Layers are nested more than {MAX_NESTING} deep.")));
    }
    let (kind, body) = layer.split_once(',').unwrap_or((layer, ""));
    let body = body.strip_suffix("l-end").unwrap_or(body);
    let body = body.strip_suffix(',').unwrap_or(body);
    Ok(Item::Layer(Layer { kind: kind.to_owned(), steps: steps(body, nesting + 1)? }))
}

/// The items of one step: parameters, and whole layers.
fn split_items(step: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let (mut start, mut end, mut depth) = (0, 0, 0_usize);
    for token in step.split_inclusive([',', ':']) {
        let name = token.trim_end_matches([',', ':']);
        end += token.len();
        if name == "l-end" {
            depth = depth.saturating_sub(1);
        } else if name.starts_with("l-") {
            depth += 1;
        }
        if depth == 0 {
            let item = step.get(start..end).unwrap_or_default();
            items.push(item.strip_suffix([',', ':']).unwrap_or(item));
            start = end;
        }
    }
    items
}

/// `ar-4:3` as `ar-4-3`: the colon of a ratio ends no step.
fn with_dashed_ratios(text: &str) -> String {
    let mut tokens = text.split(':').peekable();
    let mut joined = String::with_capacity(text.len());
    while let Some(token) = tokens.next() {
        joined.push_str(token);
        let Some(next) = tokens.peek() else { break };
        let item = token.rsplit([',', ':']).next().unwrap_or_default();
        let number = |text: &str| !text.is_empty() && text.parse::<f64>().is_ok();
        let ratio = item.strip_prefix("ar-").is_some_and(number)
            && number(next.split(',').next().unwrap_or_default());
        joined.push(if ratio { '-' } else { ':' });
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(steps: &[Step]) -> String {
        let item = |item: &Item| match item {
            Item::Parameter { code, value } => format!("{code}={value}"),
            Item::Layer(layer) => format!("{}[{}]", layer.kind, shown(&layer.steps)),
        };
        let step = |step: &Step| step.items.iter().map(item).collect::<Vec<_>>().join(" ");
        steps.iter().map(step).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn strings_are_split_into_steps_and_layers() {
        for (text, expected) in [
            ("w-300,h-200:rt-90", "w=300 h=200 | rt=90"),
            ("w-300%2Ch-200%3Art-90", "w=300 h=200 | rt=90"),
            ("e-sharpen-10,e-grayscale", "e-sharpen=10 e-grayscale="),
            ("e-usm-2-2-0.8-0.024", "e-usm=2-2-0.8-0.024"),
            ("w-400,ar-4:3:r-max", "w=400 ar=4-3 | r=max"),
            ("b-5_FF0000,x--3", "b=5_FF0000 x=-3"),
            ("l-text,i-a%2C%20b,fs-20,l-end", "text[i=a, b fs=20]"),
            ("l-text,i-l-end,l-end", "text[i=l-end]"),
            (
                "w-10,l-image,i-a@@b.png,w-5:r-3,l-text,i-x,l-end,l-end,h-2:q-4",
                "w=10 image[i=a@@b.png w=5 | r=3 text[i=x]] h=2 | q=4",
            ),
        ] {
            assert_eq!(parse(text).map_or_else(|_| String::new(), |s| shown(&s)), expected);
        }
    }

    #[test]
    fn bad_strings_are_refused() {
        let deep = "l-image,i-a,".repeat(4) + &"l-end,".repeat(4);
        let long = "w-1,".repeat(3000);
        for text in ["w-1,,h-2", "l-text,i-x", "w-1,l-end", deep.trim_end_matches(','), &long] {
            assert!(matches!(parse(text), Err(Refusal::Invalid(_))), "{text}");
        }
        assert_eq!(parse(""), Ok(Vec::new()));
    }
}
