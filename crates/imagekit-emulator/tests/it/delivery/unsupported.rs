//! What the emulator does not have is named in a 501.

use super::picture::{emulator, get};

#[test]
fn a_501_names_the_parameter() {
    let emulator = emulator();
    for (path, named) in [
        ("/photo.jpg?tr=f-avif", "`f-avif`"),
        ("/photo.jpg?tr=f-webp,q-50", "`q`"),
        ("/photo.jpg?tr=e-upscale", "`e-upscale`"),
        ("/photo.jpg?tr=w-10,e-changebg-prompt-a%20car", "`e-changebg-prompt-a car`"),
        ("/photo.jpg?tr=z-2", "`z-2`"),
        ("/photo.jpg?tr=w-auto", "`w-auto`"),
        ("/photo.jpg?tr=if-ar_gt_1,w-10,if-end", "`if-ar_gt_1`"),
        ("/photo.jpg?tr=w-900,h-900,cm-pad_resize,bg-blurred", "`bg-blurred`"),
        ("/photo.jpg?tr=unknown-1", "`unknown-1`"),
        ("/photo.jpg?tr=l-image,i-dot.png,lm-multiply,l-end", "`lm-multiply`"),
        ("/photo.jpg?tr=l-video,i-a.mp4,l-end", "`video`"),
        ("/photo.jpg?tr=fs-10", "`fs-10`"),
        ("/drawing.svg?tr=w-10", "`image/svg+xml`"),
        ("/film.mp4?tr=w-10", "videos"),
        ("/film.mp4/ik-thumbnail.jpg", "videos"),
    ] {
        emulator.put("/drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap();
        emulator.put("/film.mp4", &b"\0\0\0\x14ftypisom\0\0\0\0mp42"[..]).unwrap();
        let response = get(&emulator, path);
        let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(response.status(), 501, "{path}: {body}");
        assert!(body["message"].as_str().unwrap().contains(named), "{path}: {body}");
    }
    assert_eq!(get(&emulator, "/film.mp4").status(), 200);
    assert_eq!(get(&emulator, "/drawing.svg?tr=orig-true").status(), 200);
}

#[test]
fn damaged_images_are_refused() {
    let emulator = emulator();
    let photo = emulator.stored_bytes("/photo.jpg").unwrap();
    emulator.put("/cut.png", emulator.stored_bytes("/four.png").unwrap().slice(..60)).unwrap();
    emulator.put("/head.jpg", photo.slice(..200)).unwrap();
    for path in ["/cut.png?tr=w-5", "/head.jpg?tr=w-5"] {
        assert_eq!(get(&emulator, path).status(), 400, "{path}");
    }
}
