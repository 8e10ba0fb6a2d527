//! Who a credential is.

use super::Partition;

/// Who a credential is, as STS GetCallerIdentity tells.
#[derive(
    Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// The twelve digits of the account.
    pub account_id: String,
    /// The principal's ARN, for example `arn:aws:iam::123456789012:user/Kommander`.
    pub principal_arn: String,
    /// The unique id of the principal (`AIDA…` for a user).
    pub user_id: String,
    /// The partition, from the ARN.
    pub partition: Partition,
}

impl Identity {
    /// Whether this is the account's root user, which nothing can restrict.
    pub fn is_root(&self) -> bool {
        self.principal_arn.ends_with(":root")
    }

    /// What a person should know about the principal before anything else.
    pub fn warnings(&self) -> Vec<String> {
        if self.is_root() {
            return vec![
                "this is the account's root user: nothing can restrict it; make an IAM user instead"
                    .to_owned(),
            ];
        }
        Vec::new()
    }

    /// The IAM user's name without its path; none for a role session or root.
    pub fn user_name(&self) -> Option<&str> {
        let (_, resource) = self.principal_arn.rsplit_once(':')?;
        let path = resource.strip_prefix("user/")?;
        path.rsplit('/').next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(arn: &str) -> Identity {
        Identity {
            account_id: "123456789012".into(),
            principal_arn: arn.into(),
            user_id: "AIDAEXAMPLE".into(),
            partition: Partition::new("aws"),
        }
    }

    #[test]
    fn a_user_has_a_name_without_its_path() {
        let user = identity("arn:aws:iam::123456789012:user/teams/a/Kommander");
        assert_eq!(user.user_name(), Some("Kommander"));
        let role = identity("arn:aws:sts::123456789012:assumed-role/admin/me");
        assert_eq!(role.user_name(), None);
        assert!(identity("arn:aws:iam::123456789012:root").is_root());
    }
}
