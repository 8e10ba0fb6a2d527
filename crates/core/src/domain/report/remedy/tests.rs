use commissary_permissions::release;

use super::*;
use crate::domain::{CheckRequest, CheckResult, Identity, Partition, Region};

/// A report of the page's release in which each requirement has the verdict that it is given.
fn report(verdict: impl Fn(&Requirement) -> Verdict) -> PermissionReport {
    let selection = release("kommander-2.2").unwrap().with_default_features();
    let requirements = selection.requirements();
    let findings = requirements
        .iter()
        .map(|requirement| Finding::new(requirement, verdict(requirement), None));
    let result = CheckResult {
        findings: findings.collect(),
        ..CheckResult::default()
    };
    let request = CheckRequest {
        identity: Identity {
            account_id: "123456789012".into(),
            principal_arn: "arn:aws:iam::123456789012:user/Kommander".into(),
            user_id: "AIDAEXAMPLE".into(),
            partition: Partition::new("aws"),
        },
        region: Region::parse("us-east-1").unwrap(),
        requirements,
        options: Default::default(),
    };
    let features = selection.features().map(|one| one.id().to_owned());
    PermissionReport::new(
        jiff::Timestamp::UNIX_EPOCH,
        "kommander-2.2".into(),
        features.collect(),
        request,
        result,
    )
}

fn denied(kind: DenyingLayer) -> Verdict {
    let by = DeniedBy::withheld(kind);
    Verdict::Denied { by }
}

#[test]
fn what_is_allowed_or_unknown_needs_no_remedy() {
    assert_eq!(Remedy::of(&report(|_| Verdict::Allowed)), None);
    let because = || "nobody knows".to_owned();
    let unknown = report(|_| Verdict::Unverifiable { because: because() });
    assert_eq!(Remedy::of(&unknown), None);
}

#[test]
fn what_is_not_granted_is_granted_where_the_release_grants_it() {
    let remedy = Remedy::of(&report(|requirement| match requirement.id.as_str() {
        "ec2:CreateVpc" | "ec2:DeleteVpc" => denied(DenyingLayer::Identity),
        // The page's own statement names a partition; the addition must hold in every one.
        "iam:GetPolicy" => denied(DenyingLayer::Identity),
        _ => Verdict::Allowed,
    }))
    .unwrap();
    let policy = remedy.policy.as_ref().unwrap().to_compact();
    assert_eq!(
        policy,
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:CreateVpc","ec2:DeleteVpc"],"Resource":["*"]},{"Effect":"Allow","Action":["iam:GetPolicy"],"Resource":["arn:*:iam::aws:policy/AmazonEKSClusterPolicy"]}]}"#
    );
    assert_eq!(remedy.size, policy.len());
    assert_eq!(
        remedy.actions,
        ["ec2:CreateVpc", "ec2:DeleteVpc", "iam:GetPolicy"]
    );
    assert!(remedy.elsewhere.is_empty() && remedy.notes.is_empty());
}

#[test]
fn where_an_addition_cannot_help_it_says_what_can() {
    let guard = crate::domain::DenyingStatement {
        policy: "guard".into(),
        number: Some(1),
        sid: None,
    };
    let remedy = Remedy::of(&report(|requirement| match requirement.action.as_str() {
        "ec2:CreateVpc" => denied(DenyingLayer::Boundary),
        "ec2:CreateSubnet" => denied(DenyingLayer::ServiceControl),
        "ec2:RunInstances" | "ec2:CreateTags" => Verdict::Denied {
            by: DeniedBy::explicitly(DenyingLayer::Group, vec![guard.clone()]),
        },
        _ => Verdict::Allowed,
    }))
    .unwrap();
    assert_eq!(remedy.policy, None);
    assert_eq!(remedy.elsewhere.len(), 3);
    let of = |kind| {
        let mut elsewhere = remedy.elsewhere.iter();
        elsewhere.find(|one| one.by.kind == kind).unwrap()
    };
    let boundary = of(DenyingLayer::Boundary);
    assert!(boundary.change.contains("boundary must allow"));
    let document = boundary.policy.as_ref().unwrap().to_compact();
    assert!(document.contains("ec2:CreateVpc"), "{document}");
    assert!(
        of(DenyingLayer::ServiceControl)
            .change
            .contains("organisation")
    );
    let explicit = of(DenyingLayer::Group);
    assert_eq!(explicit.actions.len(), 2);
    assert!(explicit.policy.is_none());
    assert!(
        explicit
            .change
            .starts_with("statement 1 of `guard`, in the group policies, must be"),
        "{}",
        explicit.change
    );
}

#[test]
fn a_denial_that_nobody_names_is_added_with_a_doubt() {
    let remedy = Remedy::of(&report(|_| denied(DenyingLayer::Unknown))).unwrap();
    assert!(remedy.policy.is_some());
    assert!(remedy.notes.iter().any(|note| note.contains("check again")));
}

#[test]
fn a_release_that_is_not_known_any_more_is_told() {
    let mut report = report(|_| denied(DenyingLayer::Identity));
    report.release = "kommander-0.1".into();
    let remedy = Remedy::of(&report).unwrap();
    assert_eq!(remedy.policy, None);
    assert!(
        remedy
            .notes
            .iter()
            .any(|note| note.contains("ec2:CreateVpc"))
    );
}

/// What older versions kept is read, and comes to mean the same.
#[test]
fn denials_of_older_reports_are_understood() {
    let by: DeniedBy =
        serde_json::from_str(r#"{"layer": "permissions boundary", "statements": ["boundary"]}"#)
            .unwrap();
    assert_eq!((by.kind, by.explicit), (DenyingLayer::Boundary, true));
    let by: DeniedBy =
        serde_json::from_str(r#"{"layer": "identity policies", "statements": []}"#).unwrap();
    assert_eq!(by, DeniedBy::withheld(DenyingLayer::Identity));
    let mut old = serde_json::to_value(report(|_| Verdict::Allowed)).unwrap();
    let members = old.as_object_mut().unwrap();
    members.remove("excess");
    members.remove("account");
    let read: PermissionReport = serde_json::from_value(old).unwrap();
    assert_eq!((read.excess, read.account), (None, Vec::new()));
}
