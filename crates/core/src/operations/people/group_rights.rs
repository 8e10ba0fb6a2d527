//! The user whom an identity provider knows: found or made, with what its groups give.

use std::collections::BTreeMap;

use super::elsewhere::SignInElsewhere;
use crate::people::{
    Actor, Elsewhere, Given, GroupRights, Origin, RefusedElsewhere, User, UserId, shows_as_written,
};
use crate::ports::{IdentityElsewhere, StoreError};
use crate::{Commissary, Error};

/// How many names are tried for a user whose own are taken.
const NAMES: usize = 20;

impl Commissary {
    /// The user of an identity, with the rights that its groups give as of now. Nothing
    /// but issuer and subject tells whose it is: names and addresses can be given anew.
    pub(super) async fn user_of(
        &self,
        elsewhere: &SignInElsewhere,
        identity: &IdentityElsewhere,
        origin: &Origin,
    ) -> Result<User, Error> {
        let issuer = elsewhere.provider.issuer();
        let found = self.store.user_elsewhere(issuer, &identity.subject).await?;
        let known = Elsewhere {
            issuer: issuer.to_owned(),
            rights: self.rights_of(elsewhere, &identity.groups).await?,
            until: elsewhere.until(self.clock.now()),
        };
        let user = match found {
            Some(user) if user.disabled_at.is_some() => {
                let refusal = RefusedElsewhere::Disabled {
                    name: user.name.clone(),
                };
                return Err(self
                    .refuse_elsewhere(origin, Some(&user.name), refusal)
                    .await);
            }
            Some(user) => self.renewed(user, known, origin).await?,
            None if known.rights.is_nothing() => {
                let refusal = no_role(&identity.subject, identity);
                return Err(self.refuse_elsewhere(origin, None, refusal).await);
            }
            None => self.first_seen(known, identity, origin).await?,
        };
        if !user.is_administrator() && user.effective_roles().is_empty() {
            let refusal = no_role(&user.name, identity);
            return Err(self
                .refuse_elsewhere(origin, Some(&user.name), refusal)
                .await);
        }
        Ok(user)
    }

    /// What groups give in the workspaces that there are.
    async fn rights_of(
        &self,
        elsewhere: &SignInElsewhere,
        groups: &[String],
    ) -> Result<GroupRights, Error> {
        let given = Given::by(&elsewhere.rules, groups);
        let mut roles = BTreeMap::new();
        for (name, role) in given.roles {
            if let Some(workspace) = self.store.workspace(&name).await? {
                roles.insert(workspace.id, role);
            }
        }
        Ok(GroupRights {
            administrator: given.administrator,
            roles,
        })
    }

    /// Replaces what groups gave to a user before; what was given by hand stays.
    async fn renewed(&self, user: User, known: Elsewhere, origin: &Origin) -> Result<User, Error> {
        let before = user.elsewhere.as_ref().map(|before| &before.rights);
        let audit = match before == Some(&known.rights) {
            true => None,
            false => {
                let target = self.told(&user.name, &known.rights).await?;
                let actor = self.of_provider(origin);
                Some(self.audit(&actor, "user.groups", target))
            }
        };
        self.store
            .renew_group_rights(user.id, &known, audit.as_ref())
            .await
            .map_err(|error| match error {
                StoreError::Gone => Error::SignInElsewhere(RefusedElsewhere::Stale),
                error => error.into(),
            })?;
        Ok(User {
            elsewhere: Some(known),
            ..user
        })
    }

