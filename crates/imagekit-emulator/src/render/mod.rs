//! Transformations of images: a pure function from bytes and steps to bytes.
//!
//! `syntax` reads a transformation string, `named` replaces the names in it. [`render`] decodes the
//! image and applies the steps one after the other: trim, resize (`resize`, `scale`), background,
//! effects, layers (`layer`, `text`), then outline (`shape`); `encode` writes the result.
//! `limits` bounds the memory, together with the gate of all decoders.

#[cfg(feature = "media")]
mod amount;
#[cfg(feature = "media")]
mod blend;
#[cfg(feature = "media")]
mod color;
#[cfg(feature = "media")]
mod color_names;
#[cfg(feature = "media")]
mod effects;
#[cfg(feature = "media")]
mod encode;
#[cfg(feature = "media")]
mod engine;
#[cfg(feature = "media")]
mod layer;
#[cfg(feature = "media")]
mod limits;
mod named;
mod refusal;
#[cfg(feature = "media")]
mod resize;
#[cfg(feature = "media")]
mod scale;
#[cfg(feature = "media")]
mod settings;
#[cfg(feature = "media")]
mod shape;
mod syntax;
#[cfg(feature = "media")]
mod text;
#[cfg(not(feature = "media"))]
mod without_media;

use std::collections::HashMap;

use bytes::Bytes;
#[cfg(feature = "media")]
pub(crate) use engine::render;
#[cfg(feature = "media")]
use engine::{Assets, Renderer, open, unreadable};
#[cfg(feature = "media")]
pub(crate) use layer::{path, paths};
pub(crate) use named::expand;
pub(crate) use refusal::Refusal;
pub(crate) use syntax::{Item, Step, parse};
#[cfg(not(feature = "media"))]
pub(crate) use without_media::{path, paths, render};

/// An image to be transformed.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) bytes: &'a [u8],
    /// Without names of transformations.
    pub(crate) steps: &'a [Step],
    /// The request's `Accept` header.
    pub(crate) accept: &'a str,
    /// The file's custom coordinates, `x,y,width,height`.
    pub(crate) custom_coordinates: Option<&'a str>,
    /// The files that layers show, by path.
    pub(crate) assets: &'a HashMap<String, Bytes>,
}

/// A transformed image.
#[derive(Debug)]
pub(crate) struct Rendered {
    pub(crate) bytes: Bytes,
    pub(crate) mime: &'static str,
    /// The format depends on the `Accept` header.
    pub(crate) negotiated: bool,
}

/// The value of the last parameter with this code.
pub(crate) fn last<'a>(steps: &'a [Step], wanted: &str) -> Option<&'a str> {
    let items = steps.iter().rev().flat_map(|step| step.items.iter().rev());
    items.filter_map(Item::parameter).find(|(code, _)| *code == wanted).map(|(_, value)| value)
}
