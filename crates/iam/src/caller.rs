//! Who makes the request, read from the principal's ARN.

mod short;

use std::cell::OnceCell;

use crate::Request;
use crate::arn::{is_account_id, segments, split_once};
use crate::scope::Derived;
use short::ShortText;

/// The principal of a request.
pub(crate) struct Caller<'a> {
    /// The principal as the request names it.
    pub(crate) name: Option<&'a str>,
    pub(crate) kind: Kind<'a>,
    /// The account the principal belongs to, where known.
    pub(crate) account: Option<&'a str>,
    partition: &'a str,
    /// The one context value that has to be put together for its kind, once it is asked for.
    composed: OnceCell<ShortText>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    /// Nobody in particular, of the resource's account.
    Unnamed,
    Root,
    User {
        name: &'a str,
    },
    /// A role, without saying which session of it.
    Role {
        path_and_name: &'a str,
    },
    RoleSession {
        role: &'a str,
    },
    FederatedUser {
        name: &'a str,
    },
    /// A service, a federated provider, a canonical user.
    Other,
}

impl<'a> Caller<'a> {
    pub(crate) fn of(request: &'a Request) -> Self {
        let Some(name) = request.principal.as_deref() else {
            return Self {
                name: None,
                kind: Kind::Unnamed,
                account: account_of(&request.resource),
                partition: "",
                composed: OnceCell::new(),
            };
        };
        let read = segments(name).and_then(|[arn, partition, service, _, account, resource]| {
            (arn == "arn" && is_account_id(account))
                .then(|| Some((kind_of(service, resource)?, account, partition)))?
        });
        let (kind, account, partition) = match read {
            Some((kind, account, partition)) => (kind, Some(account), partition),
            None => (Kind::Other, None, ""),
        };
        Self {
            name: Some(name),
            kind,
            account,
            partition,
            composed: OnceCell::new(),
        }
    }

    /// Service-linked roles are not subject to service control policies. Source: "Service control
    /// policies (SCPs)", section on tasks and entities not restricted by them.
    pub(crate) fn is_service_linked_role(&self) -> bool {
        matches!(self.kind, Kind::Role { path_and_name } if path_and_name.starts_with("aws-service-role/"))
    }

    /// What the principal says of a context key (its folded name). Source: "AWS global condition
    /// context keys", section on properties of the principal, and "IAM policy elements: Variables
    /// and tags", the table of principal key values.
    pub(crate) fn derive(&self, key: &str) -> Derived<'_> {
        let (Some(name), Some(account)) = (self.name, self.account) else {
            return Derived::Nothing;
        };
        let value = Derived::Value;
        let composed = |parts: &[&str]| {
            let text = self.composed.get_or_init(|| ShortText::concat(parts));
            text.as_str()
        };
        match (key, self.kind) {
            (_, Kind::Unnamed | Kind::Other) => Derived::Nothing,

            ("aws:principalarn", Kind::RoleSession { role }) => {
                // The ARN of a session leaves out the path of its role.
                let partition = self.partition;
                let parts = ["arn:", partition, ":iam::", account, ":role/", role];
                Derived::Likely(composed(&parts))
            }
            ("aws:principalarn", _) => value(name),
            ("aws:principalaccount", _) => value(account),

            ("aws:principaltype", Kind::Root) => value("Account"),
            ("aws:principaltype", Kind::User { .. }) => value("User"),
            ("aws:principaltype", Kind::FederatedUser { .. }) => value("FederatedUser"),
            ("aws:principaltype", Kind::Role { .. } | Kind::RoleSession { .. }) => {
                value("AssumedRole")
            }

            ("aws:username", Kind::User { name }) => value(name),
            ("aws:username", _) => Derived::Absent,

            ("aws:userid", Kind::Root) => value(account),
            ("aws:userid", Kind::FederatedUser { name }) => value(composed(&[account, ":", name])),

            ("aws:principalisawsservice", _) => value("false"),
            ("aws:principalservicename" | "aws:principalservicenameslist", _) => Derived::Absent,
            _ => Derived::Nothing,
        }
    }
}

fn kind_of<'a>(service: &str, resource: &'a str) -> Option<Kind<'a>> {
    let (first, rest) = split_once(resource, b'/').unwrap_or((resource, ""));
    match (service, first) {
        ("iam", "root") if rest.is_empty() => Some(Kind::Root),
        ("iam", "user") => last_segment(rest).map(|name| Kind::User { name }),
        ("iam", "role") => last_segment(rest).map(|_| Kind::Role {
            path_and_name: rest,
        }),
        ("sts", "assumed-role") => {
            let (role, session) = rest.split_once('/')?;
            (!role.is_empty() && !session.is_empty()).then_some(Kind::RoleSession { role })
        }
        ("sts", "federated-user") if !rest.is_empty() => Some(Kind::FederatedUser { name: rest }),
        _ => None,
    }
}

/// The name after the path.
pub(crate) fn last_segment(path_and_name: &str) -> Option<&str> {
    let slash = path_and_name.bytes().rposition(|byte| byte == b'/');
    let name = path_and_name.get(slash.map_or(0, |place| place + 1)..)?;
    (!name.is_empty()).then_some(name)
}

/// The account in an ARN, if it names one.
pub(crate) fn account_of(arn: &str) -> Option<&str> {
    segments(arn)
        .map(|[_, _, _, _, account, _]| account)
        .filter(|account| is_account_id(account))
}
