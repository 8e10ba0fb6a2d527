//! Parts that people may leave out.

/// A part without white space around it; one with nothing else is not given.
pub(crate) fn given(part: Option<&str>) -> Option<&str> {
    part.map(str::trim).filter(|text| !text.is_empty())
}
