//! What kind of principal a credential is, as far as it decides how it can be checked.

use commissary_core::domain::Identity;
use commissary_iam::Arn;

/// The principal behind an ARN of STS GetCallerIdentity (IAM User Guide, "AWS JSON policy
/// elements: Principal").
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Principal {
    /// The account's root user.
    Root,
    /// An IAM user, by its name without path.
    User { name: String },
    /// A session of a role, by the role's name; its path is not in the ARN.
    RoleSession { role: String },
    /// A session that a user lent to somebody (STS GetFederationToken), or what is not known.
    Other,
}

impl Principal {
    pub(crate) fn of(identity: &Identity) -> Self {
        let Ok(arn) = Arn::parse(&identity.principal_arn) else {
            return Self::Other;
        };
        let (kind, rest) = arn
            .resource()
            .split_once('/')
            .unwrap_or((arn.resource(), ""));
        let last = rest.rsplit('/').next().unwrap_or_default();
        match (arn.service(), kind) {
            ("iam", "root") if rest.is_empty() => Self::Root,
            ("iam", "user") if !last.is_empty() => Self::User {
                name: last.to_owned(),
            },
            ("sts", "assumed-role") => match rest.split_once('/') {
                Some((role, _)) if !role.is_empty() => Self::RoleSession {
                    role: role.to_owned(),
                },
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// The principal for people: ``the user `Kommander` ``.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Root => "the root user".to_owned(),
            Self::User { name } => format!("the user `{name}`"),
            Self::RoleSession { role } => format!("the role `{role}`"),
            Self::Other => "this session".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use commissary_core::domain::Partition;

    use super::*;

    fn of(arn: &str) -> Principal {
        Principal::of(&Identity {
            account_id: "123456789012".into(),
            principal_arn: arn.into(),
            user_id: "AIDAEXAMPLE".into(),
            partition: Partition::new("aws"),
        })
    }

    #[test]
    fn arns_tell_principals() {
        let user = |name: &str| Principal::User { name: name.into() };
        let session = |role: &str| Principal::RoleSession { role: role.into() };
        assert_eq!(of("arn:aws:iam::123456789012:root"), Principal::Root);
        assert_eq!(of("arn:aws:iam::123456789012:user/root"), user("root"));
        assert_eq!(
            of("arn:aws:iam::123456789012:user/a/b/Kommander"),
            user("Kommander")
        );
        assert_eq!(
            of("arn:aws:sts::123456789012:assumed-role/admin/me"),
            session("admin")
        );
        let federated = "arn:aws:sts::123456789012:federated-user/me";
        assert_eq!(of(federated), Principal::Other);
        assert_eq!(
            of("arn:aws:sts::123456789012:assumed-role/admin"),
            Principal::Other
        );
    }
}
