//! Numbers and arithmetic expressions.

/// What the variables of expressions stand for, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// The image before the first step (`iw`, `ih`).
    pub(super) initial: (u32, u32),
    /// The image before this step (`cw`, `ch`).
    pub(super) current: (u32, u32),
    /// The image that a layer lies on (`bw`, `bh`); elsewhere the image itself.
    pub(super) base: (u32, u32),
}

impl Frame {
    /// The same, for the next step.
    pub(super) fn at(self, current: (u32, u32)) -> Self {
        Self { current, ..self }
    }

    fn variable(&self, name: &str) -> Option<f64> {
        let sides = |(width, height): (u32, u32)| (f64::from(width), f64::from(height));
        let (kind, side) = name.split_at_checked(1)?;
        let (width, height) = match kind {
            "i" => sides(self.initial),
            "c" => sides(self.current),
            "b" => sides(self.base),
            _ => return None,
        };
        match side {
            "w" => Some(width),
            "h" => Some(height),
            "ar" => Some(width / height),
            _ => None,
        }
    }
}

/// Returns the value of `300`, `N10`, `0.5`, `iw_div_2` or `bw_mul_0.4_sub_10`, computed from left
/// to right; `None` if it is no such thing, or not finite.
pub(super) fn evaluate(text: &str, frame: &Frame) -> Option<f64> {
    let mut parts = text.split('_');
    let operand = |part: &str| number(part).or_else(|| frame.variable(part));
    let mut value = operand(parts.next()?)?;
    while let Some(operator) = parts.next() {
        let right = operand(parts.next()?)?;
        value = match operator {
            "add" => value + right,
            "sub" => value - right,
            "mul" => value * right,
            "div" => value / right,
            "mod" => value % right,
            "pow" => value.powf(right),
            _ => return None,
        };
    }
    Some(value).filter(|value| value.is_finite())
}

/// Returns a number; `N` or `-` in front makes it negative.
pub(super) fn number(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix(['N', '-']) {
        Some(digits) => (-1.0, digits),
        None => (1.0, text),
    };
    let decimal = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let value: f64 = digits.parse().ok().filter(|_| decimal)?;
    Some(sign * value).filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        let frame = Frame { initial: (640, 480), current: (320, 240), base: (100, 50) };
        for (text, expected) in [
            ("300", Some(300.0)),
            ("N10", Some(-10.0)),
            ("-10.5", Some(-10.5)),
            ("iw_div_2", Some(320.0)),
            ("ch", Some(240.0)),
            ("bw_mul_0.4_sub_10", Some(30.0)),
            ("bar", Some(2.0)),
            ("iw_div_0", None),
            ("iw_", None),
            ("iw_div", None),
            ("1e5", None),
            ("inf", None),
            ("", None),
            ("éw", None),
        ] {
            assert_eq!(evaluate(text, &frame), expected, "{text}");
        }
    }
}
