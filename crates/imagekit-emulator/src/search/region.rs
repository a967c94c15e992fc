//! Regions on the earth, for `LocationTaken`.

/// A point on the earth, in degrees; south and west are negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

/// A region (the search documentation).
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Region {
    /// `40,100 5km`: within so many kilometres of a point.
    Circle(Point, f64),
    /// `40,100|50,105`, two opposite corners, or all four corners: the rectangle around them.
    Around(Vec<Point>),
}

/// The mean radius of the earth in kilometres.
const EARTH: f64 = 6371.0;

impl Region {
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some((centre, distance)) = text.trim().split_once(' ') {
            return Some(Self::Circle(Point::parse(centre)?, kilometres(distance.trim())?));
        }
        let points: Option<Vec<Point>> = text.split('|').map(Point::parse).collect();
        points.filter(|points| matches!(points.len(), 2 | 4)).map(Self::Around)
    }

    pub(super) fn contains(&self, point: Point) -> bool {
        match self {
            Self::Circle(centre, kilometres) => centre.distance(point) <= *kilometres,
            Self::Around(corners) => {
                let within = |of: fn(&Point) -> f64| {
                    let least = corners.iter().map(of).fold(f64::INFINITY, f64::min);
                    let most = corners.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
                    (least..=most).contains(&of(&point))
                };
                within(|point| point.latitude) && within(|point| point.longitude)
            }
        }
    }
}

impl Point {
    fn parse(text: &str) -> Option<Self> {
        let (latitude, longitude) = text.split_once(',')?;
        let degrees = |text: &str, most: f64| {
            text.trim().parse::<f64>().ok().filter(|degrees| degrees.abs() <= most)
        };
        Some(Self { latitude: degrees(latitude, 90.0)?, longitude: degrees(longitude, 180.0)? })
    }

    /// The distance along a great circle, in kilometres.
    fn distance(self, other: Self) -> f64 {
        let (from, to) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
        let chord = half(other.latitude - self.latitude)
            + from.cos() * to.cos() * half(other.longitude - self.longitude);
        2.0 * EARTH * chord.sqrt().min(1.0).asin()
    }
}

fn kilometres(text: &str) -> Option<f64> {
    let (number, factor) = match text.strip_suffix("km") {
        Some(number) => (number, 1.0),
        None => (text.strip_suffix("mi")?, 1.609_344),
    };
    let number: f64 = number.trim().parse().ok()?;
    (number > 0.0 && number.is_finite()).then_some(number * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions() {
        let berlin = Point { latitude: 52.52, longitude: 13.405 };
        for (text, contained) in [
            ("52.52,13.405 1km", true),
            ("48.137,11.575 500km", false),
            ("48.137,11.575 510km", true),
            ("48.137,11.575 317mi", true),
            ("50,10|55,15", true),
            ("55,15|50,10", true),
            ("50,10|50,12|55,12|55,10", false),
        ] {
            assert_eq!(Region::parse(text).unwrap().contains(berlin), contained, "{text}");
        }
        for bad in ["", "40", "40,100", "40,100 far", "40,100 -5km", "91,0 5km", "1,1|2,2|3,3"] {
            assert_eq!(Region::parse(bad), None, "{bad}");
        }
    }
}
