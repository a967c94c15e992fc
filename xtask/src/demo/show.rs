//! Output of the tour.

use imagekit_proto::api::files::{Exif, FileDetails, Metadata, Orientation};

/// A step of the tour.
pub fn step(number: usize, title: &str) {
    println!("\n  {number}  {title}");
}

/// A line of a step.
pub fn fact(name: &str, value: impl std::fmt::Display) {
    println!("     {name:<16} {value}");
}

/// A line of a step, if there is something to say.
pub fn fact_opt(name: &str, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        fact(name, value);
    }
}

/// Prints the details of a file.
pub fn file(file: &FileDetails) {
    fact("file", format_args!("{} ({})", file.file_path, file.file_id));
    fact_opt("version", file.version_info.as_ref().and_then(|version| version.name.as_ref()));
    fact_opt("size", size(file.width, file.height, file.size));
    fact("tags", list(&file.tags));
    fact("coordinates", file.custom_coordinates.as_deref().unwrap_or("none"));
}

/// Pixels and bytes.
pub fn size(width: Option<u64>, height: Option<u64>, bytes: Option<u64>) -> Option<String> {
    let bytes = format!("{} bytes", bytes?);
    match (width, height) {
        (Some(width), Some(height)) => Some(format!("{width} x {height} pixels, {bytes}")),
        _ => Some(bytes),
    }
}

/// Joins words with commas.
pub fn list(words: &[String]) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

/// Prints measured metadata and the EXIF fields of the camera.
pub fn metadata(metadata: &Metadata) {
    fact_opt("format", metadata.format.as_ref());
    fact_opt("size", size(metadata.width, metadata.height, metadata.size));
    fact_opt("pHash", metadata.p_hash.as_ref());
    let yes_no = |yes| if yes { "yes" } else { "no" };
    fact_opt("transparency", metadata.has_transparency.map(yes_no));
    fact_opt("ICC profile", metadata.has_color_profile.map(yes_no));
    match &metadata.exif {
        Some(exif) if *exif != Exif::default() => self::exif(exif),
        _ => fact("EXIF", "none"),
    }
}

fn exif(exif: &Exif) {
    if let Some(image) = &exif.image {
        fact_opt("camera", camera(image.make.as_deref(), image.model.as_deref()));
        fact_opt("orientation", image.orientation.map(Orientation::value));
    }
    if let Some(details) = &exif.exif {
        fact_opt("taken", details.captured_at());
        fact_opt("exposure", details.exposure_time.map(exposure));
        fact_opt("aperture", details.f_number.map(|number| format!("f/{number}")));
        fact_opt("ISO", details.iso);
        fact_opt("focal length", details.focal_length.map(|length| format!("{length} mm")));
        fact_opt("lens", details.lens_model.as_ref());
    }
    if let Some(gps) = &exif.gps {
        let position = gps.decimal_degrees();
        fact_opt("GPS", position.map(|(latitude, longitude)| format!("{latitude}, {longitude}")));
    }
    groups(exif);
}

/// Joins make and model; many models repeat their make.
fn camera(make: Option<&str>, model: Option<&str>) -> Option<String> {
    match (make, model) {
        (Some(make), Some(model)) if !model.starts_with(make) => Some(format!("{make} {model}")),
        (make, model) => model.or(make).map(str::to_owned),
    }
}

/// Formats an exposure time, such as `1/250 s`.
fn exposure(seconds: f64) -> String {
    if seconds > 0.0 && seconds < 0.5 {
        format!("1/{:.0} s", 1.0 / seconds)
    } else {
        format!("{seconds} s")
    }
}

/// Every tag of every group.
fn groups(exif: &Exif) {
    const WIDTH: usize = 76;
    let value = serde_json::to_value(exif).unwrap_or_default();
    fact("EXIF", "by group, as ImageKit names the tags");
    for (name, group) in value.as_object().into_iter().flatten() {
        let Some(tags) = group.as_object().filter(|tags| !tags.is_empty()) else { continue };
        let mut line = String::new();
        let mut label = format!("- {name}");
        for (tag, value) in tags {
            let word = format!("{tag} {value}");
            if !line.is_empty() && line.len() + 2 + word.len() > WIDTH {
                fact(&label, &line);
                label.clear();
                line.clear();
            }
            if !line.is_empty() {
                line.push_str(", ");
            }
            line.push_str(&word);
        }
        fact(&label, &line);
    }
}
