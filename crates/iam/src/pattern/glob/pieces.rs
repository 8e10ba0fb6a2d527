//! Patterns without `?`: literals with `*` between them, matched as bytes.

/// Whether case matters. The literals of a pattern for which it does not are in lower case.
pub(super) trait Compare {
    fn same(text: &[u8], literal: &[u8]) -> bool;
    fn same_byte(text: u8, literal: u8) -> bool;
    fn fold(character: char) -> char;
}

/// Case matters.
pub(super) struct SameCase;

/// The case of ASCII letters in the text does not matter.
pub(super) struct AnyCase;

impl Compare for SameCase {
    fn same(text: &[u8], literal: &[u8]) -> bool {
        text == literal
    }

    fn same_byte(text: u8, literal: u8) -> bool {
        text == literal
    }

    fn fold(character: char) -> char {
        character
    }
}

impl Compare for AnyCase {
    fn same(text: &[u8], literal: &[u8]) -> bool {
        text.eq_ignore_ascii_case(literal)
    }

    fn same_byte(text: u8, literal: u8) -> bool {
        text.to_ascii_lowercase() == literal
    }

    fn fold(character: char) -> char {
        character.to_ascii_lowercase()
    }
}

/// `first*…*last`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pieces {
    first: Box<str>,
    /// None of them is empty.
    between: Box<[Box<str>]>,
    last: Box<str>,
}

impl Pieces {
    pub(super) fn new(
        first: Box<str>,
        between: impl Iterator<Item = Box<str>>,
        last: Box<str>,
    ) -> Self {
        Self {
            first,
            between: between.filter(|literal| !literal.is_empty()).collect(),
            last,
        }
    }

    pub(super) fn literals(&self) -> impl Iterator<Item = &str> {
        let between = self.between.iter().map(|literal| &**literal);
        let ends = (std::iter::once(&*self.first), std::iter::once(&*self.last));
        ends.0.chain(between).chain(ends.1)
    }

    /// Takes each literal at the first place it could stand: one further on would only leave less
    /// for those that follow.
    pub(super) fn matches<C: Compare>(&self, text: &[u8]) -> bool {
        let Some((start, rest)) = text.split_at_checked(self.first.len()) else {
            return false;
        };
        let Some(middle) = rest.len().checked_sub(self.last.len()) else {
            return false;
        };
        let Some((middle, end)) = rest.split_at_checked(middle) else {
            return false;
        };
        C::same(start, self.first.as_bytes())
            && C::same(end, self.last.as_bytes())
            && self
                .between
                .iter()
                .try_fold(middle, |rest, literal| after::<C>(rest, literal.as_bytes()))
                .is_some()
    }
}

/// What follows the first place where the literal stands.
fn after<'t, C: Compare>(text: &'t [u8], literal: &[u8]) -> Option<&'t [u8]> {
    let Some((head, tail)) = literal.split_first() else {
        return Some(text);
    };
    let mut rest = text;
    loop {
        let place = rest.iter().position(|byte| C::same_byte(*byte, *head))?;
        rest = rest.get(place + 1..)?;
        let (start, after) = rest.split_at_checked(tail.len())?;
        if C::same(start, tail) {
            return Some(after);
        }
    }
}
