//! XMP: the RDF that photo managers embed, as the flat names of `embeddedMetadata`.
//!
//! Structures become names put together from their parts (`CreatorContactInfo` with `CiAdrCity`
//! is `CreatorCity`), lists become arrays, of texts in several languages the default one counts.
//! Names and their exceptions are ExifTool's; the example "Image with EmbeddedMetadata" of the
//! OpenAPI file shows them.

mod names;
mod rdf;
mod values;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use rdf::Node;

/// Most names that one packet may give.
const MAX_NAMES: usize = 4096;
/// Lists of structures whose values the service shows as arrays even when there is but one.
const ALWAYS_LISTS: [&str; 3] = ["ImageRegion", "PersonInImage", "ProductInImage"];

/// Reads the packets of a file into `map`. A name that is there already keeps its value; a
/// packet that is not well-formed gives nothing.
pub(super) fn read(packets: &[impl AsRef<[u8]>], map: &mut Map<String, Value>) {
    let mut flat = Flat::default();
    for property in packets.iter().flat_map(|packet| rdf::properties(packet.as_ref())) {
        flat.add(&property.namespace, &property.node, &names::top(&property));
    }
    for (name, mut values) in flat.0 {
        let list = ALWAYS_LISTS.iter().any(|prefix| name.starts_with(prefix));
        let value = match values.pop() {
            Some(only) if values.is_empty() && !list => only,
            Some(last) => values.into_iter().chain([last]).collect(),
            None => continue,
        };
        map.entry(name).or_insert(value);
    }
}

/// The values of every name.
#[derive(Default)]
struct Flat(BTreeMap<String, Vec<Value>>);

impl Flat {
    /// Adds a value and what is in it under names that begin with `name`.
    fn add(&mut self, namespace: &str, node: &Node, name: &str) {
        match node {
            Node::Text(text) => {
                if let Some(value) = values::value(namespace, name, text) {
                    self.push(name, value);
                }
            }
            Node::List(items) => items.iter().for_each(|item| self.add(namespace, item, name)),
            Node::Struct(members) => {
                for member in members {
                    let name = names::member(name, &member.local);
                    self.add(&member.namespace, &member.node, &name);
                }
            }
        }
    }

    fn push(&mut self, name: &str, value: Value) {
        if self.0.len() < MAX_NAMES || self.0.contains_key(name) {
            self.0.entry(name.to_owned()).or_default().push(value);
        }
    }
}
