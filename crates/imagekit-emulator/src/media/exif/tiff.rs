//! The TIFF structure under EXIF: a byte order, directories, entries.

/// Longest single value that is read, in bytes.
const MAX_VALUE: usize = 64 << 10;
/// Most bytes of values that are read of one block.
const MAX_TOTAL: usize = 1 << 20;
/// A directory entry: tag, kind, count, value or offset.
const ENTRY: usize = 12;

/// How many more bytes of values may be read.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(MAX_TOTAL)
    }
}

impl Budget {
    /// Takes `bytes` if there is so much left and no single value is too long.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        match self.0.checked_sub(bytes) {
            Some(left) if bytes <= MAX_VALUE => {
                self.0 = left;
                true
            }
            _ => false,
        }
    }
}

/// Byte order of a block: `II` or `MM`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    pub(super) fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    pub(super) fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }

    pub(super) fn u64(self, bytes: [u8; 8]) -> u64 {
        match self {
            Self::Little => u64::from_le_bytes(bytes),
            Self::Big => u64::from_be_bytes(bytes),
        }
    }
}

/// The type of an entry's values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Byte,
    Ascii,
    Short,
    Long,
    Rational,
    SignedByte,
    Undefined,
    SignedShort,
    SignedLong,
    SignedRational,
    Float,
    Double,
    /// EXIF 3.0.
    Utf8,
}

impl Kind {
    fn new(code: u16) -> Option<Self> {
        Some(match code {
            1 => Self::Byte,
            2 => Self::Ascii,
            3 => Self::Short,
            4 | 13 => Self::Long, // 13 is an offset of a directory
            5 => Self::Rational,
            6 => Self::SignedByte,
            7 => Self::Undefined,
            8 => Self::SignedShort,
            9 => Self::SignedLong,
            10 => Self::SignedRational,
            11 => Self::Float,
            12 => Self::Double,
            129 => Self::Utf8,
            _ => return None,
        })
    }

    /// The service's reader does not know the type.
    pub(super) fn is_later(self) -> bool {
        matches!(self, Self::Float | Self::Double | Self::Utf8)
    }

    /// Bytes an element takes.
    fn size(self) -> usize {
        match self {
            Self::Byte | Self::Ascii | Self::SignedByte | Self::Undefined | Self::Utf8 => 1,
            Self::Short | Self::SignedShort => 2,
            Self::Long | Self::SignedLong | Self::Float => 4,
            Self::Rational | Self::SignedRational | Self::Double => 8,
        }
    }
}

/// One tag with its values, still in the file's byte order.
pub(super) struct Entry<'a> {
    pub(super) tag: u16,
    pub(super) kind: Kind,
    /// A whole number of elements of `kind`.
    pub(super) data: &'a [u8],
}

/// Where a directory's entries lie.
pub(super) struct Directory {
    first: usize,
    entries: usize,
    /// Offset of the directory that follows it (IFD1 after IFD0).
    pub(super) next: Option<u32>,
}

/// A block that starts with a byte order mark.
pub(super) struct Tiff<'a> {
    block: &'a [u8],
    order: Order,
    first: u32,
}

/// Whether the bytes start like a TIFF block.
pub(in crate::media) fn is_tiff(block: &[u8]) -> bool {
    Tiff::new(block).is_some()
}

impl<'a> Tiff<'a> {
    pub(super) fn new(block: &'a [u8]) -> Option<Self> {
        let order = match block.first_chunk::<2>()? {
            b"II" => Order::Little,
            b"MM" => Order::Big,
            _ => return None,
        };
        let mut tiff = Self { block, order, first: 0 };
        if tiff.u16(2)? != 42 {
            return None;
        }
        tiff.first = tiff.u32(4)?;
        Some(tiff)
    }

    pub(super) fn order(&self) -> Order {
        self.order
    }

    pub(super) fn first_offset(&self) -> u32 {
        self.first
    }

    /// The directory at `offset`; `None` at 0 and outside the block. A directory that the end
    /// of the block cuts off keeps the entries that are whole.
    pub(super) fn directory(&self, offset: u32) -> Option<Directory> {
        let at = usize::try_from(offset).ok().filter(|at| *at != 0)?;
        let claimed = usize::from(self.u16(at)?);
        let first = at + 2;
        let entries = claimed.min(self.block.len().saturating_sub(first) / ENTRY);
        let next = self.u32(first + claimed * ENTRY).filter(|next| *next != 0);
        Some(Directory { first, entries, next })
    }

    /// The entries whose kind is known and whose values lie inside the block.
    pub(super) fn entries(&self, directory: &Directory) -> impl Iterator<Item = Entry<'a>> {
        let first = directory.first;
        (0..directory.entries).filter_map(move |index| self.entry(first + index * ENTRY))
    }

    /// The offset that a pointer tag holds.
    pub(super) fn pointer(&self, directory: &Directory, tag: u16) -> Option<u32> {
        let entry = self.entries(directory).filter(|entry| entry.tag == tag).last()?;
        match entry.kind {
            Kind::Long => Some(self.order.u32(*entry.data.first_chunk()?)),
            Kind::Short => Some(self.order.u16(*entry.data.first_chunk()?).into()),
            _ => None,
        }
    }

    fn entry(&self, at: usize) -> Option<Entry<'a>> {
        let kind = Kind::new(self.u16(at + 2)?)?;
        let length = usize::try_from(self.u32(at + 4)?).ok()?.checked_mul(kind.size())?;
        // Up to four bytes stand in the entry itself, more at an offset.
        let start = if length <= 4 { at + 8 } else { usize::try_from(self.u32(at + 8)?).ok()? };
        let data = self.block.get(start..start.checked_add(length)?)?;
        Some(Entry { tag: self.u16(at)?, kind, data })
    }

    fn u16(&self, at: usize) -> Option<u16> {
        self.block.get(at..)?.first_chunk().map(|bytes| self.order.u16(*bytes))
    }

    fn u32(&self, at: usize) -> Option<u32> {
        self.block.get(at..)?.first_chunk().map(|bytes| self.order.u32(*bytes))
    }
}
