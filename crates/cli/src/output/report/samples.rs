//! Reports to print.

use commissary_core::domain::{
    AccountNeed, CheckRequest, CheckResult, DeniedBy, DenyingLayer, DenyingStatement, Excess,
    Finding, Identity, Partition, PermissionReport, Presence, Region, Risk, Rung, RungOutcome,
    ServiceExcess, Severity, Verdict,
};
use commissary_permissions::{PrerequisiteKind, Requirement, release};

/// A report in which each requirement has the verdict that it is given.
pub(super) fn report(verdict: impl Fn(&Requirement) -> Verdict) -> PermissionReport {
    let selection = release("kommander-2.2").unwrap().with_default_features();
    let requirements = selection.requirements();
    let findings = requirements
        .iter()
        .map(|requirement| Finding::new(requirement, verdict(requirement), None));
    let result = CheckResult {
        rungs: vec![RungOutcome {
            rung: Rung::Simulation,
            gave_evidence: true,
            said: "AWS simulated 250 requests".into(),
        }],
        findings: findings.collect(),
        ..CheckResult::default()
    };
    let request = CheckRequest {
        identity: Identity {
            account_id: "123456789012".into(),
            principal_arn: "arn:aws:iam::123456789012:user/teams/Kommander".into(),
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

pub(super) fn denied(layer: DenyingLayer) -> Verdict {
    let by = DeniedBy::withheld(layer);
    Verdict::Denied { by }
}

/// A report with everything that there can be.
pub(super) fn mixed() -> PermissionReport {
    let guard = DenyingStatement {
        policy: "builders/inline:gu|ard".into(),
        number: Some(2),
        sid: Some("NoMachines".into()),
    };
    let mut report = report(|requirement| match requirement.action.as_str() {
        "ec2:CreateVpc" | "ec2:DeleteVpc" | "iam:PassRole" => denied(DenyingLayer::Identity),
        "ec2:RunInstances" => Verdict::Denied {
            by: DeniedBy::explicitly(DenyingLayer::Group, vec![guard.clone()]),
        },
        "eks:CreateCluster" => denied(DenyingLayer::Boundary),
        "kms:CreateGrant" => Verdict::Conditional {
            keys: vec!["kms:ResourceAliases".into()],
        },
        "kms:DescribeKey" => Verdict::Unverifiable {
            because: "the key's own policy <decides> _it_".into(),
        },
        _ => Verdict::Allowed,
    });
    report.account = [
        (
            "nodes.cluster-api-provider-aws.sigs.k8s.io",
            Presence::Present,
        ),
        (
            "control-plane.cluster-api-provider-aws.sigs.k8s.io",
            Presence::Missing {
                so: "make it".into(),
                in_the_way: true,
            },
        ),
        (
            "controllers.cluster-api-provider-aws.sigs.k8s.io",
            Presence::Unknown {
                because: "AWS denies `iam:GetInstanceProfile`".into(),
            },
        ),
    ]
    .map(|(name, presence)| AccountNeed {
        kind: PrerequisiteKind::InstanceProfile,
        name: name.into(),
        purpose: "machines run with it".into(),
        optional: false,
        presence,
    })
    .into();
    report.excess = Some(Excess {
        caveat: Some("service control policies were not read".into()),
        risks: vec![Risk {
            id: "takes-identities".into(),
            severity: Severity::Critical,
            what: "it may make keys for users".into(),
            actions: vec!["iam:CreateAccessKey".into()],
        }],
        actions: 3,
        wider: vec!["iam:PassRole".into()],
        services: vec![ServiceExcess {
            service: "iam".into(),
            title: "AWS IAM".into(),
            actions: 3,
            write: 2,
            list: 1,
            examples: vec!["iam:CreateAccessKey".into(), "iam:CreateUser".into()],
            ..ServiceExcess::default()
        }],
        ..Excess::default()
    });
    report
}
