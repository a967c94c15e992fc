//! Records as lines of the log: the length of the JSON, its checksum, the JSON, a line feed.
//!
//! JSON as it is written here holds no line feed, so that after a damaged record the next one can
//! be found.

use std::io::{self, BufRead};

use sha2::{Digest, Sha256};

/// Bytes of the checksum, which is the beginning of a SHA-256.
const CHECKSUM: usize = 8;
/// Characters of the length and the checksum, in hexadecimal digits with a space behind each.
const HEAD: usize = 8 + 1 + 2 * CHECKSUM + 1;

/// Appends a record.
pub(super) fn write(json: &[u8], into: &mut Vec<u8>) {
    into.extend_from_slice(head(json).as_bytes());
    into.extend_from_slice(json);
    into.push(b'\n');
}

/// The JSON of a line with its line feed; `None` if it is damaged or incomplete.
fn read(line: &[u8]) -> Option<&[u8]> {
    let (found, json) = line.strip_suffix(b"\n")?.split_at_checked(HEAD)?;
    (found == head(json).as_bytes()).then_some(json)
}

/// Whether a line is longer than its record: its line feed is damaged.
fn is_too_long(line: &[u8]) -> bool {
    let length = line.get(..8).and_then(|digits| std::str::from_utf8(digits).ok());
    let length = length.and_then(|digits| usize::from_str_radix(digits, 16).ok());
    length.is_some_and(|length| line.len() > HEAD + length + 1)
}

fn head(json: &[u8]) -> String {
    format!("{:08x} {} ", json.len(), checksum(json))
}

fn checksum(json: &[u8]) -> String {
    Sha256::digest(json).iter().take(CHECKSUM).map(|byte| format!("{byte:02x}")).collect()
}

/// How the records of a log end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// After the last record, or before one that was not written completely: at this byte.
    At(u64),
    /// The record at this byte is damaged, and intact ones follow.
    Damaged(u64),
}

/// Reads records that begin at byte `offset`, and gives each one with the byte behind it to
/// `each`, which says whether it can be read.
pub(super) fn read_all(
    mut log: impl BufRead,
    mut offset: u64,
    mut each: impl FnMut(&[u8], u64) -> bool,
) -> io::Result<End> {
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = log.read_until(b'\n', &mut line)? as u64;
        if length == 0 {
            return Ok(End::At(offset));
        }
        match read(&line) {
            Some(json) if each(json, offset + length) => offset += length,
            // Intact, and yet not to be read.
            Some(_) => return Ok(End::Damaged(offset)),
            None if is_too_long(&line) => return Ok(End::Damaged(offset)),
            None => break,
        }
    }
    loop {
        line.clear();
        if log.read_until(b'\n', &mut line)? == 0 {
            return Ok(End::At(offset));
        }
        if read(&line).is_some() {
            return Ok(End::Damaged(offset));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(records: &[&str]) -> Vec<u8> {
        let mut log = Vec::new();
        records.iter().for_each(|record| write(record.as_bytes(), &mut log));
        log
    }

    fn records(log: &[u8]) -> (Vec<String>, End) {
        let mut records = Vec::new();
        let end = read_all(log, 0, |json, _| {
            records.push(String::from_utf8_lossy(json).into_owned());
            true
        });
        (records, end.unwrap())
    }

    #[test]
    fn records_are_read_up_to_an_incomplete_one() {
        let whole = log(&["{}", "[1]", "\"three\""]);
        let two = log(&["{}", "[1]"]).len();
        assert_eq!(records(&whole).1, End::At(whole.len() as u64));
        for cut in two..whole.len() {
            let (read, end) = records(whole.get(..cut).unwrap());
            assert_eq!((read.len(), end), (2, End::At(two as u64)), "cut at {cut}");
        }
    }

    #[test]
    fn every_flipped_bit_is_found() {
        let whole = log(&["{\"a\":1}", "{\"b\":2}"]);
        let first = log(&["{\"a\":1}"]).len();
        for at in 0..first {
            for bit in 0..8 {
                let mut damaged = whole.clone();
                *damaged.get_mut(at).unwrap() ^= 1 << bit;
                let found = records(&damaged);
                assert_eq!(found, (Vec::new(), End::Damaged(0)), "byte {at}, bit {bit}");
            }
        }
    }
}
