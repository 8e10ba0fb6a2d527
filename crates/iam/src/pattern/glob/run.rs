//! The general matcher.

use super::Token;

/// Matches with one point of return, the last `*`: an earlier one never has to take more, because
/// what follows it has matched at the first place it could. Time is at most the product of both
/// lengths, whatever the pattern.
pub(in crate::pattern) fn run<T, C>(tokens: T, text: C) -> bool
where
    T: Iterator<Item = Token> + Clone,
    C: Iterator<Item = char> + Clone,
{
    let mut tokens = tokens;
    let mut rest = text;
    let mut last_many = None;
    loop {
        let mut after = tokens.clone();
        match after.next() {
            Some(Token::Many) if after.clone().next().is_none() => return true,
            Some(Token::Many) => {
                last_many = Some((after.clone(), rest.clone()));
                tokens = after;
                continue;
            }
            Some(token) => {
                let mut shorter = rest.clone();
                match shorter.next() {
                    // The text is used up, and every return would only shorten it.
                    None => return false,
                    Some(character) if accepts(token, character) => {
                        rest = shorter;
                        tokens = after;
                        continue;
                    }
                    Some(_) => {}
                }
            }
            None if rest.clone().next().is_none() => return true,
            None => {}
        }
        let Some((after, from)) = &mut last_many else {
            return false;
        };
        if from.next().is_none() {
            return false;
        }
        tokens = after.clone();
        rest = from.clone();
    }
}

fn accepts(token: Token, character: char) -> bool {
    match token {
        Token::Char(wanted) => wanted == character,
        Token::One | Token::Many => true,
    }
}