    /// Makes the user at the first sign-in. Where the name is taken, by somebody else or by
    /// the same person signing in twice at once, another one is looked for.
    async fn first_seen(
        &self,
        known: Elsewhere,
        identity: &IdentityElsewhere,
        origin: &Origin,
    ) -> Result<User, Error> {
        let issuer = known.issuer.clone();
        let mut user = User {
            id: UserId(self.new_id()),
            name: String::new(),
            password: None,
            administrator: false,
            roles: BTreeMap::new(),
            elsewhere: Some(known),
            disabled_at: None,
            created_at: self.clock.now(),
        };
        let provider = self.identity_provider().unwrap_or_default();
        for number in 1..=NAMES {
            user.name = name_for(identity, provider, number);
            let rights = user.elsewhere.as_ref().map(|known| &known.rights);
            let target = match rights {
                Some(rights) => self.told(&user.name, rights).await?,
                None => user.name.clone(),
            };
            let audit = self.audit(&self.of_provider(origin), "user.create", target);
            let subject = &identity.subject;
            let inserted = self.store.insert_user_elsewhere(&user, subject, &audit);
            match inserted.await {
                Ok(()) => return Ok(user),
                Err(StoreError::NameTaken) => {}
                Err(error) => return Err(error.into()),
            }
            if let Some(other) = self.store.user_elsewhere(&issuer, subject).await? {
                return Ok(other);
            }
        }
        let message = format!("the names like `{}` are all taken", user.name);
        Err(Error::Conflict(message))
    }

    /// A user and what groups give, for the audit log.
    async fn told(&self, name: &str, rights: &GroupRights) -> Result<String, Error> {
        let ids: Vec<_> = rights.roles.keys().copied().collect();
        let names = self.store.workspace_names(&ids).await?;
        let roles = rights.roles.iter().filter_map(|(id, role)| {
            let workspace = names.get(id)?;
            Some(format!("{role} in {workspace}"))
        });
        let administrator = rights
            .administrator
            .then(|| "global administrator".to_owned());
        let given: Vec<String> = administrator.into_iter().chain(roles).collect();
        Ok(match given.is_empty() {
            true => format!("{name}: nothing by groups"),
            false => format!("{name}: {} by groups", given.join(", ")),
        })
    }

    fn of_provider(&self, origin: &Origin) -> Actor {
        Actor::process("identity provider", origin.clone())
    }
}

fn no_role(who: &str, identity: &IdentityElsewhere) -> RefusedElsewhere {
    RefusedElsewhere::NoRole {
        subject: format!("`{who}`"),
        groups: identity.groups.clone(),
    }
}

/// The name of a new user: what the provider calls them, then the same with the
/// provider's own name, then with a number.
fn name_for(identity: &IdentityElsewhere, provider: &str, number: usize) -> String {
    let told = identity.name.as_deref().unwrap_or_default();
    let clean: String = told
        .chars()
        .filter(|c| shows_as_written(&c.to_string()))
        .collect();
    let base = match clean.trim() {
        "" => identity.subject.as_str(),
        name => name,
    };
    let end = match number {
        1 => String::new(),
        2 => format!(" ({provider})"),
        number => format!(" {number} ({provider})"),
    };
    let room = User::MOST.saturating_sub(end.chars().count());
    let shortened: String = base.chars().take(room).collect();
    let name = format!("{}{end}", shortened.trim());
    User::parse_name(&name).unwrap_or_else(|_| format!("somebody{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(name: &str) -> IdentityElsewhere {
        IdentityElsewhere {
            subject: "0197".to_owned(),
            name: Some(name.to_owned()),
            groups: Vec::new(),
        }
    }

    #[test]
    fn a_name_is_the_providers_until_it_is_taken() {
        let named = |name: &str, number| name_for(&identity(name), "sso.example", number);
        assert_eq!(named("ada", 1), "ada");
        assert_eq!(named("ada", 2), "ada (sso.example)");
        assert_eq!(named("ada", 3), "ada 3 (sso.example)");
        assert_eq!(named(" \u{7}", 1), "0197");
        assert_eq!(named("..", 1), "somebody");
        let long = "x".repeat(200);
        for number in 1..4 {
            let name = named(&long, number);
            assert_eq!(name.chars().count(), 64, "{name}");
        }
    }
}
