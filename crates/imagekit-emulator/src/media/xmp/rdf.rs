//! RDF/XML as XMP uses it (ISO 16684-1): properties that are texts, lists or structures.

use roxmltree::{Document, ParsingOptions};

type Element<'a, 'input> = roxmltree::Node<'a, 'input>;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// Longest packet that is read, in bytes.
const MAX_PACKET: usize = 2 << 20;
/// Most elements, attributes and texts of a packet.
const MAX_NODES: u32 = 100_000;
/// Most attributes of an element, and most declarations of namespaces: the parser compares each
/// with all others.
const MAX_ATTRIBUTES: usize = 512;
const MAX_NAMESPACES: usize = 256;
/// Deepest nesting of lists and structures.
const MAX_DEPTH: usize = 12;

/// A property with its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Property {
    pub(super) namespace: String,
    pub(super) local: String,
    pub(super) node: Node,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Text(String),
    List(Vec<Node>),
    Struct(Vec<Property>),
}

/// The properties of a packet, in its order; none when it is not well-formed.
pub(super) fn properties(packet: &[u8]) -> Vec<Property> {
    // Behind the packet some writers leave NUL bytes.
    let end = packet.iter().rposition(|byte| *byte == b'>').map_or(0, |last| last + 1);
    let packet = packet.get(..end).filter(|packet| packet.len() <= MAX_PACKET);
    let text = String::from_utf8_lossy(packet.unwrap_or_default());
    if !is_harmless(&text) {
        return Vec::new();
    }
    let options = ParsingOptions { nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(&text, options) else { return Vec::new() };
    let descriptions = document.descendants().filter(|node| node.has_tag_name((RDF, "RDF")));
    descriptions
        .flat_map(|rdf| rdf.children())
        .filter(|node| node.has_tag_name((RDF, "Description")))
        .flat_map(|description| members(description, MAX_DEPTH))
        .collect()
}

/// Whether there are few attributes and namespaces, counted before they are parsed.
fn is_harmless(text: &str) -> bool {
    let tags = text.split('<');
    let equals = |tag: &str| memchr::memchr_iter(b'=', tag.as_bytes()).count();
    let most = tags.map(equals).max().unwrap_or(0);
    let namespaces = memchr::memmem::find_iter(text.as_bytes(), "xmlns").count();
    most <= MAX_ATTRIBUTES && namespaces <= MAX_NAMESPACES
}

/// Attributes and child elements, both of which are properties.
fn members(element: Element<'_, '_>, depth: usize) -> Vec<Property> {
    let attributes = attributes(element).map(|(namespace, local, value)| Property {
        namespace: namespace.to_owned(),
        local: local.to_owned(),
        node: Node::Text(value.to_owned()),
    });
    let children = element.children().filter(Element::is_element).filter_map(|child| {
        Some(Property {
            namespace: child.tag_name().namespace().unwrap_or_default().to_owned(),
            local: child.tag_name().name().to_owned(),
            node: node(child, depth)?,
        })
    });
    attributes.chain(children).collect()
}

/// The attributes that are properties.
fn attributes<'a>(element: Element<'a, '_>) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
    element.attributes().filter_map(|attribute| {
        let namespace = attribute.namespace()?;
        let own = namespace != RDF && namespace != XML;
        own.then(|| (namespace, attribute.name(), attribute.value()))
    })
}

/// The value of a property or of an item of a list; `None` when it lies too deep.
fn node(element: Element<'_, '_>, depth: usize) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    if let Some(resource) = element.attribute((RDF, "resource")) {
        return Some(Node::Text(resource.to_owned()));
    }
    if element.attribute((RDF, "parseType")) == Some("Resource") {
        return Some(qualified(members(element, depth)));
    }
    let child = element.children().find(Element::is_element);
    let Some(child) = child else {
        if attributes(element).next().is_some() {
            return Some(Node::Struct(members(element, depth)));
        }
        return Some(Node::Text(element.text().unwrap_or_default().to_owned()));
    };
    let items = || child.children().filter(|item| item.has_tag_name((RDF, "li")));
    let language = |item: &Element<'_, '_>| item.attribute((XML, "lang")).map(str::to_owned);
    if child.has_tag_name((RDF, "Alt")) && items().any(|item| language(&item).is_some()) {
        let default = items().find(|item| language(item).as_deref() == Some("x-default"));
        return node(default.or_else(|| items().next())?, depth);
    }
    if ["Bag", "Seq", "Alt"].iter().any(|kind| child.has_tag_name((RDF, *kind))) {
        return Some(Node::List(items().filter_map(|item| node(item, depth)).collect()));
    }
    if child.has_tag_name((RDF, "Description")) {
        return Some(qualified(members(child, depth)));
    }
    None
}

