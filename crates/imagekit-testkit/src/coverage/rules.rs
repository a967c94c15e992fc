//! What a description says about the values of a request: required keys, types and limits. The library
//! accepts what it allows, and refuses the rest before anything is sent.

use super::findings::Findings;
use super::sample::{FREE, Place, Sample, kinds};
use crate::json::{Path, Step, at, with, without, words};
use imagekit_proto::types::unknown_values;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// More items than any limit allows.
const MANY: usize = 2_000;

/// Compares what the library accepts with what the samples of a request describe. `read` passes a
/// value to the library; an error is its refusal.
pub(crate) fn check(
    findings: &mut Findings,
    place: &str,
    samples: &[Sample],
    read: impl Fn(&Value) -> Result<(), String>,
) {
    let described = Described::by(samples, types);
    let names = Described::by(samples, names);
    each_place(samples, &read, |case| {
        let mut found = |what: String| findings.add(place, format!("request {what}"));
        case.keys(names.at(&case), &mut found);
        case.types(described.at(&case), &mut found);
        case.texts(&mut found);
        case.numbers(&mut found);
        case.lists(&mut found);
    });
}

/// Compares the types that the library accepts in the samples of a response with the described
/// ones. Numbers are numbers: counts are integers here, whatever the description says.
pub(crate) fn check_types(
    findings: &mut Findings,
    place: &str,
    prefix: &str,
    samples: &[Sample],
    read: impl Fn(&Value) -> Result<(), String>,
) {
    let described = Described::by(samples, |schema| {
        let kinds = types(schema).into_iter();
        kinds.map(|kind| if kind == "integer" { "number".to_owned() } else { kind }).collect()
    });
    each_place(samples, &read, |case| {
        let mut found = |what: String| findings.add(place, format!("{prefix}{what}"));
        case.types(described.at(&case), &mut found);
    });
}

/// Runs `read`. A value that the library keeps without holding it in its field is an error too.
pub(crate) fn fits(read: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    let (read, unknown) = unknown_values::watch(read);
    match unknown.iter().find(|text| text.starts_with("$.")) {
        Some(key) => Err(format!("{key}: a value does not fit")),
        None => read,
    }
}

/// Passes on every place with another description; samples differ in some places only.
fn each_place<'a, R>(samples: &'a [Sample], read: &'a R, mut check: impl FnMut(Case<'a, R>)) {
    let mut seen = BTreeSet::new();
    for sample in samples {
        for at in &sample.places {
            let path = words(&at.path);
            if seen.insert((path.clone(), Value::Object((*at.schema).clone()).to_string())) {
                check(Case { sample, at, read, path });
            }
        }
    }
}

/// What the alternatives of a place say together, by the place's words.
struct Described(BTreeMap<String, BTreeSet<String>>);

impl Described {
    fn by(samples: &[Sample], says: impl Fn(&Map<String, Value>) -> Vec<String>) -> Self {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for place in samples.iter().flat_map(|sample| &sample.places) {
            all.entry(words(&place.path)).or_default().extend(says(&place.schema));
        }
        Self(all)
    }

    fn at<R>(&self, case: &Case<'_, R>) -> &BTreeSet<String> {
        &self.0[&case.path]
    }
}

/// The types of a schema; one that says nothing allows all of them.
fn types(schema: &Map<String, Value>) -> Vec<String> {
    let says = ["const", "enum", "items", "properties", "type"];
    if says.iter().any(|key| schema.contains_key(*key)) {
        kinds(schema)
    } else {
        values().map(|(kind, _)| kind.to_owned()).into()
    }
}

/// The names of an object's properties.
fn names(schema: &Map<String, Value>) -> Vec<String> {
    let names = schema.get("properties").and_then(Value::as_object);
    names.into_iter().flat_map(|names| names.keys().cloned()).collect()
}

/// A value of each type but null, which is absence. None is right by chance.
fn values() -> [(&'static str, Value); 6] {
    [
        ("string", json!("surely")),
        ("integer", json!(3)),
        ("number", json!(2.5)),
        ("boolean", json!(true)),
        ("array", json!([[{"surely": "wrong"}]])),
        ("object", json!({"surelyUnknown": {"surely": "wrong"}})),
    ]
}

/// One place in one sample.
struct Case<'a, R> {
    sample: &'a Sample,
    at: &'a Place,
    read: &'a R,
    path: String,
}

