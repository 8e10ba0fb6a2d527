//! Patterns as automata: which places of a pattern a text can have reached.

use crate::pattern::Token;

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// This character.
    Char(char),
    /// Exactly one character.
    One,
    /// Any run of characters.
    Many,
    /// Exactly one character that is no colon.
    OneWithin,
    /// Any run of characters without a colon.
    ManyWithin,
}

/// A pattern that is followed one character at a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Automaton {
    steps: Box<[Step]>,
    /// The steps are in lower case, and so is the text before it is compared.
    fold: bool,
}

/// The places that may have been reached, in ascending order; none means that it cannot match.
pub(super) type Places = Vec<u32>;

/// Characters outside ASCII whose lower case is, or is that of, a letter with another upper case.
const ODD_CASES: [char; 4] = ['\u{130}', '\u{212a}', '\u{212b}', '\u{2126}'];

impl Automaton {
    pub(crate) fn new(steps: Vec<Step>) -> Self {
        Self {
            steps: steps.into(),
            fold: false,
        }
    }

    /// A pattern as `Resource` has it, whose wildcards also match colons.
    pub(crate) fn of_tokens(tokens: &[Token]) -> Self {
        Self::new(tokens.iter().map(|token| across(*token)).collect())
    }

    /// A pattern whose colons stand between segments: in all but the last of `segments` wildcards
    /// do not match a colon.
    pub(crate) fn of_segments(tokens: &[Token], segments: usize) -> Self {
        let mut steps = Vec::with_capacity(tokens.len());
        for (index, segment) in split(tokens, segments).enumerate() {
            if index > 0 {
                steps.push(Step::Char(':'));
            }
            let last = index + 1 == segments;
            let step = |token: &Token| if last { across(*token) } else { within(*token) };
            steps.extend(segment.iter().map(step));
        }
        Self::new(steps)
    }

    /// The same, for texts in any case; the steps must be in lower case.
    pub(crate) fn ignoring_case(mut self) -> Self {
        self.fold = true;
        self
    }

    /// Where a text begins.
    pub(super) fn start(&self) -> Places {
        self.closed(vec![0])
    }

    /// Where one more character leads.
    pub(super) fn after(&self, places: &[u32], character: char) -> Places {
        if !self.fold {
            return self.step(places, character);
        }
        let mut folded = character.to_lowercase();
        let first = folded.next().unwrap_or(character);
        folded.fold(self.step(places, first), |at, one| self.step(&at, one))
    }

    /// Whether a text that ends here matches.
    pub(super) fn accepts(&self, places: &[u32]) -> bool {
        places
            .last()
            .is_some_and(|last| *last as usize == self.steps.len())
    }

    /// Whether the whole text matches.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let end = text.chars().try_fold(self.start(), |at, character| {
            Some(self.after(&at, character)).filter(|places| !places.is_empty())
        });
        end.is_some_and(|places| self.accepts(&places))
    }

    /// Adds the characters that matter here: any other is like any other.
    pub(super) fn telling(&self, places: &[u32], characters: &mut Vec<char>) {
        for place in places {
            match self.steps.get(*place as usize) {
                Some(Step::Char(character)) => {
                    characters.push(*character);
                    if self.fold {
                        characters.extend(other_cases(*character));
                    }
                }
                Some(Step::OneWithin | Step::ManyWithin) => characters.push(':'),
                Some(Step::One | Step::Many) | None => {}
            }
        }
    }

    fn step(&self, places: &[u32], character: char) -> Places {
        let mut next = Vec::with_capacity(places.len() + 1);
        for place in places {
            let (moves, stays) = match self.steps.get(*place as usize) {
                Some(Step::Char(wanted)) => (*wanted == character, false),
                Some(Step::One) => (true, false),
                Some(Step::OneWithin) => (character != ':', false),
                Some(Step::Many) => (false, true),
                Some(Step::ManyWithin) => (false, character != ':'),
                None => (false, false),
            };
            if stays {
                next.push(*place);
            }
            if moves {
                next.push(place + 1);
            }
        }
        self.closed(next)
    }

    /// Adds what is reached without a character, and forgets what is behind the last `*` that was
    /// reached: whatever could still match from there matches from the `*` too.
    fn closed(&self, mut places: Places) -> Places {
        let mut index = 0;
        while let Some(place) = places.get(index).copied() {
            if let Some(Step::Many | Step::ManyWithin) = self.steps.get(place as usize) {
                places.push(place + 1);
            }
            index += 1;
        }
        places.sort_unstable();
        places.dedup();
        let is_many = |place: &u32| self.steps.get(*place as usize) == Some(&Step::Many);
        if let Some(last) = places.iter().rposition(is_many) {
            places.drain(..last);
        }
        places
    }
}

/// The parts between the first colons of a pattern, at most `parts` of them.
pub(super) fn split(tokens: &[Token], parts: usize) -> impl Iterator<Item = &[Token]> {
    tokens.splitn(parts, |token| *token == Token::Char(':'))
}

fn across(token: Token) -> Step {
    match token {
        Token::Char(character) => Step::Char(character),
        Token::One => Step::One,
        Token::Many => Step::Many,
    }
}

pub(super) fn within(token: Token) -> Step {
    match token {
        Token::Char(character) => Step::Char(character),
        Token::One => Step::OneWithin,
        Token::Many => Step::ManyWithin,
    }
}

fn other_cases(character: char) -> impl Iterator<Item = char> {
    let mut upper = character.to_uppercase();
    let single = upper.next().filter(|_| upper.next().is_none());
    let odd = ODD_CASES.into_iter();
    single
        .into_iter()
        .chain(odd.filter(move |odd| odd.to_lowercase().any(|one| one == character)))
}
