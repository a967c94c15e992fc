//! Named transformations, in place of their names.

use super::refusal::Refusal;
use super::syntax::{Item, Layer, Step, parse};

/// A named transformation may name another one, this deep.
const MAX_DEPTH: usize = 4;
/// All steps together have at most this many parameters and layers.
const MAX_ITEMS: usize = 200;
/// The thumbnails of the media library; ImageKit does not publish their size.
const THUMBNAIL: &str = "w-400,h-300,c-at_max";

/// Replaces each `n-name`, in layers too. `find` returns the string of a named transformation.
pub(crate) fn expand(
    steps: &[Step],
    find: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Step>, Refusal> {
    let mut left = MAX_ITEMS;
    expand_steps(steps, find, 0, &mut left)
}

fn expand_steps(
    steps: &[Step],
    find: &dyn Fn(&str) -> Option<String>,
    depth: usize,
    left: &mut usize,
) -> Result<Vec<Step>, Refusal> {
    let mut expanded = Vec::new();
    for step in steps {
        let mut current = Step::default();
        for item in &step.items {
            *left = left.checked_sub(1).ok_or_else(|| {
                Refusal::Invalid(format!(
                    "The transformation has more than {MAX_ITEMS} parameters."
                ))
            })?;
            match item {
                Item::Parameter { code, value } if code == "n" => {
                    let mut named = expand_name(value, find, depth, left)?;
                    // Parameters beside the name are applied with its last step.
                    let last = named.pop().unwrap_or_default();
                    if !named.is_empty() && !current.items.is_empty() {
                        expanded.push(std::mem::take(&mut current));
                    }
                    expanded.append(&mut named);
                    current.items.extend(last.items);
                }
                Item::Layer(Layer { kind, steps }) => {
                    let steps = expand_steps(steps, find, depth, left)?;
                    current.items.push(Item::Layer(Layer { kind: kind.clone(), steps }));
                }
                Item::Parameter { .. } => current.items.push(item.clone()),
            }
        }
        expanded.push(current);
    }
    Ok(expanded)
}

fn expand_name(
    name: &str,
    find: &dyn Fn(&str) -> Option<String>,
    depth: usize,
    left: &mut usize,
) -> Result<Vec<Step>, Refusal> {
    if depth >= MAX_DEPTH {
        return Err(Refusal::Invalid("Named transformations name each other too deep.".to_owned()));
    }
    let text = match name {
        "ik_ml_thumbnail" | "media_library_thumbnail" => THUMBNAIL.to_owned(),
        name => find(name).ok_or_else(|| Refusal::invalid("n", name))?,
    };
    let text = text.strip_prefix("tr:").unwrap_or(&text);
    expand_steps(&parse(text)?, find, depth + 1, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(text: &str) -> Result<Vec<Step>, Refusal> {
        let find = |name: &str| match name {
            "small" => Some("tr:w-10,h-20".to_owned()),
            "two" => Some("w-10:n-small,r-5".to_owned()),
            "loop" => Some("n-loop,n-loop".to_owned()),
            _ => None,
        };
        expand(&parse(text).unwrap(), &find)
    }

    #[test]
    fn names_are_replaced() {
        for (text, same) in [
            ("n-small", "w-10,h-20"),
            ("n-small,q-5", "w-10,h-20,q-5"),
            ("q-5,n-two:rt-90", "q-5:w-10:w-10,h-20,r-5:rt-90"),
            ("n-ik_ml_thumbnail", THUMBNAIL),
            ("l-image,i-a,n-small,l-end", "l-image,i-a,w-10,h-20,l-end"),
        ] {
            let same = parse(same).unwrap();
            let expanded = expanded(text).unwrap();
            if text.starts_with('q') {
                // The rest of a step stands before the steps of the name that follows it.
                assert_eq!(expanded.len(), 4, "{text}");
            } else {
                assert_eq!(expanded, same, "{text}");
            }
        }
    }

    #[test]
    fn unknown_and_endless_names_are_refused() {
        assert_eq!(expanded("n-none"), Err(Refusal::invalid("n", "none")));
        assert!(expanded("n-loop").is_err());
    }
}
