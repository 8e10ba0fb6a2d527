//! What an operation is about, as policies and sentences name it.

use crate::account::Account;
use crate::account::principal::Principal;
use crate::account::users::User;
use crate::call::Call;
use crate::operations::Target;

/// A resource that a right is asked for.
pub(super) struct Resource<'a> {
    pub(super) arn: String,
    /// As IAM's refusals name it.
    pub(super) shown: String,
    /// The user it is, when it is one that exists.
    pub(super) user: Option<&'a User>,
}

impl<'a> Resource<'a> {
    pub(super) fn of(account: &'a Account, target: Target, call: &Call<'_>) -> Resource<'a> {
        let given = |name: &str| call.params.get(name).unwrap_or("").to_owned();
        let path = call.params.get("Path").unwrap_or("/");
        let prefix = call.params.get("PathPrefix").unwrap_or("/");
        match target {
            Target::Free | Target::Account => Resource::plain("*".to_owned()),
            Target::User => Resource::user(account, &given("UserName")),
            Target::UserOrCaller => match call.params.get("UserName") {
                Some(name) => Resource::user(account, name),
                None => Resource::principal(account, call.caller),
            },
            Target::KeyOwner => match account.find_key(&given("AccessKeyId")) {
                Some((owner, _)) => Resource::principal(account, &owner),
                None => Resource::plain("*".to_owned()),
            },
            Target::NewUser => Resource::named(account, "user", path, &given("UserName")),
            Target::Users => Resource::plain(account.arn("user", prefix, "")),
            Target::Group => match account.groups.get(&given("GroupName")) {
                Some(group) => Resource::named(account, "group", &group.path, &group.name),
                None => Resource::named(account, "group", "/", &given("GroupName")),
            },
            Target::NewGroup => Resource::named(account, "group", path, &given("GroupName")),
            Target::Groups => Resource::plain(account.arn("group", prefix, "")),
            Target::Policy => {
                let given = given("PolicyArn");
                let arn = account
                    .policy(&given)
                    .map_or(given, |policy| policy.arn.clone());
                let shown = format!("policy {arn}");
                Resource {
                    arn,
                    shown,
                    user: None,
                }
            }
            Target::NewPolicy => Resource::named(account, "policy", path, &given("PolicyName")),
            Target::Policies => Resource {
                arn: account.arn("policy", prefix, ""),
                shown: format!("policy path {prefix}"),
                user: None,
            },
            Target::PolicySource => Resource::plain(given("PolicySourceArn")),
        }
    }

    fn plain(arn: String) -> Resource<'a> {
        Resource {
            shown: arn.clone(),
            arn,
            user: None,
        }
    }

    fn named(account: &Account, kind: &str, path: &str, name: &str) -> Resource<'a> {
        Resource {
            arn: account.arn(kind, path, name),
            shown: format!("{kind} {name}"),
            user: None,
        }
    }

    fn user(account: &'a Account, name: &str) -> Resource<'a> {
        match account.users.get(name) {
            Some(user) => Resource {
                user: Some(user),
                ..Resource::named(account, "user", &user.path, &user.name)
            },
            None => Resource::named(account, "user", "/", name),
        }
    }

    fn principal(account: &'a Account, principal: &Principal) -> Resource<'a> {
        match principal {
            Principal::Root => Resource::plain(account.principal_arn(principal)),
            Principal::User(name) => Resource::user(account, name),
        }
    }
}
