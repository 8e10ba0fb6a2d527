//! The policies that apply to a caller, ready to decide with.

use commissary_iam::{Decision, NamedPolicy, Policy, PolicySet, Request};

use crate::account::Account;
use crate::account::documents::Document;
use crate::account::grants::{Grants, Holder};
use crate::account::groups::Group;
use crate::account::principal::Principal;
use crate::account::roles::Role;
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

    /// Decides with these policies.
    pub(crate) fn decide(&self, request: &Request) -> Decision {
        commissary_iam::decide(&self.set, request)
    }

    fn add_scps(&mut self, account: &Account) -> Result<(), Fault> {
        for (level, documents) in account.scps.levels().enumerate() {
            let mut policies = Vec::new();
            for (place, document) in documents.iter().enumerate() {
                let id = format!("scp_{}_{}", level + 1, place + 1);
                policies.push(self.name(id, document)?);
            }
            self.set.scps.push(policies);
        }
        Ok(())
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

/// The policy that the root user is as good as having.
const EVERYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;

/// The same, ready to decide with.
pub(crate) fn everything() -> Option<NamedPolicy> {
    let policy = Policy::parse(EVERYTHING).ok()?;
    Some(NamedPolicy::new("everything", policy))
}

/// All policies that bear on a caller, whatever it does.
pub(crate) fn of_caller(account: &Account, caller: &Principal) -> Result<Gathered, Fault> {
    match caller {
        Principal::Root => {
            let mut gathered = Gathered::default();
            let everything = gathered.name("root".to_owned(), &Document::trusted(EVERYTHING))?;
            gathered.set.identity.push(everything);
            gathered.add_scps(account)?;
            Ok(gathered)
        }
        Principal::User(name) => of_user(account, account.user(name)?),
        Principal::Role(session) => {
            let mut gathered = of_role(account, account.role(&session.role)?)?;
            if let Some(document) = &session.policy {
                let policy = gathered.name("session".to_owned(), document)?;
                gathered.set.session = Some(policy);
            }
            Ok(gathered)
        }
    }
}

/// A user's own policies, those of its groups, its boundary, and those of the organisation.
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
    gathered.add_scps(account)?;
    Ok(gathered)
}

/// A role's own policies, its boundary, and those of the organisation, which do not bear on roles
/// that only services take on.
pub(crate) fn of_role(account: &Account, role: &Role) -> Result<Gathered, Fault> {
    let mut gathered = Gathered::default();
    gathered.set.identity = gathered.grants(account, Holder::Role, &role.name, &role.grants)?;
    if let Some(arn) = &role.boundary {
        gathered.set.boundary = Some(gathered.managed(account, arn)?);
    }
    if !role.is_service_linked() {
        gathered.add_scps(account)?;
    }
    Ok(gathered)
}

/// A group's policies, as its members have them.
pub(crate) fn of_group(account: &Account, group: &Group) -> Result<Gathered, Fault> {
    let mut gathered = Gathered::default();
    gathered.set.groups = gathered.group(account, group)?;
    gathered.add_scps(account)?;
    Ok(gathered)
}

/// A resource's policy that leaves it all to the account, as that of a new KMS key does (KMS
/// Developer Guide, "Default key policy").
pub(crate) fn delegation(account: &Account) -> Option<NamedPolicy> {
    let root = account.principal_arn(&Principal::Root);
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"{root}"}},"Action":"*","Resource":"*"}}}}"#
    );
    let policy = Policy::parse(&text).ok()?;
    Some(NamedPolicy::new("delegation", policy))
}
