//! XMP under the names of the documentation's example, from every container.

use image::ImageFormat;
use imagekit_emulator::media::inspect;
use serde_json::{Value, json};

use super::boxes::avif;
use super::fixtures::{Block, Values, encoded, jpeg, picture, with_chunk, with_exif, with_segment};

/// A packet with what the example "Image with EmbeddedMetadata" of the OpenAPI file has, one
/// of each kind.
const PACKET: &str = "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
<rdf:Description rdf:about='' xmlns:xmp='http://ns.adobe.com/xap/1.0/'
  xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'
  xmlns:core='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'
  xmlns:ext='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'
  xmlns:exif='http://ns.adobe.com/exif/1.0/' xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/'
  xmp:Rating='1' photoshop:City='City (Core)' photoshop:DateCreated='2019-10-16T19:01:03+00:00'>
 <dc:title><rdf:Alt><rdf:li xml:lang='de'>Titel</rdf:li>
  <rdf:li xml:lang='x-default'>The Title</rdf:li></rdf:Alt></dc:title>
 <dc:creator><rdf:Seq><rdf:li>Creator1</rdf:li></rdf:Seq></dc:creator>
 <dc:subject><rdf:Bag><rdf:li>one</rdf:li><rdf:li>two</rdf:li></rdf:Bag></dc:subject>
 <core:CreatorContactInfo rdf:parseType='Resource'><core:CiAdrCity>CI: City</core:CiAdrCity>
  <core:CiUrlWork>http://www.Creators.CI/</core:CiUrlWork></core:CreatorContactInfo>
 <ext:ArtworkOrObject><rdf:Bag><rdf:li rdf:parseType='Resource'>
  <ext:AOTitle><rdf:Alt><rdf:li xml:lang='x-default'>AO Title</rdf:li></rdf:Alt></ext:AOTitle>
  <ext:AODateCreated>1919-10-16T19:01:00Z</ext:AODateCreated>
  <ext:AOCurrentLicensorId>AO 1</ext:AOCurrentLicensorId></rdf:li></rdf:Bag></ext:ArtworkOrObject>
 <ext:ImageRegion><rdf:Bag><rdf:li><rdf:Description>
  <ext:RegionBoundary ext:rbH='0.385' ext:rbShape='rectangle'/>
  <ext:rId>persltr2</ext:rId></rdf:Description></rdf:li></rdf:Bag></ext:ImageRegion>
 <ext:LocationCreated><rdf:Bag><rdf:li exif:GPSLatitude='48,16.5N' exif:GPSAltitude='480/1'
  ext:City='Wien'/></rdf:Bag></ext:LocationCreated>
 <ext:PersonInImageWDetails><rdf:Bag><rdf:li rdf:parseType='Resource'>
  <ext:PersonName>Person 1</ext:PersonName><ext:PersonCharacteristic><rdf:Bag><rdf:li
  ext:CvTermId='http://example.com/'/></rdf:Bag></ext:PersonCharacteristic>
  </rdf:li></rdf:Bag></ext:PersonInImageWDetails>
 <ext:ModelAge>25</ext:ModelAge>
 <plus:Licensor><rdf:Seq><rdf:li plus:LicensorName='L 1'/><rdf:li plus:LicensorName='L 2'/>
  </rdf:Seq></plus:Licensor>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>";

fn expected() -> Value {
    json!({
        "Rating": 1, "City": "City (Core)", "DateCreated": "2019-10-16T19:01:03.000Z",
        "DateTimeCreated": "2019-10-16T19:01:03.000Z", "Title": "The Title",
        "Creator": "Creator1", "Subject": ["one", "two"], "CreatorCity": "CI: City",
        "CreatorWorkURL": "http://www.Creators.CI/", "ArtworkTitle": "AO Title",
        "ArtworkDateCreated": "1919-10-16T19:01:00.000Z", "ArtworkLicensorID": "AO 1",
        "ImageRegionBoundaryH": [0.385], "ImageRegionBoundaryShape": ["rectangle"],
        "ImageRegionID": ["persltr2"], "LocationCreatedGPSLatitude": "48,16.5N",
        "LocationCreatedGPSAltitude": "480 m", "LocationCreatedCity": "Wien",
        "PersonInImageName": ["Person 1"], "PersonInImageCvTermId": ["http://example.com/"],
        "ModelAge": 25, "LicensorName": ["L 1", "L 2"],
    })
}

/// The file's flat view without what its own header adds.
fn embedded(file: &[u8]) -> Value {
    let mut embedded = inspect(file).embedded();
    for header in ["ImageWidth", "ImageHeight", "XResolution", "YResolution", "Make"] {
        embedded.remove(header);
    }
    Value::Object(embedded)
}

#[test]
fn every_container_gives_the_same_names() {
    let packet = PACKET.as_bytes();
    let image = picture(8, 8);
    let jpeg = with_segment(
        &jpeg(&image, 80),
        0xe1,
        &[b"http://ns.adobe.com/xap/1.0/\0", packet].concat(),
    );
    let png = with_chunk(
        &encoded(&image, ImageFormat::Png),
        b"iTXt",
        &[b"XML:com.adobe.xmp\0\0\0\0\0", packet].concat(),
    );
    let mut webp = encoded(&image, ImageFormat::WebP);
    webp.extend([b"XMP ", (packet.len() as u32).to_le_bytes().as_slice(), packet].concat());
    let trailer: Vec<u8> = [1].into_iter().chain((0..=255).rev()).chain([0]).collect();
    let gif = [b"GIF89a\x08\0\x08\0\0\0\0\x21\xff\x0bXMP DataXMP", packet, &trailer, b";"].concat();
    for (name, file) in
        [("jpeg", jpeg), ("png", png), ("webp", webp), ("gif", gif), ("avif", avif(packet))]
    {
        assert_eq!(embedded(&file), expected(), "{name}");
    }
}

#[test]
fn a_tiff_file_has_xmp_in_a_tag() {
    let notes = vec![(0x02bc, Values::Byte(PACKET.as_bytes().to_vec()))];
    let file = Block { big: false, linked: false, directories: vec![notes] }.write();
    assert_eq!(embedded(&file), expected());
}

#[test]
fn exif_counts_before_xmp() {
    let plain = with_segment(
        &jpeg(&picture(8, 8), 80),
        0xe1,
        &[b"http://ns.adobe.com/xap/1.0/\0", PACKET.as_bytes()].concat(),
    );
    let tags = vec![(0x4746, Values::Short(vec![5]))];
    let block = Block { big: false, linked: false, directories: vec![tags] };
    assert_eq!(inspect(&plain).embedded()["Rating"], 1);
    assert_eq!(inspect(&with_exif(&plain, &block.write())).embedded()["Rating"], 5);
}
