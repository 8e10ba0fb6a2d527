//! A cloud that answers by table: the access key says how.

use std::sync::Mutex;

use async_trait::async_trait;
use commissary_core::domain::{
    AccessKey, AccountNeed, CheckEvent, CheckRequest, CheckResult, DeniedBy, DenyingLayer,
    DenyingStatement, Evidence, Excess, Finding, Identity, Partition, Presence, Region, Risk, Rung,
    RungOutcome, ServiceExcess, Severity, Verdict,
};
use commissary_core::ports::{Cloud, CloudError, Progress};
use commissary_permissions::{PrerequisiteKind, Requirement, ResourceKind};
use tokio::sync::Notify;

/// The secret of every key in these tests; it must never come out again.
pub(crate) const SECRET: &str = "CanaryCanaryCanaryCanaryCanaryCanaryABCD";
/// A session token; it must never come out again either.
pub(crate) const TOKEN: &str = "CanaryCanarySessionTokenCanary";

/// Access keys and how AWS takes them.
pub(crate) mod key {
    pub(crate) const READY: &str = "AKIAREADYREADYREADY1";
    pub(crate) const TEMPORARY: &str = "ASIAREADYREADYREADY1";
    pub(crate) const MISSING: &str = "AKIAMISSINGMISSING01";
    pub(crate) const PARTLY: &str = "AKIAPARTLYPARTLYPA01";
    pub(crate) const SILENT: &str = "AKIASILENTSILENTSI01";
    pub(crate) const ROOT: &str = "AKIAROOTROOTROOTRO01";
    pub(crate) const UNKNOWN: &str = "AKIAUNKNOWNUNKNOWN01";
    pub(crate) const WRONG_SECRET: &str = "AKIAWRONGWRONGWRON01";
    pub(crate) const EXPIRED: &str = "ASIAEXPIREDEXPIRED01";
    pub(crate) const UNREACHABLE: &str = "AKIAUNREACHABLEUNR01";
    pub(crate) const TIMED_OUT: &str = "AKIATIMEDOUTTIMEDO01";
    pub(crate) const THROTTLED: &str = "AKIATHROTTLEDTHROT01";
    pub(crate) const NONSENSE: &str = "AKIANONSENSENONSEN01";
    pub(crate) const REFUSED: &str = "AKIAREFUSEDREFUSED01";
    pub(crate) const NO_CHECK: &str = "AKIANOCHECKNOCHECK01";
    /// Its check waits until it is told to go on.
    pub(crate) const SLOW: &str = "AKIASLOWSLOWSLOWSL01";
}

const ENDPOINT: &str = "https://sts.us-east-1.amazonaws.com";

#[derive(Default)]
pub(crate) struct TableCloud {
    /// Lets slow checks go on.
    pub(crate) go_on: Notify,
    /// Tells that a slow check began.
    pub(crate) began: Notify,
    /// What it says in place of every word of its own, if it lies.
    pub(crate) lie: Mutex<Option<&'static str>>,
}

#[async_trait]
impl Cloud for TableCloud {
    async fn identify(&self, key: &AccessKey, _: &Region) -> Result<Identity, CloudError> {
        let endpoint = ENDPOINT.to_owned();
        if let Some(lie) = *self.lie.lock().unwrap() {
            return told_by_a_liar(key.id.as_str(), lie);
        }
        match key.id.as_str() {
            key::WRONG_SECRET => Err(CloudError::WrongSecret),
            key::EXPIRED => Err(CloudError::BadSessionToken),
            key::UNREACHABLE => Err(unreachable_cloud()),
            key::TIMED_OUT => Err(CloudError::TimedOut {
                endpoint,
                seconds: 25,
            }),
            key::THROTTLED => Err(CloudError::Throttled { endpoint }),
            key::NONSENSE => Err(CloudError::Nonsense {
                endpoint,
                why: "it answered with a page".to_owned(),
            }),
            key::REFUSED => Err(CloudError::Refused {
                code: "RegionDisabled".to_owned(),
                message: "not here".to_owned(),
            }),
            key::ROOT => Ok(identity("arn:aws:iam::123456789012:root")),
            key::READY
            | key::TEMPORARY
            | key::MISSING
            | key::PARTLY
            | key::SILENT
            | key::NO_CHECK
            | key::SLOW => Ok(identity("arn:aws:iam::123456789012:user/Kommander")),
            _ => Err(CloudError::UnknownAccessKey {
                partition: "aws".to_owned(),
            }),
        }
    }

