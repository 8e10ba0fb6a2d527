//! Managed policies: their default version's document.

use commissary_core::ports::CloudError;
use commissary_iam::NamedPolicy;

use super::Reader;

impl Reader<'_> {
    /// A managed policy by its ARN; `part` names it where it cannot be read.
    pub(super) async fn managed(
        &mut self,
        part: &str,
        arn: &str,
    ) -> Result<Option<NamedPolicy>, CloudError> {
        if let Some(known) = self.managed.get(arn) {
            return Ok(Some(known.clone()));
        }
        if self.skipped(part) {
            return Ok(None);
        }
        let answer = self.document(arn).await;
        let Some(document) = self.part(part, answer)? else {
            return Ok(None);
        };
        let name = arn.rsplit('/').next().unwrap_or(arn).to_owned();
        let policy = self.parsed(part, name, &document);
        if let Some(policy) = &policy {
            self.managed.insert(arn.to_owned(), policy.clone());
        }
        Ok(policy)
    }

    /// The permissions boundary by its ARN.
    pub(super) async fn boundary(&mut self, arn: Option<&str>) -> Result<(), CloudError> {
        let part = "the permissions boundary";
        match arn {
            Some(arn) => self.reading.policies.boundary = self.managed(part, arn).await?,
            None => self.note(
                part,
                "AWS's answer does not name its policy".to_owned(),
                false,
            ),
        }
        Ok(())
    }

    async fn document(&self, arn: &str) -> Result<String, CloudError> {
        let iam = &self.session.iam;
        let action = "iam:GetPolicy";
        let answer = self
            .session
            .ask(action, iam.get_policy().policy_arn(arn).send())
            .await?;
        let version = answer
            .policy()
            .and_then(|policy| policy.default_version_id())
            .ok_or_else(|| {
                self.session
                    .nonsense(action, "its policy has no default version")
            })?;
        let action = "iam:GetPolicyVersion";
        let request = iam.get_policy_version().policy_arn(arn).version_id(version);
        let answer = self.session.ask(action, request.send()).await?;
        answer
            .policy_version()
            .and_then(|version| version.document())
            .map(str::to_owned)
            .ok_or_else(|| {
                self.session
                    .nonsense(action, "its policy version has no document")
            })
    }
}
