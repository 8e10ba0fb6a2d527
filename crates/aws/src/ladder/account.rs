//! What else the account must have: whether roles, instance profiles and service-linked roles are
//! there.

use commissary_core::domain::{AccountNeed, Finding, Presence, Verdict};
use commissary_core::ports::CloudError;
use commissary_permissions::{Prerequisite, PrerequisiteKind};
use tokio::task::JoinSet;
use tokio::time::timeout_at;

use super::Ladder;
use crate::AwsSession;

/// What was seen of something that must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seen {
    There,
    /// An instance profile without a role gives machines no rights.
    Empty,
    NotThere,
    /// It is not known, because.
    Unknown(String),
}

/// What must be there, each with what was seen.
pub(super) type Found = Vec<(&'static Prerequisite, Seen)>;

impl Ladder<'_> {
    /// Looks for what must be there. `silent` says that IAM does not answer, so that there is no
    /// use in asking.
    pub(super) async fn look(&self, silent: bool) -> Found {
        let wanted: Vec<&'static Prerequisite> =
            Prerequisite::of(&self.request.requirements).collect();
        let unasked = || Seen::Unknown("AWS was not asked any more".to_owned());
        let mut found: Found = wanted.iter().map(|one| (*one, unasked())).collect();
        if silent {
            return found;
        }
        let mut running = JoinSet::new();
        for (place, prerequisite) in wanted.into_iter().enumerate() {
            let (asker, subject) = (
                self.asker.clone(),
                self.by_reader.then(|| self.subject.clone()),
            );
            running.spawn(async move {
                let mut seen = look_for(&asker, prerequisite).await;
                // The credential itself may be allowed what an administrator is not.
                if let (Seen::Unknown(_), Some(subject)) = (&seen, subject) {
                    let own = look_for(&subject, prerequisite).await;
                    if !matches!(own, Seen::Unknown(_)) {
                        seen = own;
                    }
                }
                (place, seen)
            });
        }
        while let Ok(Some(joined)) = timeout_at(self.deadline, running.join_next()).await {
            if let Ok((place, seen)) = joined
                && let Some((_, known)) = found.get_mut(place)
            {
                *known = seen;
            }
        }
        found
    }

    /// What was seen, in words, beside what the credential may do.
    pub(super) fn account(&self, found: Found, findings: &[Finding]) -> Vec<AccountNeed> {
        let worded = |(prerequisite, seen): (&'static Prerequisite, Seen)| AccountNeed {
            kind: prerequisite.kind,
            name: prerequisite.name.clone(),
            purpose: prerequisite.purpose.clone(),
            optional: prerequisite.optional,
            presence: self.presence(prerequisite, seen, findings),
        };
        found.into_iter().map(worded).collect()
    }

    fn presence(&self, one: &Prerequisite, seen: Seen, findings: &[Finding]) -> Presence {
        let kind = one.kind.title();
        match seen {
            Seen::There => Presence::Present,
            Seen::Unknown(because) => Presence::Unknown { because },
            Seen::Empty => Presence::Missing {
                so: "it is there and holds no role: machines that run with it have no rights"
                    .to_owned(),
                in_the_way: !one.optional,
            },
            Seen::NotThere if one.optional => Presence::Missing {
                so: format!(
                    "not needed where the controllers have a key; the {kind} is needed only otherwise"
                ),
                in_the_way: false,
            },
            Seen::NotThere => match one.made_by(&self.request.requirements) {
                None => Presence::Missing {
                    so: format!(
                        "make the {kind} before clusters are built (`commissary aws bootstrap --node-roles` does), or name another in their templates"
                    ),
                    in_the_way: true,
                },
                Some(right) => {
                    let mut findings = findings.iter();
                    let finding = findings.find(|finding| finding.requirement == right.id);
                    comes(one, finding.map(|finding| &finding.verdict))
                }
            },
        }
    }
}

/// A service-linked role that is not there comes at first use, for who may make it (IAM User Guide,
/// "Create a service-linked role").
fn comes(one: &Prerequisite, may_make: Option<&Verdict>) -> Presence {
    let service = one.service.as_deref().unwrap_or_default();
    let by_hand =
        format!("`aws iam create-service-linked-role --aws-service-name {service}` makes it");
    match may_make {
        Some(Verdict::Allowed) => Presence::Missing {
            so: "AWS makes it at first use, which the credential may let it".to_owned(),
            in_the_way: false,
        },
        Some(Verdict::Denied { .. }) => Presence::Missing {
            so: format!("the credential may not let AWS make it at first use; {by_hand} for good"),
            in_the_way: true,
        },
        _ => Presence::Missing {
            so: format!(
                "AWS makes it at first use if the credential may let it, which could not be verified; {by_hand} for good"
            ),
            in_the_way: false,
        },
    }
}

