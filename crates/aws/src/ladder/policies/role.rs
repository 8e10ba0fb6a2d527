//! A role: its boundary and its policies. The session policy of a session is not to be seen.

use commissary_core::ports::CloudError;

use super::owner::Owner;
use super::{Fact, Reader};

impl Reader<'_> {
    pub(super) async fn role(&mut self, name: &str) -> Result<(), CloudError> {
        self.role_itself(name).await?;
        self.reading.policies.identity = self.policies_of(Owner::Role(name)).await?;
        Ok(())
    }

    /// The boundary, and the ARN that a session has as `aws:PrincipalArn` ("AWS global condition
    /// context keys"). Tags are left unknown: those of the session may stand over the role's.
    async fn role_itself(&mut self, name: &str) -> Result<(), CloudError> {
        let part = "the permissions boundary";
        let request = self.session.iam.get_role().role_name(name);
        let answer = self.session.ask("iam:GetRole", request.send()).await;
        let Some(answer) = self.part(part, answer)? else {
            return Ok(());
        };
        let Some(role) = answer.role() else {
            self.note(part, "AWS's answer holds no role".to_owned(), false);
            return Ok(());
        };
        self.reading.facts.push(Fact {
            key: "aws:PrincipalArn".to_owned(),
            values: vec![role.arn().to_owned()],
        });
        if let Some(boundary) = role.permissions_boundary() {
            self.boundary(boundary.permissions_boundary_arn()).await?;
        }
        Ok(())
    }
}
