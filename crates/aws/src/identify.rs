//! Who the credential is.

use commissary_core::domain::{Identity, Partition};
use commissary_core::ports::CloudError;
use commissary_iam::Arn;

use crate::AwsSession;

const ACTION: &str = "sts:GetCallerIdentity";

impl AwsSession {
    /// Asks STS who this session is. It needs no permission (AWS Security Token Service API
    /// Reference, "GetCallerIdentity").
    ///
    /// # Errors
    /// AWS refuses the credential, cannot be asked, or what answered is not AWS.
    pub async fn identify(&self) -> Result<Identity, CloudError> {
        let answer = self
            .ask(ACTION, self.sts.get_caller_identity().send())
            .await?;
        identity(answer.account(), answer.arn(), answer.user_id())
            .map_err(|why| self.nonsense(ACTION, why))
    }
}

fn identity(
    account: Option<&str>,
    arn: Option<&str>,
    user_id: Option<&str>,
) -> Result<Identity, String> {
    let (Some(account_id), Some(text), Some(user_id)) = (account, arn, user_id) else {
        return Err("its answer does not say who the caller is".to_owned());
    };
    let arn = Arn::parse(text).map_err(|error| error.to_string())?;
    let digits = account_id.len() == 12 && account_id.bytes().all(|b| b.is_ascii_digit());
    if !digits || arn.account() != account_id || !matches!(arn.service(), "iam" | "sts") {
        let shown: String = account_id.chars().take(40).collect();
        return Err(format!(
            "its answer names the account `{}` and the caller `{}`, which is no principal of it",
            shown.escape_debug(),
            text.chars().take(200).collect::<String>().escape_debug()
        ));
    }
    Ok(Identity {
        account_id: account_id.to_owned(),
        principal_arn: text.to_owned(),
        user_id: user_id.to_owned(),
        partition: Partition::new(arn.partition()),
    })
}

#[cfg(test)]
mod tests {
    use super::identity;

    #[test]
    fn the_partition_comes_from_the_arn() {
        let arn = "arn:aws-cn:iam::123456789012:user/teams/Kommander";
        let found = identity(Some("123456789012"), Some(arn), Some("AIDAEXAMPLE")).unwrap();
        assert_eq!(found.partition.as_str(), "aws-cn");
        assert_eq!(found.user_name(), Some("Kommander"));
    }

    #[test]
    fn what_is_no_principal_of_the_account_is_refused() {
        let user = "arn:aws:iam::123456789012:user/a";
        for (account, arn, id) in [
            (None, Some(user), Some("x")),
            (Some("123456789012"), None, Some("x")),
            (Some("123456789012"), Some(user), None),
            (Some("123456789012"), Some("Kommander"), Some("x")),
            (Some("210987654321"), Some(user), Some("x")),
            (Some("1234"), Some("arn:aws:iam::1234:user/a"), Some("x")),
            (
                Some("123456789012"),
                Some("arn:aws:ec2::123456789012:user/a"),
                Some("x"),
            ),
        ] {
            assert!(
                identity(account, arn, id).is_err(),
                "{account:?} {arn:?} {id:?}"
            );
        }
    }
}
