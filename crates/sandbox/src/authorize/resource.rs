//! What an operation is about, as policies and sentences name it.

use crate::account::Account;
use crate::account::principal::Principal;
use crate::account::roles::SERVICE_LINKED;
use crate::account::service_linked;
use crate::account::tags::Tags;
use crate::call::Call;
use crate::operations::Target;

/// A resource that a right is asked for.
pub(super) struct Resource<'a> {
    pub(super) arn: String,
    /// As IAM's refusals name it.
    pub(super) shown: String,
    /// Its tags, when it is one that exists.
    pub(super) tags: Option<&'a Tags>,
    /// The ARN of the policy that bounds it.
    pub(super) boundary: Option<&'a str>,
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
                let tags = account.policy(&arn).map(|policy| &policy.tags);
                Resource {
                    tags,
                    ..Resource::plain(arn).shown(shown)
                }
            }
            Target::NewPolicy => Resource::named(account, "policy", path, &given("PolicyName")),
            Target::Policies => Resource::plain(account.arn("policy", prefix, ""))
                .shown(format!("policy path {prefix}")),
            Target::PolicySource => Resource::plain(given("PolicySourceArn")),
            Target::Role => Resource::role(account, &given("RoleName")),
            Target::NewRole => Resource::plain(account.arn("role", path, &given("RoleName"))),
            Target::Roles => Resource::plain(account.arn("role", prefix, "")),
            Target::AssumedRole => {
                let arn = given("RoleArn");
                let name = arn.rsplit('/').next().unwrap_or_default();
                let role = account.roles.get(name);
                Resource {
                    tags: role.map(|role| &role.tags),
                    ..Resource::plain(arn)
                }
            }
            Target::ServiceLinkedRole => {
                let service = given("AWSServiceName");
                let name = service_linked::name(&service, call.params.get("CustomSuffix"));
                let path = format!("{SERVICE_LINKED}{service}/");
                Resource::plain(account.arn("role", &path, &name))
            }
            Target::Profile | Target::ProfileAndRole => {
                Resource::profile(account, &given("InstanceProfileName"))
            }
            Target::NewProfile => {
                let name = given("InstanceProfileName");
                Resource::plain(account.arn("instance-profile", path, &name))
            }
            Target::Profiles => Resource::plain(account.arn("instance-profile", prefix, "")),
        }
    }

    fn plain(arn: String) -> Resource<'a> {
        Resource {
            shown: arn.clone(),
            arn,
            tags: None,
            boundary: None,
        }
    }

    fn shown(self, shown: String) -> Resource<'a> {
        Resource { shown, ..self }
    }

    fn named(account: &Account, kind: &str, path: &str, name: &str) -> Resource<'a> {
        let shown = match kind {
            "instance-profile" => format!("instance profile {name}"),
            _ => format!("{kind} {name}"),
        };
        Resource::plain(account.arn(kind, path, name)).shown(shown)
    }

    pub(super) fn role(account: &'a Account, name: &str) -> Resource<'a> {
        match account.roles.get(name) {
            Some(role) => Resource {
                tags: Some(&role.tags),
                boundary: role.boundary.as_deref(),
                ..Resource::named(account, "role", &role.path, &role.name)
            },
            None => Resource::named(account, "role", "/", name),
        }
    }

    fn profile(account: &'a Account, name: &str) -> Resource<'a> {
        match account.profiles.get(name) {
            Some(profile) => Resource {
                tags: Some(&profile.tags),
                ..Resource::named(account, "instance-profile", &profile.path, &profile.name)
            },
            None => Resource::named(account, "instance-profile", "/", name),
        }
    }

    fn user(account: &'a Account, name: &str) -> Resource<'a> {
        match account.users.get(name) {
            Some(user) => Resource {
                tags: Some(&user.tags),
                boundary: user.boundary.as_deref(),
                ..Resource::named(account, "user", &user.path, &user.name)
            },
            None => Resource::named(account, "user", "/", name),
        }
    }

    fn principal(account: &'a Account, principal: &Principal) -> Resource<'a> {
        match principal {
            Principal::Root | Principal::Role(_) => {
                Resource::plain(account.principal_arn(principal))
            }
            Principal::User(name) => Resource::user(account, name),
        }
    }
}