    async fn check(
        &self,
        key: &AccessKey,
        administrator: Option<&AccessKey>,
        request: &CheckRequest,
        progress: &dyn Progress,
    ) -> Result<CheckResult, CloudError> {
        if administrator.is_some_and(|lent| lent.id.as_str() == key::WRONG_SECRET) {
            return Err(CloudError::Administrator {
                field: Some("administrator.secretAccessKey"),
                why: CloudError::WrongSecret.to_string(),
            });
        }
        let total = request.requirements.len();
        progress.tell(CheckEvent::Simulating { done: 0, total });
        match key.id.as_str() {
            key::NO_CHECK => return Err(unreachable_cloud()),
            key::SLOW => {
                self.began.notify_one();
                self.go_on.notified().await;
            }
            _ => {}
        }
        progress.tell(CheckEvent::Simulating { done: total, total });
        if let Some(lie) = *self.lie.lock().unwrap() {
            return Ok(found_by_a_liar(request, lie));
        }
        let finding = |requirement| finding(key.id.as_str(), requirement);
        Ok(CheckResult {
            rungs: rungs(key.id.as_str()),
            findings: request.requirements.iter().map(finding).collect(),
            excess: excess(key.id.as_str()),
            account: account(key.id.as_str()),
        })
    }
}

fn unreachable_cloud() -> CloudError {
    CloudError::Unreachable {
        endpoint: ENDPOINT.to_owned(),
        why: "connection refused".to_owned(),
    }
}

fn identity(arn: &str) -> Identity {
    Identity {
        account_id: "123456789012".to_owned(),
        principal_arn: arn.to_owned(),
        user_id: "AIDAEXAMPLEEXAMPLE001".to_owned(),
        partition: Partition::new("aws"),
    }
}

/// Who a key is, or why that is not told, in the words of something that is not AWS.
fn told_by_a_liar(key: &str, lie: &str) -> Result<Identity, CloudError> {
    if key == key::REFUSED {
        return Err(CloudError::Refused {
            code: lie.to_owned(),
            message: lie.to_owned(),
        });
    }
    Ok(Identity {
        account_id: lie.to_owned(),
        principal_arn: format!("arn:aws:iam::1:user/{lie}"),
        user_id: lie.to_owned(),
        partition: Partition::new("aws"),
    })
}

/// A report in the same words.
fn found_by_a_liar(request: &CheckRequest, lie: &str) -> CheckResult {
    let lie = || lie.to_owned();
    let verdicts = [
        Verdict::Denied {
            by: DeniedBy::explicitly(
                DenyingLayer::Boundary,
                vec![DenyingStatement {
                    policy: lie(),
                    number: Some(1),
                    sid: Some(lie()),
                }],
            ),
        },
        Verdict::Conditional { keys: vec![lie()] },
        Verdict::Unverifiable { because: lie() },
    ];
    let evidence = || Evidence {
        rung: Rung::Policies,
        detail: lie(),
    };
    let requirements = request.requirements.iter().zip(verdicts.iter().cycle());
    CheckResult {
        rungs: vec![RungOutcome {
            rung: Rung::Policies,
            gave_evidence: true,
            said: lie(),
        }],
        findings: requirements
            .map(|(needed, verdict)| Finding::new(needed, verdict.clone(), Some(evidence())))
            .collect(),
        excess: Some(Excess {
            caveat: Some(lie()),
            risks: vec![Risk {
                id: lie(),
                severity: Severity::Critical,
                what: lie(),
                actions: vec![lie()],
            }],
            actions: 1,
            services: vec![ServiceExcess {
                service: lie(),
                title: lie(),
                actions: 1,
                write: 1,
                examples: vec![lie()],
                ..ServiceExcess::default()
            }],
            ..Excess::default()
        }),
        account: vec![AccountNeed {
            kind: PrerequisiteKind::InstanceProfile,
            name: lie(),
            purpose: lie(),
            optional: false,
            presence: Presence::Missing {
                so: lie(),
                in_the_way: true,
            },
        }],
    }
}

