//! The policies that apply to a user, ready to decide with.

use commissary_iam::{NamedPolicy, Policy, PolicySet};

use crate::account::Account;
use crate::account::documents::Document;
use crate::account::grants::{Grants, Holder};
use crate::account::groups::Group;
use crate::account::users::User;
use crate::fault::{Code, Fault};

/// Where a policy of a set comes from.
pub(crate) struct Source {
    /// As the policy simulator names it.
    pub(crate) id: String,
    pub(crate) document: Document,
}

/// Policies to decide with, and where each comes from.
#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) set: PolicySet,
    sources: Vec<Source>,
}

impl Gathered {
    /// The source of the policy that a decision names.
    pub(crate) fn source(&self, name: &str) -> Option<&Source> {
        name.parse()
            .ok()
            .and_then(|index: usize| self.sources.get(index))
    }

    /// Takes note of a source. Policies are named by their number: names of people's choosing
    /// need not be unique.
    pub(crate) fn name(&mut self, id: String, document: &Document) -> Result<NamedPolicy, Fault> {
        let policy = Policy::parse(document.text()).map_err(|error| {
            Fault::new(
                Code::MalformedPolicyDocument,
                format!("The policy {id} cannot be read: {error}"),
            )
        })?;
        let name = self.sources.len().to_string();
        self.sources.push(Source {
            id,
            document: document.clone(),
        });
        Ok(NamedPolicy { name, policy })
    }

    /// The policies of one user or group.
    fn grants(
        &mut self,
        account: &Account,
        holder: Holder,
        name: &str,
        grants: &Grants,
    ) -> Result<Vec<NamedPolicy>, Fault> {
        let mut policies = Vec::new();
        for inline in grants.inline.iter() {
            let id = format!("{}_{name}_{}", holder.word(), inline.name);
            policies.push(self.name(id, &inline.document)?);
        }
        for arn in &grants.attached {
            policies.push(self.managed(account, arn)?);
        }
        Ok(policies)
    }

    fn managed(&mut self, account: &Account, arn: &str) -> Result<NamedPolicy, Fault> {
        let policy = account.existing_policy(arn)?;
        let document = policy.document().ok_or_else(|| {
            Fault::no_such(format!("Policy {arn} does not have a default version."))
        })?;
        self.name(policy.name.clone(), document)
    }

    fn group(&mut self, account: &Account, group: &Group) -> Result<Vec<NamedPolicy>, Fault> {
        self.grants(account, Holder::Group, &group.name, &group.grants)
    }
}

/// A user's own policies, those of its groups, and its boundary.
pub(crate) fn of_user(account: &Account, user: &User) -> Result<Gathered, Fault> {
    let mut gathered = Gathered::default();
    gathered.set.identity = gathered.grants(account, Holder::User, &user.name, &user.grants)?;
    for group in account.groups_of(user) {
        let policies = gathered.group(account, group)?;
        gathered.set.groups.extend(policies);
    }
    if let Some(arn) = &user.boundary {
        gathered.set.boundary = Some(gathered.managed(account, arn)?);
    }
    for level in &account.service_control_policies {
        let policies = level
            .iter()
            .map(|policy| gathered.name(policy.name.clone(), &policy.document));
        let policies = policies.collect::<Result<_, _>>()?;
        gathered.set.scps.push(policies);
    }
    Ok(gathered)
}

/// A group's policies, as its members have them.
pub(crate) fn of_group(account: &Account, group: &Group) -> Result<Gathered, Fault> {
    let mut gathered = Gathered::default();
    gathered.set.groups = gathered.group(account, group)?;
    Ok(gathered)
}
