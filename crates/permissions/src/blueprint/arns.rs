//! What the parts are called in an account (IAM User Guide, "IAM identifiers").

use super::Blueprint;

impl Blueprint {
    /// The ARN of the user in an account.
    #[must_use]
    pub fn user_arn(&self, account: &str) -> String {
        self.arn(account, "user", &self.path, &self.user_name)
    }

    /// The ARN of a managed policy that is made, by its name. Only the user has a path.
    #[must_use]
    pub fn policy_arn(&self, account: &str, name: &str) -> String {
        self.arn(account, "policy", "/", name)
    }

    /// The ARN of a role that is made, by its name.
    #[must_use]
    pub fn role_arn(&self, account: &str, name: &str) -> String {
        self.arn(account, "role", "/", name)
    }

    /// The ARN of an instance profile that is made, by its name.
    #[must_use]
    pub fn instance_profile_arn(&self, account: &str, name: &str) -> String {
        self.arn(account, "instance-profile", "/", name)
    }

    fn arn(&self, account: &str, kind: &str, path: &str, name: &str) -> String {
        format!("arn:{}:iam::{account}:{kind}{path}{name}", self.partition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_its_arn() {
        let mut blueprint = Blueprint::of_user("aws-cn", "u", "p", &[]);
        blueprint.path = "/teams/a/".to_owned();
        let account = "123456789012";
        let arns = [
            blueprint.user_arn(account),
            blueprint.policy_arn(account, "p"),
            blueprint.role_arn(account, "r"),
            blueprint.instance_profile_arn(account, "r"),
        ];
        let known = ["user/teams/a/u", "policy/p", "role/r", "instance-profile/r"];
        let known = known.map(|end| format!("arn:aws-cn:iam::123456789012:{end}"));
        assert_eq!(arns, known);
    }
}
