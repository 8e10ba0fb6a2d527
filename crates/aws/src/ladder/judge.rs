//! From the answers to single requests to the verdict on a requirement. Pure.

use std::collections::BTreeSet;

use commissary_core::domain::{DeniedBy, Verdict};
use commissary_permissions::{Requirement, SampleRequest, Samples};

/// What a rung of the ladder answers to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is allowed, by these statements or policies.
    Allowed { by: Vec<String> },
    /// It is denied. `final_` when nothing elsewhere can grant it all the same: by an explicit
    /// deny, or by a service control policy (IAM User Guide, "Policy evaluation logic").
    Denied { by: DeniedBy, final_: bool },
    /// It hangs on the values of these context keys.
    Conditional { keys: Vec<String> },
    /// The rung does not know.
    Unknown { why: String },
}

/// What a rung says about a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Judgement {
    /// The rung's last word, with what was seen.
    Settled { verdict: Verdict, detail: String },
    /// The rung could not say.
    Left { why: String },
}

/// An answer together with the resources that it is about.
struct About<'a> {
    answer: Answer,
    resources: Vec<&'a str>,
}

/// Decides a requirement by the answers to its samples.
pub(super) fn judge(
    requirement: &Requirement,
    samples: &Samples,
    answer: impl Fn(&SampleRequest) -> Answer,
) -> Judgement {
    let about = |sample| About {
        answer: answer(sample),
        resources: vec![sample.resource.as_str()],
    };
    let every = strictest(samples.every.iter().map(about).collect());
    let alternatives = agreed(samples.alternatives.iter().map(about).collect());
    let whole = match (every, alternatives) {
        (Some(every), Alternatives::None) => Some(every),
        (None, Alternatives::Agree(one)) => Some(one),
        (Some(every), Alternatives::Agree(one)) => strictest(vec![every, one]),
        (every, Alternatives::Differ) => match every {
            Some(every) if rank(&every.answer) >= UNKNOWN => Some(every),
            _ => return doubtful(samples),
        },
        (None, Alternatives::None) => None,
    };
    match whole {
        Some(whole) => worded(requirement, samples, whole),
        None => Judgement::Left {
            why: "no request is known that would show it".to_owned(),
        },
    }
}

/// How much an answer weighs where all must be allowed.
fn rank(answer: &Answer) -> u8 {
    match answer {
        Answer::Allowed { .. } => 0,
        Answer::Conditional { .. } => 1,
        Answer::Unknown { .. } => UNKNOWN,
        Answer::Denied { final_: false, .. } => 3,
        Answer::Denied { final_: true, .. } => 4,
    }
}

const UNKNOWN: u8 = 2;

/// All must be allowed: the heaviest answer counts, with every resource that got it.
fn strictest(answers: Vec<About<'_>>) -> Option<About<'_>> {
    let heaviest = answers.iter().map(|about| rank(&about.answer)).max()?;
    let mut counting = answers
        .into_iter()
        .filter(|about| rank(&about.answer) == heaviest);
    let first = counting.next()?;
    Some(counting.fold(first, merged))
}

fn merged<'a>(mut one: About<'a>, mut other: About<'a>) -> About<'a> {
    match (&mut one.answer, other.answer) {
        (Answer::Allowed { by }, Answer::Allowed { by: more }) => unite(by, more),
        (Answer::Conditional { keys }, Answer::Conditional { keys: more }) => unite(keys, more),
        (Answer::Denied { by, .. }, Answer::Denied { by: more, .. }) if by.is_like(&more) => {
            by.join(more);
        }
        // Another layer, or another reason: the first stands for all, so only its resources do.
        _ => return one,
    }
    one.resources.append(&mut other.resources);
    one
}

fn unite(into: &mut Vec<String>, more: Vec<String>) {
    let all: BTreeSet<String> = into.drain(..).chain(more).collect();
    into.extend(all);
}

enum Alternatives<'a> {
    None,
    Agree(About<'a>),
    Differ,
}

/// AWS asks for one of these, it is not known which: only what holds for all of them is known.
fn agreed(answers: Vec<About<'_>>) -> Alternatives<'_> {
    let kind = |about: &About<'_>| rank(&about.answer).min(3);
    let kinds: BTreeSet<u8> = answers.iter().map(kind).collect();
    let agree = kinds.len() == 1 || kinds.contains(&UNKNOWN);
    match strictest_but_known(answers) {
        None => Alternatives::None,
        Some(one) if agree => Alternatives::Agree(one),
        Some(_) => Alternatives::Differ,
    }
}

/// Where one alternative is unknown the whole is, whatever the others say. Where all are denied
/// the weakest denial counts.
fn strictest_but_known(mut answers: Vec<About<'_>>) -> Option<About<'_>> {
    if let Some(unknown) = answers
        .iter()
        .position(|about| rank(&about.answer) == UNKNOWN)
    {
        return Some(answers.swap_remove(unknown));
    }
    let weakest = answers.iter().map(|about| rank(&about.answer)).min()?;
    if weakest >= 3 {
        answers.retain(|about| rank(&about.answer) == weakest);
    }
    strictest(answers)
}

fn doubtful(samples: &Samples) -> Judgement {
    let because = samples
        .doubt
        .clone()
        .unwrap_or_else(|| "it is not known which of several requests AWS asks for".to_owned());
    let resources: Vec<&str> = samples
        .alternatives
        .iter()
        .map(|s| s.resource.as_str())
        .collect();
    Judgement::Settled {
        verdict: Verdict::Unverifiable { because },
        detail: format!("the answers for {} differ", listed(&resources)),
    }
}

fn worded(requirement: &Requirement, samples: &Samples, whole: About<'_>) -> Judgement {
    let on = listed(&whole.resources);
    let (verdict, mut detail, final_) = match whole.answer {
        Answer::Unknown { why } => return Judgement::Left { why },
        Answer::Allowed { by } if by.is_empty() => {
            (Verdict::Allowed, format!("allowed on {on}"), false)
        }
        Answer::Allowed { by } => {
            let detail = format!("allowed on {on} by {}", by.join(", "));
            (Verdict::Allowed, detail, false)
        }
        Answer::Conditional { keys } => (
            Verdict::Conditional { keys },
            format!("conditional on {on}"),
            false,
        ),
        Answer::Denied { by, final_ } => {
            (Verdict::Denied { by }, format!("denied on {on}"), final_)
        }
    };
    if !matches!(verdict, Verdict::Allowed) && !samples.assumptions.is_empty() {
        detail = format!(
            "{detail}, taking for granted: {}",
            samples.assumptions.join("; ")
        );
    }
    match &requirement.also_decided_by {
        Some(because) if !final_ => Judgement::Settled {
            verdict: Verdict::Unverifiable {
                because: because.clone(),
            },
            detail: format!("by the principal's own policies {detail}"),
        },
        _ => Judgement::Settled { verdict, detail },
    }
}

/// Resources as a sentence names them: the first few.
fn listed(resources: &[&str]) -> String {
    const SHOWN: usize = 3;
    let distinct: BTreeSet<&str> = resources.iter().copied().collect();
    let mut names: Vec<String> = distinct
        .iter()
        .take(SHOWN)
        .map(|r| format!("`{r}`"))
        .collect();
    if distinct.len() > SHOWN {
        names.push(format!("{} more", distinct.len() - SHOWN));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests;
