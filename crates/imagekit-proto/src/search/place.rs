//! Places where photos were taken.

use super::QueryError;
use super::literal::Literal;

/// A point on the earth, in degrees.
///
/// ```
/// use imagekit_proto::search::{Place, Point, field};
///
/// let near = Place::around(Point::new(48.2, 16.4), 10.0);
/// let query = field::location_taken().eq(near).build()?;
/// assert_eq!(query.as_str(), r#""embeddedMetadata.LocationTaken" = "48.2,16.4 10km""#);
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    latitude: f64,
    longitude: f64,
}

impl Point {
    /// Creates a point: `latitude` from -90 (south) to 90, `longitude` from -180 (west) to 180.
    pub fn new(latitude: f64, longitude: f64) -> Self {
        Self { latitude, longitude }
    }

    fn is_on_earth(&self) -> bool {
        self.latitude.abs() <= 90.0 && self.longitude.abs() <= 180.0
    }

    fn text(&self) -> String {
        format!("{},{}", self.latitude, self.longitude)
    }
}

/// A region, for [`field::location_taken`](super::field::location_taken).
///
/// ```
/// use imagekit_proto::search::{Place, Point, field};
///
/// let near = field::location_taken().eq(Place::around(Point::new(40.0, 100.0), 5.0));
/// assert_eq!(near.build()?.as_str(), r#""embeddedMetadata.LocationTaken" = "40,100 5km""#);
///
/// let place = Place::between(Point::new(40.0, 100.0), Point::new(50.0, 105.0));
/// let inside = field::location_taken().eq(place);
/// assert_eq!(inside.build()?.as_str(), r#""embeddedMetadata.LocationTaken" = "40,100|50,105""#);
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place(Shape);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Circle(Point, f64),
    Diagonal([Point; 2]),
    Corners([Point; 4]),
}

impl Place {
    /// Creates a circle of radius `kilometres` around `centre`.
    pub fn around(centre: Point, kilometres: f64) -> Self {
        Self(Shape::Circle(centre, kilometres))
    }

    /// Creates the rectangle with this diagonal.
    pub fn between(corner: Point, opposite: Point) -> Self {
        Self(Shape::Diagonal([corner, opposite]))
    }

    /// Creates the rectangle with these corners, in the order of its outline.
    pub fn rectangle(corners: [Point; 4]) -> Self {
        Self(Shape::Corners(corners))
    }
}

impl Literal for Place {
    fn literal(&self, field: &str) -> Result<String, QueryError> {
        let (points, radius): (&[Point], _) = match &self.0 {
            Shape::Circle(centre, radius) => (std::slice::from_ref(centre), Some(*radius)),
            Shape::Diagonal(points) => (points, None),
            Shape::Corners(points) => (points, None),
        };
        let is_radius = radius.is_none_or(|radius| radius > 0.0 && radius.is_finite());
        if !is_radius || !points.iter().all(Point::is_on_earth) {
            return Err(QueryError::Place { field: field.to_owned() });
        }
        let points: Vec<String> = points.iter().map(Point::text).collect();
        let radius = radius.map(|radius| format!(" {radius}km")).unwrap_or_default();
        Ok(format!("\"{}{radius}\"", points.join("|")))
    }
}
