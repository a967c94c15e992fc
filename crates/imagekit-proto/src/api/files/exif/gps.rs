//! EXIF group on the place.

use crate::types::model;

model! {
    /// Place where a photo was taken.
    #[derive(Default)]
    pub struct ExifGps {
        /// Version of the GPS group, such as `[2, 3, 0, 0]`.
        version_id: Option<Vec<u64>> = Lenient "GPSVersionID",
        /// Hemisphere of the latitude: `N` or `S`.
        latitude_ref: Option<String> = Lenient "GPSLatitudeRef",
        /// Latitude in degrees, minutes, seconds, without its sign.
        latitude: Option<Vec<f64>> = Lenient "GPSLatitude",
        /// Hemisphere of the longitude: `E` or `W`.
        longitude_ref: Option<String> = Lenient "GPSLongitudeRef",
        /// Longitude in degrees, minutes, seconds, without its sign.
        longitude: Option<Vec<f64>> = Lenient "GPSLongitude",
        /// Sign of the altitude: 0 above, 1 below sea level.
        altitude_ref: Option<u64> = Lenient "GPSAltitudeRef",
        /// Altitude in metres, without its sign.
        altitude: Option<f64> = Lenient "GPSAltitude",
        /// UTC time of the position: hours, minutes, seconds.
        time_stamp: Option<Vec<f64>> = Lenient "GPSTimeStamp",
        /// Reference of the image direction: `T` true, `M` magnetic north.
        img_direction_ref: Option<String> = Lenient "GPSImgDirectionRef",
        /// Direction of the image in degrees, 0 to 359.99.
        img_direction: Option<f64> = Lenient "GPSImgDirection",
        /// UTC date of the position, `YYYY:MM:DD`.
        date_stamp: Option<String> = Lenient "GPSDateStamp",
        /// Unit of the speed: `K` km/h, `M` mph, `N` knots.
        speed_ref: Option<String> = Lenient "GPSSpeedRef",
        /// Speed of the receiver, in the unit of `speed_ref`.
        speed: Option<f64> = Lenient "GPSSpeed",
        /// Geodetic datum, such as `WGS-84`.
        map_datum: Option<String> = Lenient "GPSMapDatum",
        /// Method of the position, such as `GPS` or `CELLID`.
        processing_method: Option<String> = Lenient "GPSProcessingMethod",
    }
}

impl ExifGps {
    /// Returns latitude and longitude in decimal degrees; south and west are negative.
    ///
    /// `None` unless both are there with their hemispheres, and within 90 and 180 degrees: a position
    /// without a hemisphere could lie on the other side of the globe.
    ///
    /// ```
    /// use imagekit_proto::api::files::ExifGps;
    ///
    /// let gps: ExifGps = serde_json::from_str(
    ///     r#"{"GPSLatitudeRef": "S", "GPSLatitude": [33, 51, 30],
    ///         "GPSLongitudeRef": "E", "GPSLongitude": [151, 12.5, 0]}"#,
    /// )?;
    /// let (latitude, longitude) = gps.decimal_degrees().unwrap();
    /// assert!((latitude + 33.858333).abs() < 1e-6);
    /// assert!((longitude - 151.208333).abs() < 1e-6);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn decimal_degrees(&self) -> Option<(f64, f64)> {
        let latitude = degrees(&self.latitude, &self.latitude_ref, ["N", "S"], 90.0)?;
        let longitude = degrees(&self.longitude, &self.longitude_ref, ["E", "W"], 180.0)?;
        Some((latitude, longitude))
    }

    /// Returns the altitude in metres; below sea level it is negative.
    ///
    /// Without `GPSAltitudeRef` it counts as above sea level, which is the tag's default.
    ///
    /// ```
    /// use imagekit_proto::api::files::ExifGps;
    ///
    /// let gps: ExifGps = serde_json::from_str(r#"{"GPSAltitudeRef": 1, "GPSAltitude": 428.5}"#)?;
    /// assert_eq!(gps.altitude_meters(), Some(-428.5));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn altitude_meters(&self) -> Option<f64> {
        // EXIF 3.0 adds 2 and 3: above and below sea level, where 0 and 1 are of the ellipsoid.
        match self.altitude_ref {
            None | Some(0 | 2) => self.altitude,
            Some(1 | 3) => self.altitude.map(|altitude| -altitude),
            Some(_) => None,
        }
    }
}

/// Degrees with a sign, from degrees, minutes and seconds, of which the later may be left out.
fn degrees(
    parts: &Option<Vec<f64>>,
    hemisphere: &Option<String>,
    [positive, negative]: [&str; 2],
    limit: f64,
) -> Option<f64> {
    let degrees = match parts.as_deref()? {
        [degrees] => *degrees,
        [degrees, minutes] => degrees + minutes / 60.0,
        [degrees, minutes, seconds] => degrees + minutes / 60.0 + seconds / 3600.0,
        _ => return None,
    };
    let hemisphere = hemisphere.as_deref()?.trim();
    let sign = if hemisphere.eq_ignore_ascii_case(positive) {
        1.0
    } else if hemisphere.eq_ignore_ascii_case(negative) {
        -1.0
    } else {
        return None;
    };
    (0.0..=limit).contains(&degrees).then_some(sign * degrees)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn position(latitude: serde_json::Value, hemisphere: &str) -> Option<(f64, f64)> {
        let gps: ExifGps = serde_json::from_value(json!({
            "GPSLatitude": latitude, "GPSLatitudeRef": hemisphere,
            "GPSLongitude": [10.5], "GPSLongitudeRef": "W",
        }))
        .unwrap();
        gps.decimal_degrees()
    }

    #[test]
    fn minutes_and_seconds_may_be_left_out() {
        assert_eq!(position(json!([48.5]), "N"), Some((48.5, -10.5)));
        assert_eq!(position(json!([48, 30]), "s "), Some((-48.5, -10.5)));
        assert_eq!(position(json!([90, 0, 0]), "N"), Some((90.0, -10.5)));
    }

    #[test]
    fn what_is_no_position_is_none() {
        for latitude in [json!([]), json!([1, 2, 3, 4]), json!([91]), json!([-1]), json!("48 N")] {
            assert_eq!(position(latitude.clone(), "N"), None, "{latitude}");
        }
        assert_eq!(position(json!([48]), "E"), None);
        assert_eq!(ExifGps::default().decimal_degrees(), None);
        assert_eq!(ExifGps::default().altitude_meters(), None);
    }

    #[test]
    fn coordinates_are_lists_of_numbers() {
        let gps: ExifGps =
            serde_json::from_str(r#"{"GPSLatitude":[48,51.5,0],"GPSLongitude":[2,"x"]}"#).unwrap();
        assert_eq!(gps.latitude.unwrap()[1], 51.5);
        assert_eq!(gps.longitude, None);
        assert_eq!(gps.extra["GPSLongitude"], json!([2, "x"]));
    }
}
