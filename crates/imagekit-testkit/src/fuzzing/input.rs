//! Values made from a fuzzer's bytes; zeros and empty texts after the end.

use imagekit_proto::operation::{self, Entry};

/// Reads values from the front.
pub(super) struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((byte, rest)) => {
                self.0 = rest;
                *byte
            }
            None => 0,
        }
    }

    pub(super) fn number(&mut self, bytes: u32) -> u64 {
        (0..bytes).fold(0, |number, _| number << 8 | u64::from(self.byte()))
    }

    pub(super) fn entropy(&mut self) -> u128 {
        u128::from(self.number(8)) << 64 | u128::from(self.number(8))
    }

    /// One of `choices`.
    pub(super) fn choose<T: Copy>(&mut self, choices: &[T], otherwise: T) -> T {
        let index = usize::from(self.byte()) % choices.len().max(1);
        choices.get(index).copied().unwrap_or(otherwise)
    }

    /// Up to 255 bytes.
    pub(super) fn bytes(&mut self) -> &'a [u8] {
        let len = usize::from(self.byte()).min(self.0.len());
        let (bytes, rest) = self.0.split_at(len);
        self.0 = rest;
        bytes
    }

    /// The operation whose id is the first line, so that a seed means the same whatever the table
    /// holds; without such a line, one chosen by a byte.
    pub(super) fn operation(&mut self) -> Option<&'static Entry> {
        let mut lines = self.0.splitn(2, |byte| *byte == b'\n');
        let id = lines.next().and_then(|line| std::str::from_utf8(line).ok());
        if let Some(operation) = id.and_then(operation::find) {
            self.0 = lines.next().unwrap_or_default();
            return Some(operation);
        }
        let index = usize::from(self.byte()) % operation::all().len().max(1);
        operation::all().get(index)
    }

    /// All that is left.
    pub(super) fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    pub(super) fn text(&mut self) -> String {
        String::from_utf8_lossy(self.bytes()).into_owned()
    }
}
