//! Tags that the service's reader does not know, so that `metadata.exif` never shows them; they
//! are part of `embeddedMetadata`. EXIF 2.31 and later, and what phones write beside them.

/// Number and name, sorted by number.
pub(super) const TAGS: &[(u16, &str)] = &[
    (0x9009, "GooglePlusUploadCode"),
    (0x9010, "OffsetTime"),
    (0x9011, "OffsetTimeOriginal"),
    (0x9012, "OffsetTimeDigitized"),
    (0x9400, "AmbientTemperature"),
    (0x9401, "Humidity"),
    (0x9402, "Pressure"),
    (0x9403, "WaterDepth"),
    (0x9404, "Acceleration"),
    (0x9405, "CameraElevationAngle"),
    (0xa436, "ImageTitle"),
    (0xa437, "Photographer"),
    (0xa438, "ImageEditor"),
    (0xa439, "CameraFirmware"),
    (0xa43a, "RAWDevelopingSoftware"),
    (0xa43b, "ImageEditingSoftware"),
    (0xa43c, "MetadataEditingSoftware"),
    (0xa460, "CompositeImage"),
    (0xa461, "CompositeImageCount"),
    (0xa462, "CompositeImageExposureTimes"),
];