fn rungs(key: &str) -> Vec<RungOutcome> {
    let said = |rung, gave_evidence, said: &str| RungOutcome {
        rung,
        gave_evidence,
        said: said.to_owned(),
    };
    let identity = said(
        Rung::Identity,
        true,
        "AWS knows the key as a user of account `123456789012`",
    );
    if key == key::SILENT {
        return vec![
            identity,
            said(
                Rung::Simulation,
                false,
                "the user may not call `iam:SimulatePrincipalPolicy` on itself",
            ),
            said(
                Rung::Policies,
                false,
                "the user may not read its own policies",
            ),
        ];
    }
    vec![
        identity,
        said(Rung::Simulation, true, "114 requirements simulated"),
    ]
}

fn excess(key: &str) -> Option<Excess> {
    match key {
        key::MISSING => Some(Excess {
            caveat: Some("service control policies were not read".to_owned()),
            risks: vec![Risk {
                id: "takes-identities".to_owned(),
                severity: Severity::Critical,
                what: "it may make keys for <users>".to_owned(),
                actions: vec!["iam:CreateAccessKey".to_owned()],
            }],
            actions: 1,
            services: vec![ServiceExcess {
                service: "iam".to_owned(),
                title: "AWS Identity and Access Management".to_owned(),
                actions: 1,
                write: 1,
                examples: vec!["iam:CreateAccessKey".to_owned()],
                ..ServiceExcess::default()
            }],
            ..Excess::default()
        }),
        key::READY => Some(Excess::default()),
        key::SILENT => Some(Excess::unknown("the policies were not read")),
        _ => None,
    }
}

fn account(key: &str) -> Vec<AccountNeed> {
    let presences = [
        (
            "nodes.cluster-api-provider-aws.sigs.k8s.io",
            Presence::Present,
        ),
        (
            "control-plane.cluster-api-provider-aws.sigs.k8s.io",
            Presence::Missing {
                so: "make it before clusters are built".to_owned(),
                in_the_way: true,
            },
        ),
        (
            "controllers.cluster-api-provider-aws.sigs.k8s.io",
            Presence::Unknown {
                because: "AWS denies `iam:GetInstanceProfile`".to_owned(),
            },
        ),
    ];
    let needs = presences.into_iter().filter(|_| key == key::MISSING);
    let needs = needs.map(|(name, presence)| AccountNeed {
        kind: PrerequisiteKind::InstanceProfile,
        name: name.to_owned(),
        purpose: "machines run with it".to_owned(),
        optional: false,
        presence,
    });
    needs.collect()
}

/// The verdict by key and requirement.
fn finding(key: &str, requirement: &Requirement) -> Finding {
    let verdict = match key {
        key::MISSING if requirement.kind == ResourceKind::SecurityGroups => Verdict::Denied {
            by: DeniedBy::withheld(DenyingLayer::Identity),
        },
        key::MISSING if requirement.action == "ec2:CreateVpc" => Verdict::Denied {
            by: DeniedBy::explicitly(
                DenyingLayer::Boundary,
                vec![DenyingStatement {
                    policy: "boundary-<policy>".to_owned(),
                    number: Some(2),
                    sid: Some("NoNetworks".to_owned()),
                }],
            ),
        },
        key::PARTLY if requirement.action == "kms:CreateGrant" => Verdict::Conditional {
            keys: vec!["kms:ResourceAliases".to_owned()],
        },
        key::PARTLY if requirement.action == "kms:DescribeKey" => unverifiable(),
        key::SILENT => unverifiable(),
        _ => Verdict::Allowed,
    };
    let known = !matches!(verdict, Verdict::Unverifiable { .. });
    let evidence = known.then(|| Evidence {
        rung: Rung::Simulation,
        detail: "matched `kommander-policy`".to_owned(),
    });
    Finding::new(requirement, verdict, evidence)
}

fn unverifiable() -> Verdict {
    Verdict::Unverifiable {
        because:
            "the policies could not be read; allow the user `iam:SimulatePrincipalPolicy` on itself"
                .to_owned(),
    }
}