/// A value with qualifiers is its `rdf:value`.
fn qualified(members: Vec<Property>) -> Node {
    let value = members.iter().find(|m| m.namespace == RDF && m.local == "value");
    match value {
        Some(value) => value.node.clone(),
        None => Node::Struct(members),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inner: &str) -> Vec<(String, Node)> {
        let packet = format!(
            "<?xpacket begin='\u{feff}'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
            <rdf:RDF xmlns:rdf='{RDF}'><rdf:Description rdf:about='' xmlns:a='urn:a' a:b='c'>\
            {inner}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>\0\0"
        );
        properties(packet.as_bytes()).into_iter().map(|p| (p.local, p.node)).collect()
    }

    fn text(text: &str) -> Node {
        Node::Text(text.to_owned())
    }

    #[test]
    fn values_have_many_spellings() {
        let member = |name: &str, value: &str| Property {
            namespace: "urn:a".to_owned(),
            local: name.to_owned(),
            node: text(value),
        };
        for (inner, expected) in [
            ("<a:x>1 &amp; 2</a:x>", text("1 & 2")),
            ("<a:x/>", text("")),
            ("<a:x rdf:resource='urn:r'/>", text("urn:r")),
            (
                "<a:x><rdf:Bag><rdf:li>1</rdf:li><rdf:li>2</rdf:li></rdf:Bag></a:x>",
                Node::List(vec![text("1"), text("2")]),
            ),
            (
                "<a:x><rdf:Alt><rdf:li xml:lang='de'>zwei</rdf:li>\
                <rdf:li xml:lang='x-default'>two</rdf:li></rdf:Alt></a:x>",
                text("two"),
            ),
            (
                "<a:x rdf:parseType='Resource'><a:y>1</a:y></a:x>",
                Node::Struct(vec![member("y", "1")]),
            ),
            ("<a:x a:y='1'/>", Node::Struct(vec![member("y", "1")])),
            ("<a:x><rdf:Description a:y='1'/></a:x>", Node::Struct(vec![member("y", "1")])),
            ("<a:x rdf:parseType='Resource'><rdf:value>1</rdf:value><a:q>2</a:q></a:x>", text("1")),
        ] {
            let found = read(inner);
            assert_eq!(found[0], ("b".to_owned(), text("c")));
            assert_eq!(found[1..], [("x".to_owned(), expected)], "{inner}");
        }
    }

    #[test]
    fn what_is_deep_long_or_broken_gives_nothing_and_does_no_harm() {
        let nested = "<a:x>".repeat(200_000);
        assert!(properties(nested.as_bytes()).is_empty());
        let closed = format!("{nested}{}", "</a:x>".repeat(200_000));
        assert!(read(&closed).is_empty());
        let deep = format!("{}{}", "<a:x>".repeat(20_000), "</a:x>".repeat(20_000));
        assert_eq!(read(&deep).len(), 1);
        let laughs = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;'>]><a>&b;</a>";
        assert!(properties(laughs.as_bytes()).is_empty());
        assert!(properties(b"").is_empty());
        assert!(properties(&[b'>'; 100]).is_empty());
        assert!(read(&"<a:x/>".repeat(MAX_NODES as usize)).is_empty());
        let attributes: String = (0..100_000).map(|i| format!("a:b{i}='' ")).collect();
        assert!(read(&format!("<a:x {attributes}/>")).is_empty());
        let namespaces: String = (0..50_000).map(|i| format!("<a xmlns:a{i}='u{i}'>")).collect();
        assert!(properties(namespaces.as_bytes()).is_empty());
    }
}
