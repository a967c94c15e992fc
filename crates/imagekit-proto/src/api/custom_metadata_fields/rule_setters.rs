//! Setters of the rules for the values of a custom metadata field.

/// Writes the setters that a schema and an update of it have in common.
macro_rules! rule_setters {
    () => {
        /// Sets the options of a select field.
        pub fn select_options<V: Into<Value>>(
            mut self,
            options: impl IntoIterator<Item = V>,
        ) -> Self {
            self.select_options = Some(options.into_iter().map(Into::into).collect());
            self
        }

        /// Sets the default value.
        pub fn default_value(mut self, value: impl Into<Value>) -> Self {
            self.default_value = Some(value.into());
            self
        }

        /// Requires a value of every file, or not.
        pub fn is_value_required(mut self, required: bool) -> Self {
            self.is_value_required = Some(required);
            self
        }

        /// Sets the smallest value: a number, or ISO 8601 text.
        pub fn min_value(mut self, value: impl Into<Value>) -> Self {
            self.min_value = Some(value.into());
            self
        }

        /// Sets the largest value: a number, or ISO 8601 text.
        pub fn max_value(mut self, value: impl Into<Value>) -> Self {
            self.max_value = Some(value.into());
            self
        }

        /// Sets the smallest length, in characters.
        pub fn min_length(mut self, characters: u64) -> Self {
            self.min_length = Some(characters);
            self
        }

        /// Sets the largest length, in characters.
        pub fn max_length(mut self, characters: u64) -> Self {
            self.max_length = Some(characters);
            self
        }
    };
}

pub(super) use rule_setters;
