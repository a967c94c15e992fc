//! Text from outside, made fit for an error message.

use std::fmt::{self, Write as _};

/// Text that a server sent, printed on one line, without control characters, and cut.
///
/// A log must not be broken into lines, coloured or reordered by what a server says.
pub(crate) struct OneLine<'a>(pub(crate) &'a str);

/// How many characters are printed at most.
const LONGEST: usize = 500;

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.trim().chars();
        for character in characters.by_ref().take(LONGEST) {
            f.write_char(if is_unprintable(character) { ' ' } else { character })?;
        }
        if characters.next().is_some() { f.write_str("...") } else { Ok(()) }
    }
}

impl fmt::Debug for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// Control characters, line and paragraph separators, and the invisible characters that change the
/// direction or the identity of what is read.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_without_control_characters() {
        let text = "a\r\nb\u{1b}[31mc\u{202e}d\u{2028}e\u{9b}f\u{feff}";
        assert_eq!(OneLine(text).to_string(), "a  b [31mc d e f ");
        assert_eq!(format!("{:?}", OneLine("a\n")), "\"a\"");
    }

    #[test]
    fn long_text_is_cut() {
        let text = "\u{e9}".repeat(LONGEST);
        assert_eq!(OneLine(&text).to_string(), text);
        let longer = format!("{text}x");
        assert_eq!(OneLine(&longer).to_string(), format!("{text}..."));
    }
}