async fn look_for(session: &AwsSession, prerequisite: &Prerequisite) -> Seen {
    let name = &prerequisite.name;
    match prerequisite.kind {
        PrerequisiteKind::Role | PrerequisiteKind::ServiceLinkedRole => {
            seen_of(role(session, name).await)
        }
        PrerequisiteKind::InstanceProfile => {
            let request = session.iam.get_instance_profile();
            let request = request.instance_profile_name(name).send();
            let answer = session.ask("iam:GetInstanceProfile", request).await;
            match answer {
                Ok(answer) => match answer.instance_profile() {
                    Some(profile) if profile.roles().is_empty() => Seen::Empty,
                    Some(_) => Seen::There,
                    None => Seen::Unknown("AWS's answer holds no instance profile".to_owned()),
                },
                Err(CloudError::Denied { .. }) => by_its_role(session, name).await,
                Err(error) => seen_of(Err(error)),
            }
        }
    }
}

/// Who may not see instance profiles may see the role of the same name, without which the profile
/// is of no use.
async fn by_its_role(session: &AwsSession, name: &str) -> Seen {
    const DENIED: &str = "AWS denies `iam:GetInstanceProfile`";
    match seen_of(role(session, name).await) {
        Seen::There => Seen::Unknown(format!("{DENIED}; the role of the same name is there")),
        Seen::NotThere => Seen::Unknown(format!(
            "{DENIED}; the role of the same name, which it commonly holds, is not there"
        )),
        _ => Seen::Unknown(DENIED.to_owned()),
    }
}

async fn role(session: &AwsSession, name: &str) -> Result<bool, CloudError> {
    let request = session.iam.get_role().role_name(name).send();
    let answer = session.ask("iam:GetRole", request).await?;
    Ok(answer.role().is_some())
}

fn seen_of(answer: Result<bool, CloudError>) -> Seen {
    match answer {
        Ok(true) => Seen::There,
        Ok(false) => Seen::Unknown("AWS's answer holds no role".to_owned()),
        Err(CloudError::Refused { code, .. }) if code == "NoSuchEntity" => Seen::NotThere,
        Err(CloudError::Denied { action, .. }) => Seen::Unknown(format!("AWS denies `{action}`")),
        Err(error) => Seen::Unknown(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use commissary_core::domain::{DeniedBy, DenyingLayer};

    use super::*;

    fn spot() -> &'static Prerequisite {
        let release = commissary_permissions::release("kommander-2.2").unwrap();
        let requirements = release.with_default_features().requirements();
        let mut all = Prerequisite::of(&requirements);
        all.find(|one| one.name == "AWSServiceRoleForEC2Spot")
            .unwrap()
    }

    fn in_the_way(verdict: Option<Verdict>) -> (bool, String) {
        match comes(spot(), verdict.as_ref()) {
            Presence::Missing { so, in_the_way } => (in_the_way, so),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_service_role_that_may_be_made_is_no_problem() {
        assert!(!in_the_way(Some(Verdict::Allowed)).0);
        let by = DeniedBy::withheld(DenyingLayer::Identity);
        let (in_its_way, so) = in_the_way(Some(Verdict::Denied { by }));
        assert!(in_its_way);
        assert!(so.contains("--aws-service-name spot.amazonaws.com"), "{so}");
        // Unknown is never a denial.
        let because = "nobody knows".to_owned();
        assert!(!in_the_way(Some(Verdict::Unverifiable { because })).0);
        assert!(!in_the_way(None).0);
    }

    #[test]
    fn only_the_answer_that_it_is_not_there_says_so() {
        let refused = |code: &str| {
            seen_of(Err(CloudError::Refused {
                code: code.to_owned(),
                message: String::new(),
            }))
        };
        assert_eq!(refused("NoSuchEntity"), Seen::NotThere);
        assert!(matches!(refused("InvalidAction"), Seen::Unknown(_)));
        let denied = seen_of(Err(CloudError::Denied {
            action: "iam:GetRole".into(),
            message: String::new(),
        }));
        assert_eq!(denied, Seen::Unknown("AWS denies `iam:GetRole`".into()));
    }
}
