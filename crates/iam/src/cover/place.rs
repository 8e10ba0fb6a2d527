//! The resources that a pattern means, in a place.

use super::automaton::{Automaton, Step, split, within};
use super::classes::{Language, classes};
use super::question::{QuestionError, Viewpoint};
use super::shapes::{self, Part, Shape};
use crate::arn::{is_account_id, segments};
use crate::pattern::{Filled, Glob, Syntax, Template, Token};
use crate::scope::Scope;

/// Where resources are. It fills in wildcards in the segments of an ARN; what a pattern says
/// itself, such as another account, it leaves alone, but for the partition.
///
/// For a service whose ARNs have no region or account (S3 buckets, public images, roles) the
/// segment is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: Option<String>,
    /// The twelve digits of the account.
    pub account: Option<String>,
    /// Such as `eu-west-1`.
    pub region: Option<String>,
}

const SYNTAX: Syntax = Syntax {
    wildcards: true,
    variables: true,
    fold: false,
};

impl Place {
    /// The place, with what it leaves open taken from the principal's ARN.
    pub(crate) fn of(view: &Viewpoint) -> Self {
        let mut place = view.place.clone();
        let principal = view.principal.as_deref().and_then(segments);
        if let Some(["arn", partition, _, _, account, _]) = principal
            && is_account_id(account)
        {
            place.partition.get_or_insert_with(|| partition.to_owned());
            place.account.get_or_insert_with(|| account.to_owned());
        }
        place
    }

    /// The value of a segment in ARNs of a shape; `None` when it may be anything.
    fn value(&self, segment: usize, shape: &Shape) -> Option<&str> {
        let (own, part) = match segment {
            1 => (&self.partition, Part::Own),
            3 => (&self.region, shape.region),
            4 => (&self.account, shape.account),
            _ => return None,
        };
        // Where the own value is not known, the pattern stays as it is, and means this shape too.
        own.as_deref().map(|own| match part {
            Part::Own => own,
            Part::Empty => "",
            Part::Aws => "aws",
        })
    }
}

/// The resources that the pattern means.
pub(crate) fn resources(
    pattern: &str,
    place: &Place,
    scope: &Scope<'_>,
) -> Result<Language, QuestionError> {
    let Filled::Known(tokens) = Template::compile(pattern, SYNTAX).fill(scope) else {
        return Err(QuestionError::Variable(pattern.to_owned()));
    };
    let parts: Vec<&[Token]> = split(&tokens, 6).collect();
    let is_arn = parts.len() == 6 && parts.first().and_then(|part| literal(part)).is_some();
    let language = if is_arn {
        of_arns(&parts, place)
    } else {
        of_any(&tokens, place)
    };
    let anything = Language {
        alternatives: vec![vec![Automaton::of_tokens(&tokens), arns()]],
    };
    let is_empty = |language: &Language| {
        classes(language, &[], &[])
            .map(|found| found.is_empty())
            .map_err(|_| QuestionError::TooComplex)
    };
    match is_empty(&language)? {
        false => Ok(language),
        true if is_empty(&anything)? => Err(QuestionError::Resource(pattern.to_owned())),
        true => Err(QuestionError::Elsewhere(pattern.to_owned())),
    }
}

/// A pattern of six segments, each filled in by itself.
fn of_arns(parts: &[&[Token]], place: &Place) -> Language {
    let service = parts.get(2).and_then(|part| literal(part));
    let alternatives = shapes::shapes(service.as_deref()).into_iter();
    let alternatives = alternatives.filter_map(|shape| {
        let steps = filled_in(parts, place, &shape)?;
        let mut all = vec![Automaton::new(steps), arns()];
        all.extend(shape.resource.map(of_resource));
        Some(all)
    });
    Language {
        alternatives: alternatives.collect(),
    }
}

/// Any other pattern: it may match `*`, and ARNs of any service in the place.
fn of_any(tokens: &[Token], place: &Place) -> Language {
    let pattern = Automaton::of_tokens(tokens);
    let nothing = Automaton::new(vec![Step::Char('*')]);
    let anywhere: Vec<Token> = "arn:*:*:*:*:*".chars().map(token).collect();
    let anywhere: Vec<&[Token]> = split(&anywhere, 6).collect();
    let mut language = of_arns(&anywhere, place);
    for alternative in &mut language.alternatives {
        alternative.push(pattern.clone());
    }
    language.alternatives.push(vec![pattern, nothing]);
    language
}

/// The steps of the pattern with the place in its wildcards; `None` when they exclude the place.
fn filled_in(parts: &[&[Token]], place: &Place, shape: &Shape) -> Option<Vec<Step>> {
    let service = parts.get(2).and_then(|part| literal(part));
    let may_have_colons = !service.is_some_and(|service| shapes::is_without_colon(&service));
    let mut steps = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            steps.push(Step::Char(':'));
        }
        match place.value(index, shape) {
            // Only the partition is the same for everything that the caller can reach.
            Some(value) if index == 1 || literal(part).is_none() => {
                if !Glob::new(part.to_vec()).matches(value) {
                    return None;
                }
                steps.extend(value.chars().map(Step::Char));
            }
            _ if index == 5 && may_have_colons => {
                steps.extend(part.iter().map(|token| match token {
                    Token::Char(character) => Step::Char(*character),
                    Token::One => Step::One,
                    Token::Many => Step::Many,
                }))
            }
            _ => steps.extend(part.iter().copied().map(within)),
        }
    }
    Some(steps)
}

/// The text of a part without wildcards.
fn literal(part: &[Token]) -> Option<String> {
    let characters = part.iter().map(|token| match token {
        Token::Char(character) => Some(*character),
        Token::One | Token::Many => None,
    });
    characters.collect()
}

/// Everything that has the form of an ARN. Source: "Identify AWS resources with Amazon Resource
/// Names (ARNs)".
pub(super) fn arns() -> Automaton {
    use Step::{Char, Many, ManyWithin, One, OneWithin};
    Automaton::new(vec![
        Char('a'),
        Char('r'),
        Char('n'),
        Char(':'),
        OneWithin,
        ManyWithin,
        Char(':'),
        OneWithin,
        ManyWithin,
        Char(':'),
        ManyWithin,
        Char(':'),
        ManyWithin,
        Char(':'),
        One,
        Many,
    ])
}

/// ARNs whose resource matches.
fn of_resource(pattern: &str) -> Automaton {
    in_arn(&format!("*:*:*:*:*:{pattern}"))
}

/// A pattern of six segments without variables.
pub(super) fn in_arn(pattern: &str) -> Automaton {
    let tokens: Vec<Token> = pattern.chars().map(token).collect();
    Automaton::of_segments(&tokens, 6)
}

fn token(character: char) -> Token {
    match character {
        '*' => Token::Many,
        '?' => Token::One,
        other => Token::Char(other),
    }
}
