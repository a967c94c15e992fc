//! Values that may not fit the field that the API puts them in.

use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::{Number, Value};

/// A type of scalar fields. A JSON value either is of the type or comes back unchanged.
///
/// Everything is read through [`Value`], which costs nothing for a number, and is right in
/// whatever way `serde_json` represents numbers (its feature `arbitrary_precision` changes it).
pub(crate) trait Fit: Sized {
    /// The value as this type, or the value itself.
    fn fit(value: Value) -> Result<Self, Value>;

    /// Writes the value as the API would.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// A number type of a field.
pub(crate) trait Numeric: Copy {
    /// The number, if this type holds it exactly.
    fn exact(number: &Number) -> Option<Self>;

    /// Writes an integral number without a fraction, as the API does.
    fn write_number<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Numeric for u64 {
    fn exact(number: &Number) -> Option<Self> {
        const LIMIT: f64 = 18_446_744_073_709_551_616.0;
        number.as_u64().or_else(|| {
            let float = number.as_f64()?;
            (float.fract() == 0.0 && (0.0..LIMIT).contains(&float)).then_some(float as u64)
        })
    }

    fn write_number<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self)
    }
}

impl Numeric for f64 {
    fn exact(number: &Number) -> Option<Self> {
        let float = number.as_f64()?;
        let same = match (number.as_u64(), number.as_i64()) {
            (Some(integer), _) => float as u128 == u128::from(integer),
            (None, Some(integer)) => float as i128 == i128::from(integer),
            (None, None) => true,
        };
        same.then_some(float)
    }

    fn write_number<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        // Beyond 2^53 a float cannot distinguish neighbouring integers: it stays a float.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if self.fract() == 0.0 && self.abs() <= EXACT {
            serializer.serialize_i64(self as i64)
        } else {
            serializer.serialize_f64(self)
        }
    }
}

impl<N: Numeric> Fit for N {
    fn fit(value: Value) -> Result<Self, Value> {
        match &value {
            Value::Number(number) => N::exact(number).ok_or(value),
            _ => Err(value),
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.write_number(serializer)
    }
}

impl Fit for String {
    fn fit(value: Value) -> Result<Self, Value> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(other),
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<N: Numeric> Fit for Vec<N> {
    fn fit(value: Value) -> Result<Self, Value> {
        let Value::Array(items) = &value else { return Err(value) };
        let number = |item: &Value| match item {
            Value::Number(number) => N::exact(number),
            _ => None,
        };
        items.iter().map(number).collect::<Option<_>>().ok_or(value)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for number in self {
            list.serialize_element(&Written(number))?;
        }
        list.end()
    }
}

/// A value in its own JSON form.
pub(crate) struct Written<'a, T>(pub(crate) &'a T);

impl<T: Fit> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fit<T: Fit>(json: &str) -> Result<T, Value> {
        T::fit(serde_json::from_str(json).unwrap())
    }

    fn written<T: Fit>(value: T) -> String {
        serde_json::to_string(&Written(&value)).unwrap()
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(fit::<u64>("1024"), Ok(1024));
        assert_eq!(fit::<u64>("1024.0"), Ok(1024));
        assert_eq!(fit::<u64>("1e3"), Ok(1000));
        assert_eq!(fit::<u64>("-0.0"), Ok(0));
        assert_eq!(fit::<u64>("18446744073709551615"), Ok(u64::MAX));
        for json in ["0.5", "-1", "-1.0", "18446744073709551616", "1e300", "\"3\"", "null", "[]"] {
            assert!(fit::<u64>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn fractions_are_exact() {
        assert_eq!(fit::<f64>("172"), Ok(172.0));
        assert_eq!(fit::<f64>("-0.5"), Ok(-0.5));
        // Not among the floats: neighbours of 2^53, 2^64 and -2^63.
        for json in ["9007199254740993", "18446744073709551615", "-9223372036854775807", "true"] {
            assert!(fit::<f64>(json).is_err(), "{json}");
        }
        for json in ["92.74756622314453", "98.17486572265625", "23.839286944444442", "72", "-3"] {
            assert_eq!(written(fit::<f64>(json).unwrap()), json);
        }
    }

    #[test]
    fn a_list_fits_as_a_whole() {
        assert_eq!(fit::<Vec<u64>>("[2,2.0,0]"), Ok(vec![2, 2, 0]));
        assert_eq!(fit::<Vec<u64>>("[2,\"x\"]"), Err(serde_json::json!([2, "x"])));
        assert_eq!(written(vec![48.0, 51.5]), "[48,51.5]");
    }

    proptest! {
        /// What fits is written back as the same number; what does not comes back unchanged.
        #[test]
        fn no_number_changes(float in any::<f64>(), unsigned in any::<u64>(), signed in any::<i64>()) {
            for value in [Value::from(float), unsigned.into(), signed.into()] {
                match u64::fit(value.clone()) {
                    Ok(number) => prop_assert_eq!(Some(number as f64), value.as_f64()),
                    Err(other) => prop_assert_eq!(&other, &value),
                }
                match f64::fit(value.clone()) {
                    Ok(number) => {
                        let again: f64 = written(number).parse().unwrap();
                        prop_assert_eq!(Some(again), value.as_f64());
                    }
                    Err(other) => prop_assert_eq!(&other, &value),
                }
            }
        }
    }
}