impl<R: Fn(&Value) -> Result<(), String>> Case<'_, R> {
    /// Whether the library accepts the sample with another value here.
    fn accepts(&self, value: Value) -> bool {
        (self.read)(&with(&self.sample.value, &self.at.path, value)).is_ok()
    }

    fn is(&self, kind: &str) -> bool {
        self.at.choices().is_none() && kinds(&self.at.schema).iter().any(|it| it == kind)
    }

    /// The path of a key of the object here.
    fn key(&self, key: &str) -> Path {
        [self.at.path.as_slice(), &[Step::Key(key.to_owned())]].concat()
    }

    /// Required keys are needed, the others are not, and the library knows no more of them.
    fn keys(&self, names: &BTreeSet<String>, found: &mut impl FnMut(String)) {
        let Some(Value::Object(object)) = at(&self.sample.value, &self.at.path) else { return };
        let listed = |key: &str| {
            let required = self.at.schema.get("required").and_then(Value::as_array);
            required.is_some_and(|names| names.iter().any(|name| name == key))
        };
        for key in object.keys().filter(|key| *key != FREE && !key.starts_with('$')) {
            let path = self.key(key);
            let is_needed = (self.read)(&without(&self.sample.value, &path)).is_err();
            let what = match (is_needed, listed(key)) {
                (true, false) => "is needed, and not required",
                (false, true) => "is required, and not needed",
                _ => continue,
            };
            found(format!("{}: {what}", words(&path)));
        }
        let unknown = with(&self.sample.value, &self.key("surelyUnknown"), Value::Null);
        let refusal = (self.read)(&unknown).err().unwrap_or_default();
        for key in expected(&refusal) {
            if key != "$extra" && !names.contains(key) {
                found(format!("{}: is known, and not described", words(&self.key(key))));
            }
        }
    }

    /// A value of another type is refused.
    fn types(&self, described: &BTreeSet<String>, found: &mut impl FnMut(String)) {
        // What may be a text or a number is any JSON to the library: a value of custom metadata.
        if described.contains("string") && described.iter().any(|kind| is_number(kind)) {
            return;
        }
        for (kind, value) in values() {
            let is_number = kind == "integer" && described.contains("number");
            if !described.contains(kind) && !is_number && self.accepts(value) {
                found(format!("{}: the type {kind} is accepted, and not described", self.path));
            }
        }
    }

    fn texts(&self, found: &mut impl FnMut(String)) {
        if !self.is("string") || self.at.schema.contains_key("format") {
            return;
        }
        let (least, most) = (self.at.bound("minLength"), self.at.bound("maxLength"));
        self.sizes("characters", least, most, |count| "a".repeat(count).into(), found);
        let characters = || (b' '..=b'~').map(char::from);
        // The character, or all of them, and as many letters as it takes.
        let text = |text: String| text + &"a".repeat(least.unwrap_or(1).max(1) as usize);
        match self.at.schema.get("pattern").and_then(Value::as_str) {
            None if !self.accepts(text(characters().collect()).into()) => {
                found(format!("{}: has no pattern, and not any character", self.path));
            }
            Some(pattern) => {
                let Some(class) = class(pattern) else { return };
                let is_right =
                    |one: char| self.accepts(text(one.to_string()).into()) == class.contains(&one);
                if !characters().all(is_right) {
                    found(format!("{}: the pattern is not {pattern}", self.path));
                }
            }
            None => {}
        }
    }

    fn numbers(&self, found: &mut impl FnMut(String)) {
        if !self.is("integer") && !self.is("number") {
            return;
        }
        for (key, beyond) in [("minimum", -1), ("maximum", 1)] {
            if let Some(bound) = self.at.bound(key) {
                if !self.accepts(bound.into()) || self.accepts((bound + beyond).into()) {
                    found(format!("{}: the {key} is not {bound}", self.path));
                }
            } else if key == "maximum" && !self.accepts(1_000_000_000.into()) {
                found(format!("{}: has no maximum, and a limit", self.path));
            }
        }
    }

    fn lists(&self, found: &mut impl FnMut(String)) {
        let items = at(&self.sample.value, &self.at.path).and_then(Value::as_array);
        let Some(items) = items.filter(|items| !items.is_empty()) else { return };
        let list = |count| items.iter().cycle().take(count).cloned().collect();
        let (least, most) = (self.at.bound("minItems"), self.at.bound("maxItems"));
        self.sizes("items", least, most, list, found);
    }

    /// Tries the sizes around the limits, and far away where there are none.
    fn sizes(
        &self,
        unit: &str,
        least: Option<i64>,
        most: Option<i64>,
        value: impl Fn(usize) -> Value,
        found: &mut impl FnMut(String),
    ) {
        let (least, most) = (least.unwrap_or(0) as usize, most.map(|most| most as usize));
        let mut sizes = vec![least, most.unwrap_or(MANY)];
        sizes.extend(least.checked_sub(1));
        sizes.extend(most.map(|most| most + 1));
        for size in sizes {
            let is_allowed = size >= least && most.is_none_or(|most| size <= most);
            if self.accepts(value(size)) != is_allowed {
                let not = if is_allowed { "" } else { "not " };
                found(format!("{}: {size} {unit} are {not}allowed", self.path));
            }
        }
    }
}

fn is_number(kind: &str) -> bool {
    matches!(kind, "integer" | "number")
}

/// The fields that a refusal of an unknown one lists.
fn expected(refusal: &str) -> impl Iterator<Item = &str> {
    let list = refusal.split_once("unknown field `surelyUnknown`").unwrap_or_default().1;
    list.split('`').skip(1).step_by(2)
}

/// The characters of a pattern that is a class of them, such as `^[A-Za-z0-9_]+$`.
pub(super) fn class(pattern: &str) -> Option<BTreeSet<char>> {
    let class = pattern.strip_prefix("^[")?.strip_suffix("]+$")?;
    if class.contains(['[', ']', '\\', '^']) {
        return None;
    }
    let mut found = BTreeSet::new();
    let class: Vec<char> = class.chars().collect();
    let mut rest = class.as_slice();
    while let [first, more @ ..] = rest {
        match more {
            ['-', last, after @ ..] => {
                found.extend(*first..=*last);
                rest = after;
            }
            _ => {
                found.insert(*first);
                rest = more;
            }
        }
    }
    Some(found)
}
