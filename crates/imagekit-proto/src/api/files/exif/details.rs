//! EXIF group on exposure, lens and date.

use super::local_time::LocalDateTime;
use crate::types::model;

model! {
    /// Exposure, lens and date of a photo.
    #[derive(Default)]
    pub struct ExifDetails {
        /// Exposure time in seconds.
        exposure_time: Option<f64> = Lenient "ExposureTime",
        /// F-number.
        f_number: Option<f64> = Lenient "FNumber",
        /// Exposure program: 0 not defined, 1 manual, 2 normal, 3 aperture priority, 4 shutter priority,
        /// 5 creative, 6 action, 7 portrait, 8 landscape.
        exposure_program: Option<u64> = Lenient "ExposureProgram",
        /// ISO sensitivity.
        iso: Option<u64> = Lenient "ISO",
        /// EXIF version, such as `0220`.
        exif_version: Option<String> = Lenient "ExifVersion",
        /// Date of capture, `YYYY:MM:DD HH:MM:SS` in local time. [`captured_at`](Self::captured_at) parses
        /// it.
        date_time_original: Option<String> = Lenient "DateTimeOriginal",
        /// Date of digitisation, `YYYY:MM:DD HH:MM:SS` in local time.
        create_date: Option<String> = Lenient "CreateDate",
        /// Shutter speed (APEX).
        shutter_speed_value: Option<f64> = Lenient "ShutterSpeedValue",
        /// Aperture (APEX).
        aperture_value: Option<f64> = Lenient "ApertureValue",
        /// Exposure compensation in stops (EV).
        exposure_compensation: Option<f64> = Lenient "ExposureCompensation",
        /// Metering mode: 0 unknown, 1 average, 2 centre-weighted average, 3 spot, 4 multi-spot, 5 pattern,
        /// 6 partial, 255 other.
        metering_mode: Option<u64> = Lenient "MeteringMode",
        /// Flash, as bits; bit 0 says whether it fired.
        flash: Option<u64> = Lenient "Flash",
        /// Brightness (APEX).
        brightness_value: Option<f64> = Lenient "BrightnessValue",
        /// Largest aperture of the lens (APEX).
        max_aperture_value: Option<f64> = Lenient "MaxApertureValue",
        /// Light source: 0 unknown, 1 daylight, 2 fluorescent, 3 tungsten, 4 flash, and others.
        light_source: Option<u64> = Lenient "LightSource",
        /// Focal length in millimetres.
        focal_length: Option<f64> = Lenient "FocalLength",
        /// Comment of the user.
        user_comment: Option<String> = Lenient "UserComment",
        /// Sensor type: 1 not defined, 2 one-chip colour area, 3 two-chip, 4 three-chip, 5 colour
        /// sequential area, 7 trilinear, 8 colour sequential linear.
        sensing_method: Option<u64> = Lenient "SensingMethod",
        /// Scene type: the character U+0001 for a directly photographed image.
        scene_type: Option<String> = Lenient "SceneType",
        /// Focal length in millimetres, converted to 35 mm film.
        focal_length_in_35mm_format: Option<u64> = Lenient "FocalLengthIn35mmFormat",
        /// Lens model.
        lens_model: Option<String> = Lenient "LensModel",
        /// Sub-second digits of `ModifyDate`.
        sub_sec_time: Option<String> = Lenient "SubSecTime",
        /// Sub-second digits of `DateTimeOriginal`.
        sub_sec_time_original: Option<String> = Lenient "SubSecTimeOriginal",
        /// Sub-second digits of `CreateDate`.
        sub_sec_time_digitized: Option<String> = Lenient "SubSecTimeDigitized",
        /// Components of the image data, one character each.
        components_configuration: Option<String> = Lenient "ComponentsConfiguration",
        /// FlashPix version.
        flashpix_version: Option<String> = Lenient "FlashpixVersion",
        /// Colour space: 1 sRGB, 65535 uncalibrated.
        color_space: Option<u64> = Lenient "ColorSpace",
        /// In pixels.
        exif_image_width: Option<u64> = Lenient "ExifImageWidth",
        /// In pixels.
        exif_image_height: Option<u64> = Lenient "ExifImageHeight",
        /// Offset of the interoperability group in the file, in bytes.
        interop_offset: Option<u64> = Lenient "InteropOffset",
        /// Horizontal resolution of the sensor in pixels per `focal_plane_resolution_unit`.
        focal_plane_x_resolution: Option<f64> = Lenient "FocalPlaneXResolution",
        /// Vertical resolution of the sensor in pixels per `focal_plane_resolution_unit`.
        focal_plane_y_resolution: Option<f64> = Lenient "FocalPlaneYResolution",
        /// Unit of the sensor resolution: 2 inch, 3 centimetre.
        focal_plane_resolution_unit: Option<u64> = Lenient "FocalPlaneResolutionUnit",
        /// Custom processing: 0 normal, 1 custom.
        custom_rendered: Option<u64> = Lenient "CustomRendered",
        /// Exposure mode: 0 automatic, 1 manual, 2 automatic bracket.
        exposure_mode: Option<u64> = Lenient "ExposureMode",
        /// White balance: 0 automatic, 1 manual.
        white_balance: Option<u64> = Lenient "WhiteBalance",
        /// Scene capture type: 0 standard, 1 landscape, 2 portrait, 3 night.
        scene_capture_type: Option<u64> = Lenient "SceneCaptureType",
        /// File source: the character U+0003 for a digital camera.
        file_source: Option<String> = Lenient "FileSource",
        /// Compressed bits per pixel.
        compressed_bits_per_pixel: Option<f64> = Lenient "CompressedBitsPerPixel",
        /// Digital zoom ratio; 0 when no digital zoom was used.
        digital_zoom_ratio: Option<f64> = Lenient "DigitalZoomRatio",
        /// Sharpness: 0 normal, 1 soft, 2 hard.
        sharpness: Option<u64> = Lenient "Sharpness",
        /// Saturation: 0 normal, 1 low, 2 high.
        saturation: Option<u64> = Lenient "Saturation",
        /// Contrast: 0 normal, 1 soft, 2 hard.
        contrast: Option<u64> = Lenient "Contrast",
        /// Gain control: 0 none, 1 low gain up, 2 high gain up, 3 low gain down, 4 high gain down.
        gain_control: Option<u64> = Lenient "GainControl",
        /// Lens limits: shortest and longest focal length in millimetres, then the smallest f-number at
        /// each. In `extra` when one of the four is unknown.
        lens_info: Option<Vec<f64>> = Lenient "LensInfo",
        /// Lens maker.
        lens_make: Option<String> = Lenient "LensMake",
        /// Serial number of the lens.
        lens_serial_number: Option<String> = Lenient "LensSerialNumber",
        /// Serial number of the camera.
        serial_number: Option<String> = Lenient "SerialNumber",
        /// Distance to the subject in metres.
        subject_distance: Option<f64> = Lenient "SubjectDistance",
        /// Distance to the subject: 0 unknown, 1 macro, 2 close, 3 distant.
        subject_distance_range: Option<u64> = Lenient "SubjectDistanceRange",
        /// Area of the subject in pixels: `[x, y]`, `[x, y, diameter]` or `[x, y, width, height]`, with x
        /// and y of its centre.
        subject_area: Option<Vec<u64>> = Lenient "SubjectArea",
        /// Unique id of the image.
        image_unique_id: Option<String> = Lenient "ImageUniqueID",
    }
}

impl ExifDetails {
    /// Returns the date of capture as the camera's clock showed it, from `DateTimeOriginal` and
    /// `SubSecTimeOriginal`.
    ///
    /// EXIF names no time zone there, so this is no instant. `None` when the tag is absent or no date,
    /// such as the `0000:00:00 00:00:00` of a camera whose clock was not set.
    ///
    /// ```
    /// use imagekit_proto::api::files::ExifDetails;
    ///
    /// let details: ExifDetails = serde_json::from_str(
    ///     r#"{"DateTimeOriginal": "2019:10:16 19:01:03", "SubSecTimeOriginal": "25"}"#,
    /// )?;
    /// let time = details.captured_at().unwrap();
    /// assert_eq!((time.year, time.month, time.hour), (2019, 10, 19));
    /// assert_eq!(time.to_string(), "2019-10-16T19:01:03.25");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn captured_at(&self) -> Option<LocalDateTime> {
        LocalDateTime::from_exif(
            self.date_time_original.as_deref()?,
            self.sub_sec_time_original.as_deref(),
        )
    }
}
