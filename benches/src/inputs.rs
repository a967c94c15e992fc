//! Responses of realistic size and shape, made from documented examples.

use serde_json::{Value, json};

/// The details of one image, about 1.2 KB.
pub fn file(index: usize) -> Value {
    json!({
        "fileId": format!("598821f949c0a938d5{index:06x}"),
        "type": "file",
        "name": format!("file-{index}.jpg"),
        "filePath": format!("/images/products/file-{index}.jpg"),
        "tags": ["t-shirt", "round-neck", "sale2019"],
        "AITags": [
            {"name": "Shirt", "confidence": 90.12, "source": "google-auto-tagging"},
            {"name": "T-shirt", "confidence": 80.12, "source": "aws-auto-tagging"},
        ],
        "versionInfo": {"id": format!("598821f949c0a938d5{index:06x}"), "name": "Version 1"},
        "isPrivateFile": false,
        "isPublished": true,
        "customCoordinates": null,
        "url": format!("https://ik.imagekit.io/your_imagekit_id/images/products/file-{index}.jpg"),
        "thumbnail":
            format!("https://ik.imagekit.io/your_imagekit_id/tr:n-ik_ml_thumbnail/images/products/file-{index}.jpg"),
        "fileType": "image",
        "mime": "image/jpeg",
        "width": 1000,
        "height": 500,
        "size": 117_079,
        "hasAlpha": false,
        "customMetadata": {"brand": "Nike", "color": "red", "price": 12.5},
        "embeddedMetadata": {
            "XResolution": 250,
            "YResolution": 250,
            "DateCreated": "2022-06-15T08:19:00.843Z",
            "DateTimeCreated": "2022-06-15T08:19:00.843Z",
        },
        "createdAt": "2019-08-24T06:14:41.313Z",
        "updatedAt": "2019-08-24T06:14:41.313Z",
    })
}

/// A folder.
pub fn folder(index: usize) -> Value {
    json!({
        "type": "folder",
        "folderId": format!("6441fce4e809dd54b0{index:06x}"),
        "name": format!("summer-{index}"),
        "folderPath": format!("/sale/summer-{index}"),
        "customMetadata": {},
        "createdAt": "2023-04-21T03:03:00.869Z",
        "updatedAt": "2023-04-21T03:10:22.374Z",
    })
}

/// A page of 1,000 items, every tenth a folder.
pub fn page() -> Value {
    (0..1_000).map(|index| if index % 10 == 9 { folder(index) } else { file(index) }).collect()
}

/// Metadata with every EXIF group, about 2 KB, and a maker note that makes it 6 KB.
pub fn metadata() -> Value {
    let note: serde_json::Map<String, Value> =
        (0..120).map(|tag| (format!("MakerTag{tag:04x}"), json!([tag, 2 * tag, "off"]))).collect();
    json!({
        "height": 68, "width": 100, "size": 7749, "format": "jpg", "hasColorProfile": true,
        "quality": 0, "density": 72, "hasTransparency": false, "pHash": "f06830ca9f1e3e90",
        "exif": {
            "image": {
                "Make": "Canon", "Model": "Canon EOS 40D", "Orientation": 1, "XResolution": 72,
                "YResolution": 72, "ResolutionUnit": 2, "Software": "GIMP 2.4.5",
                "ModifyDate": "2008:07:31 10:38:11", "YCbCrPositioning": 2, "ExifOffset": 214,
                "GPSInfo": 978,
            },
            "thumbnail": {
                "Compression": 6, "XResolution": 72, "YResolution": 72, "ResolutionUnit": 2,
                "ThumbnailOffset": 1090, "ThumbnailLength": 1378,
            },
            "exif": {
                "ExposureTime": 0.00625, "FNumber": 7.1, "ExposureProgram": 1, "ISO": 100,
                "ExifVersion": "0221", "DateTimeOriginal": "2008:05:30 15:56:01",
                "CreateDate": "2008:05:30 15:56:01", "ShutterSpeedValue": 7.375,
                "ApertureValue": 5.625, "ExposureCompensation": 0, "MeteringMode": 5, "Flash": 9,
                "FocalLength": 135, "SubSecTime": "00", "FlashpixVersion": "0100",
                "ColorSpace": 1, "ExifImageWidth": 100, "ExifImageHeight": 68,
                "InteropOffset": 948, "FocalPlaneXResolution": 4438.356164383562,
                "FocalPlaneYResolution": 4445.969125214408, "FocalPlaneResolutionUnit": 2,
                "CustomRendered": 0, "ExposureMode": 1, "WhiteBalance": 0, "SceneCaptureType": 0,
            },
            "gps": {
                "GPSVersionID": [2, 2, 0, 0], "GPSLatitudeRef": "N",
                "GPSLatitude": [48, 51, 29.52], "GPSLongitudeRef": "E",
                "GPSLongitude": [2, 17, 40.2], "GPSTimeStamp": [13, 56, 1],
            },
            "interoperability": {"InteropIndex": "R98", "InteropVersion": "0100"},
            "makernote": note,
        },
    })
}

/// A webhook about an image whose embedded metadata brings it to 4 KiB.
pub fn event() -> Value {
    let mut file = file(1);
    for line in 0..55 {
        let text = format!("A keyword out of a long list of them: {line:02}");
        file["embeddedMetadata"][format!("Keyword{line:02}")] = text.into();
    }
    json!({
        "type": "file.updated",
        "id": "evt_64a1f0c2",
        "created_at": "2026-02-11T09:00:01.123Z",
        "data": file,
    })
}
