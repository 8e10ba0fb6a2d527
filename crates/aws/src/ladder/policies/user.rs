//! A user: its boundary, its own policies, and those of its groups.

use commissary_core::ports::CloudError;

use super::owner::Owner;
use super::{Fact, Reader};
use crate::pages::listed;

impl Reader<'_> {
    pub(super) async fn user(&mut self, name: &str) -> Result<(), CloudError> {
        self.user_itself(name).await?;
        self.reading.policies.identity = self.policies_of(Owner::User(name)).await?;
        for group in self.groups_of(name).await? {
            let mut policies = self.policies_of(Owner::Group(&group)).await?;
            self.reading.policies.groups.append(&mut policies);
        }
        Ok(())
    }

    /// The boundary and the tags.
    async fn user_itself(&mut self, name: &str) -> Result<(), CloudError> {
        let part = "the permissions boundary";
        let request = self.session.iam.get_user().user_name(name);
        let answer = self.session.ask("iam:GetUser", request.send()).await;
        let Some(answer) = self.part(part, answer)? else {
            return Ok(());
        };
        let Some(user) = answer.user() else {
            self.note(part, "AWS's answer holds no user".to_owned(), false);
            return Ok(());
        };
        self.reading
            .facts
            .extend(user.tags().iter().map(|tag| Fact {
                key: format!("aws:PrincipalTag/{}", tag.key()),
                values: vec![tag.value().to_owned()],
            }));
        if let Some(boundary) = user.permissions_boundary() {
            self.boundary(boundary.permissions_boundary_arn()).await?;
        }
        Ok(())
    }

    async fn groups_of(&mut self, name: &str) -> Result<Vec<String>, CloudError> {
        let part = "the groups of the user";
        if self.skipped(part) {
            return Ok(Vec::new());
        }
        let session = self.session;
        let request = session.iam.list_groups_for_user().user_name(name);
        let groups = listed!(session, "iam:ListGroupsForUser", request, |page| page
            .groups);
        let groups = self.part(part, groups)?.unwrap_or_default();
        Ok(groups.into_iter().map(|group| group.group_name).collect())
    }
}
