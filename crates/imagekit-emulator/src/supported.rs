//! What delivery, transformations and webhooks support.
//!
//! Everything else gets 501 with a body that names the parameter; in uploads and in metadata by URL
//! the status is 400, since the API documents no 501. What ImageKit would refuse too
//! (a value out of range, an unknown name) gets 400.
//!
//! # URLs
//!
//! | URL | response |
//! | --- | --- |
//! | `/demo/path/a.jpg` | the current version; `demo` is the path of [`Emulator::with_url_endpoint`](crate::Emulator::with_url_endpoint) |
//! | `/demo/shop/path/a.jpg` | the same, if a URL endpoint has the `urlPrefix` `shop`; URL rewriters are ignored |
//! | `?ik-obj-version=...` | an older version, or one that is not published |
//! | `?ik-t=...&ik-s=...` | checked against the private key and the emulator's clock; 401 if it is wrong or has expired, for public files too |
//! | a private file | 401, but for signed URLs and URLs whose transformations are all named; the same if a layer shows one |
//! | `/demo/tr:w-300/a.jpg`, `?tr=w-300` | the transformed image; steps of the path come before those of the query |
//! | `?tr=di-@@b.jpg` | the default image, if the file does not exist |
//! | `?ik-attachment=true` | `content-disposition: attachment` |
//! | `/demo/a.mp4?tr=...`, `/demo/a.mp4/ik-thumbnail.jpg` | 501; events of a failed transformation are recorded |
//!
//! GET and HEAD; one range of bytes (206, 416), `If-Range`, `If-None-Match` (304). Public files may
//! be cached for a year, private ones not. Files that are neither image nor video ignore
//! transformations.
//!
//! # Images
//!
//! JPEG, PNG, GIF and WebP (the first frame of an animation), BMP and TIFF can be transformed; SVG,
//! AVIF and HEIC get 501. The image is turned upright by its EXIF orientation first; metadata and
//! color profiles are removed. Feature `media`, on by default, has to be on.
//!
//! | parameter | support |
//! | --- | --- |
//! | `w`, `h` | pixels, shares (`0.5`), expressions (`iw_div_2`); `auto`: 501 |
//! | `ar` | `4-3`, `4:3`, `1.5`, expressions; `auto`: 501 |
//! | `c` | `force`, `at_max`, `at_max_enlarge`, `at_least`, `maintain_ratio`, `maintain_ratio_no_enlarge` |
//! | `cm` | `extract`, `pad_resize`, `pad_extract`, `pad_resize_no_enlarge`, `pad_extract_no_shrink` |
//! | `fo` | sides, corners, `center`, `custom`; `auto`, `face` and objects mean the center |
//! | `x`, `y`, `xc`, `yc` | of `cm-extract` |
//! | `dpr` | 0.1 to 5; `auto` means 1 |
//! | `bg` | a color, `dominant`; `blurred`, gradients and `genfill`: 501. Padding is black without it |
//! | `f` | `auto` (WebP if `Accept` names it), `jpg`, `png`, `webp`, `gif`, `orig`; `avif` and videos: 501 |
//! | `q` | of JPEG, 80 unless set; of WebP: 501, because only lossless WebP is written |
//! | `lo` | allows WebP with `q` |
//! | `r` | a radius, `max`, or four radii |
//! | `b` | `<width>_<color>`, around the image |
//! | `rt` | degrees, `N` for counter-clockwise, `auto` |
//! | `fl` | `h`, `v`, `h_v` |
//! | `o`, `bl` | opacity 0 to 100; Gaussian blur 1 to 100 |
//! | `t` | `true`, or a threshold of 1 to 99 |
//! | `e-grayscale`, `e-contrast`, `e-sharpen`, `e-usm`, `e-gradient` | simple forms; radius and sigma of `e-usm` 100 at most |
//! | `n` | named transformations, and the thumbnails `ik_ml_thumbnail` and `media_library_thumbnail` (400 by 300 at most) |
//! | `orig-true` | the file unchanged |
//! | `pr`, `cp`, `md` | accepted, without effect |
//! | `z`, `pg`, `e-shadow`, AI, conditions (`if-...`) and all others | 501 |
//!
//! A step is applied in this order: trim, resize, background, effects, layers, corners, border,
//! opacity, flip, rotation. Pre-transformations of uploads do the same.
//!
//! # Layers
//!
//! | layer | support |
//! | --- | --- |
//! | `l-image` | a file of the library (`i`, `ie`; `@@` for slashes) with steps of its own; edges are trimmed unless `t-false` |
//! | `l-image,i-ik_canvas` | a block: `w`, `h`, `bg`, `al`, `r`, `e-gradient` |
//! | `l-text` | `fs`, `co`, `bg`, `pa`, `ia`, `w` (wraps), `tg` (`b`, `i`, `strikethrough`), `al`, `r`, `rt`; always in Noto Sans Mono, whatever `ff` says; 144 characters |
//! | position | `lx`, `ly` (`N` counts from the far edge), `lxc`, `lyc`, `lfo` |
//! | nesting | 3 levels |
//! | `l-video`, `l-subtitles`, `lm`, `lap`, `lh`, timing | 501 |
//!
//! # Limits
//!
//! 16,383 pixels a side and 25 million pixels for every image on the way; 512 MiB for all images
//! that the process decodes and renders at once (later requests wait); 8 KiB and 200 parameters for
//! a transformation. Beyond them: 400.
//!
//! # Webhooks
//!
//! Every event is recorded ([`Emulator::events`](crate::Emulator::events)); a `Server` posts it to
//! each [`Webhook`](crate::Webhook), and to each webhook that `POST /v1/accounts/webhooks` created
//! for this event on this machine, signed as ImageKit signs (Standard Webhooks) by the system's
//! clock, and repeats it until the response is a 2xx. What was sent is in
//! [`Emulator::webhook_attempts`](crate::Emulator::webhook_attempts).
//!
//! | event | when |
//! | --- | --- |
//! | `file.created`, `file.deleted` | a file appears or is gone, whatever the operation; not by [`Emulator::put`](crate::Emulator::put) |
//! | `file.updated` | details, publication, name, folder or current version changed |
//! | `file-version.created`, `file-version.deleted` | a version appears (an upload over a file, `remove-bg`) or is gone |
//! | `upload.pre-transform.success`, `.error` | after the upload |
//! | `upload.post-transform.success`, `.error` | after the upload, one for each step; nothing is rendered before its URL is requested |
//! | `video.transformation.accepted`, `.error` | a URL asks for a transformed video |
//! | `video.transformation.ready`, `folder.created`, `.updated`, `.deleted` | never |
//!
//! Results of extensions are posted to their `webhookUrl` if that is an `http` URL of this machine.
