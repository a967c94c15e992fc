//! AVIF, MP4 and WebM files of a few hundred bytes.

/// A box of ISO base media.
pub(crate) fn made(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes(), kind.as_slice(), body].concat()
}

fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// An AVIF file of 7 by 9 pixels, turned by a quarter, with an alpha image, EXIF (a
/// big-endian block with Make = AB) and an XMP packet.
pub(crate) fn avif(packet: &[u8]) -> Vec<u8> {
    let exif = b"\0\0\0\0MM\0*\0\0\0\x08\0\x01\x01\x0f\0\x02\0\0\0\x03AB\0\0\0\0\0\0";
    let properties = [
        made(b"ispe", &words(&[0, 7, 9])),
        made(b"irot", &[3]),
        made(b"auxC", b"\0\0\0\0urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0"),
    ];
    let associations = [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 0x81, 0x82];
    let properties = [made(b"ipco", &properties.concat()), made(b"ipma", &associations)].concat();
    let items = [
        b"\0\0\0\0\0\x02".to_vec(),
        made(b"infe", b"\x02\0\0\0\0\x02\0\0Exif\0"),
        made(b"infe", b"\x02\0\0\0\0\x03\0\0mime\0application/rdf+xml\0"),
    ];
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap();
    let place = |id: u8, at: u32, length: u32| {
        [&[0, id, 0, 1, 0, 0, 0, 1], words(&[at, length]).as_slice()].concat()
    };
    let places = [
        vec![1, 0, 0, 0, 0x44, 0, 0, 2],
        place(2, 0, length(exif)),
        place(3, length(exif), length(packet)),
    ];
    let meta = [
        vec![0; 4],
        made(b"pitm", &[0, 0, 0, 0, 0, 1]),
        made(b"iinf", &items.concat()),
        made(b"iloc", &places.concat()),
        made(b"iprp", &properties),
        made(b"idat", &[exif, packet].concat()),
    ];
    [made(b"ftyp", b"avif\0\0\0\0mif1"), made(b"meta", &meta.concat())].concat()
}

/// A movie of 2.75 seconds with an H.264 track of 320 by 180 pixels, turned by a quarter if
/// `turned`, and an AAC track.
pub(crate) fn mp4(brand: &[u8; 4], turned: bool) -> Vec<u8> {
    movie(brand, turned, (b"avc1", None), 0x40)
}

/// As [`mp4`], with other codecs: the picture's sample entry, and the object types of both.
pub(crate) fn movie(
    brand: &[u8; 4],
    turned: bool,
    (entry, picture_type): (&[u8; 4], Option<u8>),
    sound_type: u8,
) -> Vec<u8> {
    let track = |handler: &[u8; 4], entry: Vec<u8>| {
        let matrix = if turned { [0, 1 << 16] } else { [1 << 16, 0] };
        let header =
            [words(&[0, 0, 0, 1]), vec![0; 24], words(&matrix), vec![0; 28], words(&[0, 0])];
        let handler = [&[0; 8], handler.as_slice(), &[0; 13]].concat();
        let entries = [words(&[0, 1]), entry].concat();
        let table = made(b"minf", &made(b"stbl", &made(b"stsd", &entries)));
        let media = [made(b"hdlr", &handler), table].concat();
        made(b"trak", &[made(b"tkhd", &header.concat()), made(b"mdia", &media)].concat())
    };
    let picture = [&[0; 24], [320u16, 180].map(u16::to_be_bytes).as_flattened(), &[0; 50]].concat();
    // An elementary stream descriptor with a decoder configuration of this object type.
    let stream = |object: u8| {
        made(b"esds", &[0, 0, 0, 0, 3, 22, 0, 1, 0, 4, 0x80, 0x80, 0x80, 13, object, 0x15])
    };
    let picture = [picture, picture_type.map(stream).unwrap_or_default()].concat();
    let sound = made(b"mp4a", &[vec![0; 28], stream(sound_type)].concat());
    let movie = [
        made(b"mvhd", &words(&[0, 0, 0, 1000, 2750, 0])),
        track(b"vide", made(entry, &picture)),
        track(b"soun", sound),
    ];
    [made(b"ftyp", &[brand.as_slice(), &[0; 4], b"isom"].concat()), made(b"moov", &movie.concat())]
        .concat()
}

/// An element of EBML with a size of one byte.
fn element(id: &[u8], body: &[u8]) -> Vec<u8> {
    [id, &[0x80 | u8::try_from(body.len()).unwrap()], body].concat()
}

/// A WebM file of 2.75 seconds with VP9 of 320 by 180 pixels and Opus; its segment has no
/// stated size.
pub(crate) fn webm() -> Vec<u8> {
    let info = [
        element(b"\x2a\xd7\xb1", &1_000_000u32.to_be_bytes()),
        element(b"\x44\x89", &2750f64.to_be_bytes()),
    ];
    let video = [element(b"\xb0", &[1, 0x40]), element(b"\xba", &[180])].concat();
    let picture = [element(b"\x83", &[1]), element(b"\x86", b"V_VP9"), element(b"\xe0", &video)];
    let sound = [element(b"\x83", &[2]), element(b"\x86", b"A_OPUS")];
    let tracks = [element(b"\xae", &picture.concat()), element(b"\xae", &sound.concat())];
    [
        element(b"\x1a\x45\xdf\xa3", &element(b"\x42\x82", b"webm")),
        b"\x18\x53\x80\x67\xff".to_vec(),
        element(b"\x15\x49\xa9\x66", &info.concat()),
        element(b"\x16\x54\xae\x6b", &tracks.concat()),
    ]
    .concat()
}
