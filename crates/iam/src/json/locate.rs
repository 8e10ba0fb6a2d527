//! Line and column of a value, found by reading the text once more up to it.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

/// Where the value starts that `steps` lead to (keys and list positions from the top).
pub(super) fn position(text: &str, steps: &[&str]) -> Option<(usize, usize)> {
    let mut source = serde_json::Deserializer::from_str(text);
    // Reaching the value is reported as an error, because only errors carry a position.
    let stop = Seek { steps }.deserialize(&mut source).err()?;
    // The column is that of the last byte read, and the value starts at the next.
    (stop.line() > 0).then(|| (stop.line(), stop.column() + 1))
}

struct Seek<'a> {
    steps: &'a [&'a str],
}

impl<'a> Seek<'a> {
    fn next(&self) -> Option<(&'a str, Seek<'a>)> {
        let (first, rest) = self.steps.split_first()?;
        Some((first, Seek { steps: rest }))
    }
}

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        if self.steps.is_empty() {
            return Err(D::Error::custom("here"));
        }
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object or a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<(), A::Error> {
        let Some((step, inner)) = self.next() else {
            return Ok(());
        };
        let Ok(wanted) = step.parse::<usize>() else {
            return Err(A::Error::custom("no such item"));
        };
        for _ in 0..wanted {
            source.next_element::<IgnoredAny>()?;
        }
        source.next_element_seed(inner)?;
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<(), A::Error> {
        let Some((step, inner)) = self.next() else {
            return Ok(());
        };
        while let Some(key) = source.next_key::<String>()? {
            if key == step {
                return source.next_value_seed(inner);
            }
            source.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}
