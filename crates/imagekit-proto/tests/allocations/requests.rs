//! Allocations of building requests and parsing responses.

use allocation_counter::measure;
use bytes::Bytes;
use http::Response;
use imagekit_proto::api::files::{GetFileDetails, UpdateFileDetails};
use imagekit_proto::{Config, Endpoint, EndpointExt as _, RequestContext};

const ID: &str = "598821f949c0a938d57563bd";

/// The details of an image as the API sends them, about 1.2 KB.
const FILE: &str = r#"{
    "fileId": "598821f949c0a938d57563bd",
    "type": "file",
    "name": "file-1.jpg",
    "filePath": "/images/products/file-1.jpg",
    "tags": ["t-shirt", "round-neck", "sale2019"],
    "AITags": [
        {"name": "Shirt", "confidence": 90.12, "source": "google-auto-tagging"},
        {"name": "T-shirt", "confidence": 80.12, "source": "aws-auto-tagging"}
    ],
    "versionInfo": {"id": "598821f949c0a938d57563bd", "name": "Version 1"},
    "isPrivateFile": false,
    "isPublished": true,
    "customCoordinates": null,
    "url": "https://ik.imagekit.io/your_imagekit_id/images/products/file-1.jpg",
    "thumbnail": "https://ik.imagekit.io/your_imagekit_id/tr:n-ik_ml_thumbnail/images/products/file-1.jpg",
    "fileType": "image",
    "mime": "image/jpeg",
    "width": 1000,
    "height": 500,
    "size": 117079,
    "hasAlpha": false,
    "customMetadata": {"brand": "Nike", "color": "red", "price": 12.5},
    "embeddedMetadata": {
        "XResolution": 250,
        "YResolution": 250,
        "DateCreated": "2022-06-15T08:19:00.843Z",
        "DateTimeCreated": "2022-06-15T08:19:00.843Z"
    },
    "createdAt": "2019-08-24T06:14:41.313Z",
    "updatedAt": "2019-08-24T06:14:41.313Z"
}"#;

fn build(endpoint: &impl Endpoint) -> u64 {
    let config = Config::new("private_test_key").unwrap();
    let prepare = RequestContext::new(&config, 7);
    let mut built = None;
    let counted = measure(|| built = endpoint.build(&prepare).ok());
    assert!(built.is_some());
    counted.count_total
}

#[test]
fn a_get_is_built_in_four() {
    let count = build(&GetFileDetails::new(ID));
    assert!(count <= 4, "{count}");
}

#[test]
fn a_patch_is_built_in_nine() {
    let update = UpdateFileDetails::new(ID).tags(["red", "round-neck"]);
    let count = build(&update.custom_coordinates("10,10,100,100"));
    assert!(count <= 9, "{count}");
}

#[test]
fn a_file_is_read_in_44() {
    let (details, response) = (GetFileDetails::new(ID), Response::new(Bytes::from(FILE)));
    let mut read = None;
    let counted = measure(|| read = details.parse(&response).ok());
    assert_eq!(read.unwrap().file_id, ID);
    assert!(counted.count_total <= 44, "{}", counted.count_total);
}
