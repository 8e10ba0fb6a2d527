//! A policy that somebody brings, held against what clusters need: its faults, what it lacks and
//! what it allows beyond.

use commissary_iam::lint::{Options, Severity, lint};
use commissary_iam::reference::Reference;
use commissary_iam::{
    Change, ChangeKind, NamedPolicy, Part, Policy, PolicySet, Viewpoint, compare,
};
use commissary_permissions::Selection;

/// What was found in a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyReview {
    /// Its size in characters as IAM counts it.
    pub size: usize,
    /// Its faults, the worst first.
    pub faults: Vec<PolicyFault>,
    /// What clusters need and it does not allow, or allows under other conditions only.
    pub lacks: Vec<AccessGap>,
    /// What it allows and clusters do not need.
    pub beyond: Vec<AccessGap>,
}

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultLevel {
    /// It cannot work as it is meant, or IAM refuses it.
    Error,
    /// It works otherwise than it reads.
    Warning,
    /// It could be better.
    Note,
}

/// A fault in the text of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFault {
    /// How bad it is.
    pub level: FaultLevel,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do.
    pub fix: String,
}

/// Actions on resources that one of two policies allows more freely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessGap {
    /// The actions, each on all the resources; what follows "except" is left out.
    pub actions: Vec<String>,
    /// The resources.
    pub resources: Vec<String>,
    /// What the policy says, for example `denied`.
    pub given: String,
    /// What clusters need, for example `allowed`.
    pub needed: String,
}

/// A policy cannot be held against what clusters need.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    /// The text is no policy.
    #[error("this is no policy: {0}")]
    NoPolicy(String),
    /// Its patterns are too many or too tangled to follow.
    #[error("this policy cannot be compared: {0}")]
    TooComplex(String),
    /// The reference of AWS's actions cannot be read.
    #[error("{0}")]
    Reference(String),
}

impl PolicyReview {
    /// Reviews a policy for a choice of features. It is taken to be all that its user has. A
    /// tangled one takes some seconds of a processor.
    ///
    /// # Errors
    /// The text is no policy, or it is too complex.
    pub fn of(text: &str, selection: &Selection<'_>) -> Result<Self, ReviewError> {
        let no_policy =
            |error: commissary_iam::ParseError| ReviewError::NoPolicy(error.to_string());
        let reference =
            Reference::bundled().map_err(|error| ReviewError::Reference(error.to_string()))?;
        let report = lint(text, reference, &Options::default()).map_err(no_policy)?;
        let given = Policy::parse(text).map_err(no_policy)?;
        let needed = Policy::parse(&selection.policy().to_compact()).map_err(no_policy)?;
        let difference = compare(&alone(given), &alone(needed), &Viewpoint::default())
            .map_err(|error| ReviewError::TooComplex(error.to_string()))?;
        let (beyond, lacks) = difference
            .changes
            .into_iter()
            .partition::<Vec<Change>, _>(|change| change.kind == ChangeKind::Lost);
        let faults = report.findings.iter().map(|finding| PolicyFault {
            level: level(finding.code.severity()),
            line: finding.place.line,
            message: finding.message.clone(),
            fix: finding.fix.clone(),
        });
        Ok(Self {
            size: report.size,
            faults: faults.collect(),
            lacks: lacks.into_iter().map(gap).collect(),
            beyond: beyond.into_iter().map(gap).collect(),
        })
    }
}

fn alone(policy: Policy) -> PolicySet {
    PolicySet {
        identity: vec![NamedPolicy::new("policy", policy)],
        ..PolicySet::default()
    }
}

fn level(severity: Severity) -> FaultLevel {
    match severity {
        Severity::Error => FaultLevel::Error,
        Severity::Warning => FaultLevel::Warning,
        Severity::Note => FaultLevel::Note,
    }
}

fn gap(change: Change) -> AccessGap {
    let words = |parts: &[Part]| parts.iter().map(ToString::to_string).collect();
    AccessGap {
        actions: words(&change.actions),
        resources: words(&change.resources),
        given: change.before.to_string(),
        needed: change.after.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use commissary_permissions::{DEFAULT_RELEASE, release};

    use super::*;

    fn selection() -> Selection<'static> {
        release(DEFAULT_RELEASE).unwrap().with_default_features()
    }

    fn actions(gaps: &[AccessGap]) -> Vec<&str> {
        let actions = gaps.iter().flat_map(|gap| &gap.actions);
        actions.map(String::as_str).collect()
    }

    #[test]
    fn the_policy_that_is_needed_is_neither_less_nor_more() {
        let needed = selection().policy();
        let review = PolicyReview::of(&needed.to_pretty(), &selection()).unwrap();
        assert_eq!((&review.lacks[..], &review.beyond[..]), (&[][..], &[][..]));
        assert_eq!(review.size, needed.size());
    }

    #[test]
    fn what_is_left_out_and_what_is_put_in_are_told_apart() {
        let text = selection().policy().to_pretty();
        let text = text.replacen("\"ec2:RunInstances\"", "\"s3:GetObjekt\"", 1);
        let review = PolicyReview::of(&text, &selection()).unwrap();
        assert_eq!(actions(&review.lacks), ["ec2:RunInstances"]);
        assert_eq!(actions(&review.beyond), ["s3:GetObjekt"]);
        let unknown = review
            .faults
            .iter()
            .find(|fault| fault.message.contains("s3:GetObjekt"));
        assert_eq!(unknown.unwrap().level, FaultLevel::Error);
    }

    #[test]
    fn a_condition_less_is_more() {
        let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
        let review = PolicyReview::of(text, &selection()).unwrap();
        assert!(review.lacks.is_empty(), "{:?}", review.lacks);
        assert!(!review.beyond.is_empty());
    }

    #[test]
    fn what_is_no_policy_is_told() {
        for text in ["", "{", "[]", "{\"Statement\": 1}"] {
            let refused = PolicyReview::of(text, &selection());
            assert!(matches!(refused, Err(ReviewError::NoPolicy(_))), "{text}");
        }
    }
}
