//! What the library refuses on purpose: one table of rules.

/// A rule: a refusal whose message holds `message` is right.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// A part of the message.
    pub message: &'static str,
    /// Why the library refuses the input.
    pub reason: &'static str,
}

const fn rule(message: &'static str, reason: &'static str) -> Refusal {
    Refusal { message, reason }
}

const BASE: &str = "a URL on it could not be delivered, or would lead to another host";
const SOURCE: &str = "there is no file that the URL could lead to";
const TYPE: &str = "the API has no value of this type there";
const EXPIRY: &str = "the delivery service would reject the signature, or accept it for good";

/// Every refusal of the reference data.
pub const REFUSALS: &[Refusal] = &[
    rule(
        "it is a dot segment",
        "a client or proxy would resolve it to the path of another resource",
    ),
    rule("must not be empty", "the request would address another resource, or the API rejects it"),
    rule("an item has a comma", "the API reads two tags where the input has one"),
    rule("is beyond a limit of ImageKit", "the API documents that it rejects the value"),
    rule("invalid type: ", TYPE),
    rule("missing field `", "a layer or a request without it means nothing to the API"),
    rule("unknown variant `", "the description lists the values, and this is none of them"),
    rule("the path of a layer holds", "the layer would end within the path"),
    rule("the URL endpoint is not valid", BASE),
    rule("the source is not valid", BASE),
    rule("the source is empty", SOURCE),
    rule("the expiry is ", EXPIRY),
    rule("the lifetime is less than a second", EXPIRY),
    rule("does not start with the signer's URL endpoint", "ImageKit would reject the signature"),
    rule("the private key is empty", "nobody may sign with an empty key"),
    rule("there is no breakpoint", "there is no width that a candidate could have"),
    rule("`width` is not a number", TYPE),
];
