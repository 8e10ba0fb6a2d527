//! `Principal` and `NotPrincipal`. Source: "AWS JSON policy elements: Principal" and
//! "… NotPrincipal".

use std::fmt;

use crate::arn::{is_account_id, segments};
use crate::caller::{Caller, Kind, last_segment};

/// One entry of a `Principal` or `NotPrincipal` element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// `*` or `{"AWS": "*"}`.
    Anyone,
    /// All of an account: its id, or the ARN that ends in `:root`.
    Account(String),
    /// The ARN of a user, a role or a session.
    Aws(String),
    /// A service, such as `ec2.amazonaws.com`.
    Service(String),
    /// An identity provider.
    Federated(String),
    /// The canonical id of an account, as S3 uses it.
    CanonicalUser(String),
}

/// The element `Principal` or `NotPrincipal` of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principals {
    pub(crate) negated: bool,
    pub(crate) entries: Vec<Principal>,
}

/// How a resource-based policy reaches the caller; it decides what else can limit the grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// Through the account, which then has to allow it by an identity policy.
    Account,
    /// Through the role behind a session: boundary and session policy still limit it.
    Role,
    /// The user named.
    User,
    /// The session, the service, or anyone.
    Direct,
}

impl Principal {
    pub(crate) fn aws(text: &str) -> Self {
        if text == "*" {
            return Self::Anyone;
        }
        if is_account_id(text) {
            return Self::Account(text.to_owned());
        }
        match segments(text) {
            Some(["arn", _, "iam", "", account, "root"]) if is_account_id(account) => {
                Self::Account(account.to_owned())
            }
            _ => Self::Aws(text.to_owned()),
        }
    }

    fn reaches(&self, caller: &Caller<'_>) -> Option<Reach> {
        match self {
            Self::Anyone => Some(Reach::Direct),
            Self::Account(account) => {
                (caller.account == Some(account.as_str())).then_some(Reach::Account)
            }
            Self::Aws(arn) => named(arn, caller),
            Self::Service(name) | Self::Federated(name) | Self::CanonicalUser(name) => {
                (caller.kind == Kind::Other && caller.name == Some(name.as_str()))
                    .then_some(Reach::Direct)
            }
        }
    }
}

/// Wildcards are not allowed within the ARN of a principal, so it is compared as it stands.
fn named(arn: &str, caller: &Caller<'_>) -> Option<Reach> {
    if caller.name == Some(arn) {
        return Some(match caller.kind {
            Kind::User { .. } => Reach::User,
            Kind::Role { .. } => Reach::Role,
            _ => Reach::Direct,
        });
    }
    let Kind::RoleSession { role } = caller.kind else {
        return None;
    };
    is_role(arn, role, caller).then_some(Reach::Role)
}

/// Whether the ARN is that of the session's role. Role names are unique in an account whatever
/// their path, and a session's ARN leaves the path out.
fn is_role(arn: &str, role: &str, caller: &Caller<'_>) -> bool {
    match segments(arn) {
        Some(["arn", _, "iam", "", account, resource]) => {
            caller.account == Some(account)
                && resource
                    .strip_prefix("role/")
                    .and_then(last_segment)
                    .is_some_and(|name| name == role)
        }
        _ => false,
    }
}

impl Principals {
    /// Whether this is `NotPrincipal`.
    pub fn is_negated(&self) -> bool {
        self.negated
    }

    /// The principals listed.
    pub fn entries(&self) -> &[Principal] {
        &self.entries
    }

    pub(crate) fn reach(&self, caller: &Caller<'_>) -> Option<Reach> {
        self.entries
            .iter()
            .filter_map(|entry| entry.reaches(caller))
            .max()
    }

    /// Whether a `Deny` with this element leaves the caller alone by listing it.
    ///
    /// AWS may validate the account, then the role, then the session, so all of them have to be
    /// listed; a caller with a permissions boundary is never left alone.
    pub(crate) fn exempts(&self, caller: &Caller<'_>, has_boundary: bool) -> bool {
        let lists = |wanted: &dyn Fn(&Principal) -> bool| self.entries.iter().any(wanted);
        if lists(&|entry| *entry == Principal::Anyone) {
            return true;
        }
        let listed_by_name = lists(
            &|entry| matches!(entry, Principal::Aws(arn) if caller.name == Some(arn.as_str())),
        );
        let account_listed = lists(
            &|entry| matches!(entry, Principal::Account(account) if caller.account == Some(account.as_str())),
        );
        match caller.kind {
            Kind::Unnamed => false,
            Kind::Root => account_listed,
            Kind::Other => self.reach(caller).is_some(),
            Kind::User { .. } | Kind::Role { .. } | Kind::FederatedUser { .. } => {
                !has_boundary && listed_by_name && account_listed
            }
            Kind::RoleSession { role } => {
                let role_listed = lists(
                    &|entry| matches!(entry, Principal::Aws(arn) if is_role(arn, role, caller)),
                );
                !has_boundary && listed_by_name && role_listed && account_listed
            }
        }
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => formatter.write_str("*"),
            Self::Account(text)
            | Self::Aws(text)
            | Self::Service(text)
            | Self::Federated(text)
            | Self::CanonicalUser(text) => formatter.write_str(text),
        }
    }
}
