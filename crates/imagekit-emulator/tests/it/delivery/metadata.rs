//! Metadata of transformed images, by their URLs.

use imagekit_emulator::Emulator;
use serde_json::{Value, json};

use super::picture::emulator;
use crate::support::{self, photo, upload};

fn measured(emulator: &Emulator, url: &str) -> (u16, Value) {
    let encoded: String = url.bytes().map(|byte| format!("%{byte:02X}")).collect();
    support::json(emulator, "GET", &format!("/v1/metadata?url={encoded}"), json!(null))
}

#[test]
fn the_transformed_image_is_measured() {
    let emulator = emulator();
    let base = "https://ik.imagekit.io/demo";
    for (path, width, height, format) in [
        ("/photo.jpg", 640, 480, "jpg"),
        ("/photo.jpg?tr=w-64", 64, 48, "jpg"),
        ("/tr:w-64,h-64,f-png:rt-90/photo.jpg", 64, 64, "png"),
        ("/tr:n-ik_ml_thumbnail/photo.jpg", 400, 300, "jpg"),
    ] {
        let (status, metadata) = measured(&emulator, &format!("{base}{path}"));
        assert_eq!(status, 200, "{path}: {metadata}");
        assert_eq!(
            (&metadata["width"], &metadata["height"], &metadata["format"]),
            (&json!(width), &json!(height), &json!(format))
        );
    }
    assert_eq!(measured(&emulator, &format!("{base}/tr:w-1/none.jpg")).0, 404);
    assert_eq!(measured(&emulator, &format!("{base}/tr:e-upscale/photo.jpg")).0, 400);
    assert_eq!(measured(&emulator, "https://other.example/tr:w-1/photo.jpg").0, 400);
}

#[test]
fn thumbnails_of_the_api_can_be_measured_and_delivered() {
    let emulator = Emulator::new();
    let id = upload(&emulator, &photo("cat.jpg").is_private_file(true)).file_id;
    let (_, details) =
        support::json(&emulator, "GET", &format!("/v1/files/{id}/details"), json!(null));
    let thumbnail = details["thumbnail"].as_str().unwrap();
    let (status, metadata) = measured(&emulator, thumbnail);
    assert_eq!((status, &metadata["width"]), (200, &json!(400)));
    let path = thumbnail.strip_prefix("https://ik.imagekit.io/demo").unwrap();
    assert_eq!(super::picture::get(&emulator, path).status(), 200);
}
