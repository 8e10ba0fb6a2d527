//! What policies are attached to: users, groups and roles, which IAM has the same calls for.

use aws_sdk_iam::types::AttachedPolicy;
use commissary_core::ports::CloudError;

use super::Reader;
use crate::AwsSession;
use crate::pages::listed;
use commissary_iam::NamedPolicy;

/// Something that policies are attached to, by its name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner<'a> {
    User(&'a str),
    Group(&'a str),
    Role(&'a str),
}

impl Owner<'_> {
    /// For people.
    fn title(self) -> String {
        match self {
            Self::User(_) => "the user".to_owned(),
            Self::Group(name) => format!("the group `{name}`"),
            Self::Role(_) => "the role".to_owned(),
        }
    }

    /// The name of an inline policy among all policies of the principal.
    fn inline_name(self, policy: &str) -> String {
        match self {
            Self::Group(group) => format!("{group}/inline:{policy}"),
            Self::User(_) | Self::Role(_) => format!("inline:{policy}"),
        }
    }

    async fn attached(self, session: &AwsSession) -> Result<Vec<AttachedPolicy>, CloudError> {
        let iam = &session.iam;
        match self {
            Self::User(name) => {
                let request = iam.list_attached_user_policies().user_name(name);
                listed!(session, "iam:ListAttachedUserPolicies", request, |page| {
                    page.attached_policies.unwrap_or_default()
                })
            }
            Self::Group(name) => {
                let request = iam.list_attached_group_policies().group_name(name);
                listed!(session, "iam:ListAttachedGroupPolicies", request, |page| {
                    page.attached_policies.unwrap_or_default()
                })
            }
            Self::Role(name) => {
                let request = iam.list_attached_role_policies().role_name(name);
                listed!(session, "iam:ListAttachedRolePolicies", request, |page| {
                    page.attached_policies.unwrap_or_default()
                })
            }
        }
    }

    async fn inline(self, session: &AwsSession) -> Result<Vec<String>, CloudError> {
        let iam = &session.iam;
        match self {
            Self::User(name) => {
                let request = iam.list_user_policies().user_name(name);
                listed!(session, "iam:ListUserPolicies", request, |page| page
                    .policy_names)
            }
            Self::Group(name) => {
                let request = iam.list_group_policies().group_name(name);
                listed!(session, "iam:ListGroupPolicies", request, |page| page
                    .policy_names)
            }
            Self::Role(name) => {
                let request = iam.list_role_policies().role_name(name);
                listed!(session, "iam:ListRolePolicies", request, |page| page
                    .policy_names)
            }
        }
    }

    async fn document(self, session: &AwsSession, policy: &str) -> Result<String, CloudError> {
        let iam = &session.iam;
        match self {
            Self::User(name) => {
                let request = iam.get_user_policy().user_name(name).policy_name(policy);
                let answer = session.ask("iam:GetUserPolicy", request.send()).await?;
                Ok(answer.policy_document)
            }
            Self::Group(name) => {
                let request = iam.get_group_policy().group_name(name).policy_name(policy);
                let answer = session.ask("iam:GetGroupPolicy", request.send()).await?;
                Ok(answer.policy_document)
            }
            Self::Role(name) => {
                let request = iam.get_role_policy().role_name(name).policy_name(policy);
                let answer = session.ask("iam:GetRolePolicy", request.send()).await?;
                Ok(answer.policy_document)
            }
        }
    }
}

impl Reader<'_> {
    /// The policies of an owner, attached and inline, as far as they can be read.
    pub(super) async fn policies_of(
        &mut self,
        owner: Owner<'_>,
    ) -> Result<Vec<NamedPolicy>, CloudError> {
        let mut policies = self.attached_to(owner).await?;
        policies.append(&mut self.inline_of(owner).await?);
        Ok(policies)
    }

    async fn attached_to(&mut self, owner: Owner<'_>) -> Result<Vec<NamedPolicy>, CloudError> {
        let part = format!("the policies attached to {}", owner.title());
        let mut policies = Vec::new();
        if self.skipped(&part) {
            return Ok(policies);
        }
        let attached = owner.attached(self.session).await;
        for policy in self.part(&part, attached)?.unwrap_or_default() {
            let Some(arn) = policy.policy_arn() else {
                let why = "AWS's answer names a policy without its ARN";
                self.note(&part, why.to_owned(), false);
                continue;
            };
            let part = format!("the policy `{}`", policy.policy_name().unwrap_or(arn));
            policies.extend(self.managed(&part, arn).await?);
        }
        Ok(policies)
    }

    async fn inline_of(&mut self, owner: Owner<'_>) -> Result<Vec<NamedPolicy>, CloudError> {
        let part = format!("the inline policies of {}", owner.title());
        let mut policies = Vec::new();
        if self.skipped(&part) {
            return Ok(policies);
        }
        let names = owner.inline(self.session).await;
        for name in self.part(part, names)?.unwrap_or_default() {
            let part = format!("the inline policy `{name}` of {}", owner.title());
            if self.skipped(&part) {
                continue;
            }
            let document = owner.document(self.session, &name).await;
            if let Some(document) = self.part(&part, document)? {
                policies.extend(self.parsed(&part, owner.inline_name(&name), &document));
            }
        }
        Ok(policies)
    }
}
