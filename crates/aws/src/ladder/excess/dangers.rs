//! What is dangerous beyond what clusters need, the worst first.

use commissary_core::domain::Severity;

use super::reach::Reach;

/// A danger, and the actions that bring it.
#[derive(Debug)]
pub(super) struct Danger {
    /// The name that programs use.
    pub(super) id: &'static str,
    pub(super) severity: Severity,
    /// What it means, in a sentence without capital or stop.
    pub(super) what: &'static str,
    /// How far an action must reach to be one.
    pub(super) from: Reach,
    pub(super) actions: &'static [&'static str],
}

/// The ways to more rights are those of AWS's own list of what changes permissions ("Understanding
/// access level summaries within policy summaries"), with what hands out identities and roles
/// ("Granting a user permissions to pass a role to an AWS service").
pub(super) const DANGERS: [Danger; 10] = [
    Danger {
        id: "grants-rights",
        severity: Severity::Critical,
        what: "it may give itself or others any right",
        from: Reach::Some,
        actions: &[
            "iam:AttachUserPolicy",
            "iam:PutUserPolicy",
            "iam:AddUserToGroup",
            "iam:AttachGroupPolicy",
            "iam:PutGroupPolicy",
            "iam:CreatePolicyVersion",
            "iam:SetDefaultPolicyVersion",
        ],
    },
    Danger {
        id: "takes-identities",
        severity: Severity::Critical,
        what: "it may make keys and passwords for users, and then act as they do",
        from: Reach::Some,
        actions: &[
            "iam:CreateAccessKey",
            "iam:CreateLoginProfile",
            "iam:UpdateLoginProfile",
            "iam:DeactivateMFADevice",
        ],
    },
    Danger {
        id: "lifts-limits",
        severity: Severity::Critical,
        what: "it may lift the limits that the account sets",
        from: Reach::Some,
        actions: &[
            "iam:DeleteUserPermissionsBoundary",
            "iam:PutUserPermissionsBoundary",
            "iam:DeleteRolePermissionsBoundary",
            "iam:PutRolePermissionsBoundary",
            "organizations:LeaveOrganization",
            "organizations:DetachPolicy",
        ],
    },
    Danger {
        id: "changes-roles",
        severity: Severity::Critical,
        what: "it may change what roles may do and who takes them on",
        from: Reach::Some,
        actions: &[
            "iam:AttachRolePolicy",
            "iam:PutRolePolicy",
            "iam:UpdateAssumeRolePolicy",
        ],
    },
    Danger {
        id: "passes-any-role",
        severity: Severity::High,
        what: "it may hand any role to a service, and act through it with that role's rights",
        from: Reach::All,
        actions: &["iam:PassRole"],
    },
    Danger {
        id: "takes-roles",
        severity: Severity::High,
        what: "it may take on other roles, as far as these trust it",
        from: Reach::LeftToResource,
        actions: &["sts:AssumeRole"],
    },
    Danger {
        id: "runs-code",
        severity: Severity::High,
        what: "it may run code on machines and in functions that have rights of their own",
        from: Reach::Some,
        actions: &[
            "ssm:SendCommand",
            "ssm:StartSession",
            "lambda:UpdateFunctionCode",
            "ec2-instance-connect:SendSSHPublicKey",
        ],
    },
    Danger {
        id: "reads-secrets",
        severity: Severity::High,
        what: "it may read secrets that are not those of clusters",
        from: Reach::Some,
        actions: &[
            "secretsmanager:GetSecretValue",
            "secretsmanager:BatchGetSecretValue",
            "ssm:GetParameter",
            "ssm:GetParameters",
            "ssm:GetParametersByPath",
        ],
    },
    Danger {
        id: "opens-data",
        severity: Severity::High,
        what: "it may change who reaches data",
        from: Reach::Some,
        actions: &[
            "s3:PutBucketPolicy",
            "s3:PutBucketAcl",
            "s3:PutBucketPublicAccessBlock",
            "secretsmanager:PutResourcePolicy",
            "rds:ModifyDBSnapshotAttribute",
        ],
    },
    Danger {
        id: "stops-records",
        severity: Severity::Medium,
        what: "it may switch off what records and warns",
        from: Reach::Some,
        actions: &[
            "cloudtrail:StopLogging",
            "cloudtrail:DeleteTrail",
            "config:StopConfigurationRecorder",
            "guardduty:DeleteDetector",
        ],
    },
];

/// The place of an action among the dangers; the worst has the least.
pub(super) fn place(action: &str) -> usize {
    let mut all = DANGERS.iter().flat_map(|danger| danger.actions);
    all.position(|known| *known == action).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use commissary_iam::reference::Reference;

    use super::*;

    #[test]
    fn every_action_is_one_of_aws_as_aws_writes_it() {
        let reference = Reference::bundled().unwrap();
        for action in DANGERS.iter().flat_map(|danger| danger.actions) {
            let known = reference
                .action(action)
                .unwrap_or_else(|| panic!("{action}"));
            assert!(action.ends_with(&format!(":{}", known.name())), "{action}");
        }
        assert!(place("iam:AttachUserPolicy") < place("iam:PassRole"));
    }
}
