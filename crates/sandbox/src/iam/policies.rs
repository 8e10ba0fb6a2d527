//! Managed policies.

use super::{inputs, shapes};
use crate::account::directory::key_of;
use crate::account::policies::{ManagedPolicy, NewPolicy};
use crate::account::{Account, aws_managed};
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::params::Params;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam("CreatePolicy", Target::NewPolicy, Handler::Write(create)),
    Operation::iam("GetPolicy", Target::Policy, Handler::Read(get)),
    Operation::iam("ListPolicies", Target::Policies, Handler::Read(list)),
    Operation::iam("DeletePolicy", Target::Policy, Handler::Write(delete)),
];

const DESCRIPTION: usize = 1000;

fn create(account: &mut Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let description = call.params.get("Description");
    inputs::check_length("Description", description.unwrap_or(""), 0, DESCRIPTION)?;
    let new = NewPolicy {
        name: inputs::entity_name(call.params, "PolicyName")?,
        path: inputs::path(call.params)?,
        description,
        document: inputs::document(call.params)?,
        tags: inputs::tags(call.params)?,
    };
    let policy = account.create_policy(new, call.random, call.now)?;
    xml.element("Policy", |xml| {
        shapes::policy_summary(xml, account, &policy);
        shapes::tags(xml, &policy.tags);
    });
    Ok(())
}

fn get(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let policy = account.existing_policy(inputs::arn(call.params, "PolicyArn")?)?;
    xml.element("Policy", |xml| {
        shapes::policy_summary(xml, account, policy);
        shapes::policy_extras(xml, policy);
    });
    Ok(())
}

fn delete(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    account.delete_policy(inputs::arn(call.params, "PolicyArn")?)
}

fn list(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let wanted = Filter::read(call.params)?;
    let own = account.policies.iter().map(|policy| (Scope::Local, policy));
    let aws = aws_managed::all(account.partition).map(|policy| (Scope::Aws, policy));
    let mut policies: Vec<(String, &ManagedPolicy)> = own
        .chain(aws)
        .filter(|(scope, policy)| wanted.takes(account, *scope, policy))
        .map(|(scope, policy)| (format!("{}/{scope:?}", key_of(&policy.name)), policy))
        .collect();
    policies.sort_by(|(left, _), (right, _)| left.cmp(right));
    let page = Page::cut(call.params, policies)?;
    xml.list("Policies", &page.items, |xml, policy| {
        shapes::policy_summary(xml, account, policy);
    });
    page.write_end(xml);
    Ok(())
}

/// Whose policies a listing is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Local,
    Aws,
}

/// The parameters of `ListPolicies` that leave policies out.
struct Filter<'a> {
    /// `None` for both.
    scope: Option<Scope>,
    only_attached: bool,
    path_prefix: &'a str,
    usage: Option<Usage>,
}

#[derive(Clone, Copy)]
enum Usage {
    Permissions,
    Boundary,
}

impl Filter<'_> {
    fn read(params: &Params) -> Result<Filter<'_>, Fault> {
        let scope = match params.get("Scope") {
            None | Some("All") => None,
            Some("AWS") => Some(Scope::Aws),
            Some("Local") => Some(Scope::Local),
            Some(other) => return Err(not_in_set("scope", other, "[All, AWS, Local]")),
        };
        let usage = match params.get("PolicyUsageFilter") {
            None => None,
            Some("PermissionsPolicy") => Some(Usage::Permissions),
            Some("PermissionsBoundary") => Some(Usage::Boundary),
            Some(other) => {
                let set = "[PermissionsPolicy, PermissionsBoundary]";
                return Err(not_in_set("policyUsageFilter", other, set));
            }
        };
        Ok(Filter {
            scope,
            only_attached: params.flag("OnlyAttached", false)?,
            path_prefix: inputs::path_prefix(params)?,
            usage,
        })
    }

    fn takes(&self, account: &Account, scope: Scope, policy: &ManagedPolicy) -> bool {
        let attached = account.attachments(&policy.arn) > 0;
        let bounds = account.boundary_uses(&policy.arn) > 0;
        let used = match self.usage {
            None => !self.only_attached || attached || bounds,
            Some(Usage::Permissions) => attached,
            Some(Usage::Boundary) => bounds,
        };
        used && self.scope.is_none_or(|wanted| wanted == scope)
            && policy.path.starts_with(self.path_prefix)
    }
}

fn not_in_set(member: &str, value: &str, set: &str) -> Fault {
    Fault::validation(format!(
        "1 validation error detected: Value '{value}' at '{member}' failed to satisfy \
         constraint: Member must satisfy enum value set: {set}"
    ))
}
