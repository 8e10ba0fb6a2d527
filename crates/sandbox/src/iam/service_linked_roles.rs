//! Roles that only a service takes on.

use super::{inputs, shapes};
use crate::account::Account;
use crate::account::roles::{NewRole, SERVICE_LINKED};
use crate::account::service_linked;
use crate::call::Call;
use crate::fault::{Code, Fault};
use crate::operations::{Handler, Operation, Target};
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam(
        "CreateServiceLinkedRole",
        Target::ServiceLinkedRole,
        Handler::Write(create),
    ),
    Operation::iam(
        "DeleteServiceLinkedRole",
        Target::Role,
        Handler::Write(delete),
    ),
    Operation::iam(
        "GetServiceLinkedRoleDeletionStatus",
        Target::Account,
        Handler::Read(deletion_status),
    ),
];

fn create(account: &mut Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let service = call.params.required("AWSServiceName")?;
    let suffix = call.params.get("CustomSuffix");
    let Some(takes_suffix) = service_linked::takes_suffix(service) else {
        return Err(Fault::invalid_input(format!(
            "Service-linked role for the service {service} is not known to the sandbox."
        )));
    };
    if suffix.is_some() && !takes_suffix {
        return Err(Fault::invalid_input(format!(
            "Custom suffix is not allowed for {service}"
        )));
    }
    let name = service_linked::name(service, suffix);
    if account.roles.get(&name).is_some() {
        return Err(Fault::invalid_input(format!(
            "Service role name {name} has been taken in this account, please try a different suffix."
        )));
    }
    let new = NewRole {
        name,
        path: format!("{SERVICE_LINKED}{service}/"),
        description: call.params.get("Description").map(str::to_owned),
        trust: format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Action":["sts:AssumeRole"],"Effect":"Allow","Principal":{{"Service":["{service}"]}}}}]}}"#
        ),
        longest_session: None,
        boundary: None,
        tags: Vec::new(),
    };
    let role = account.create_role(new, call.random, call.now)?;
    xml.element("Role", |xml| shapes::role_summary(xml, account, &role));
    Ok(())
}

/// The role is gone at once: nothing uses it. AWS takes its time and tells how it goes.
fn delete(account: &mut Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let role = account.role(inputs::role_name(call.params)?)?;
    if !role.is_service_linked() {
        return Err(Fault::invalid_input(format!(
            "{} is not a service-linked role.",
            role.name
        )));
    }
    let task = format!(
        "task{}{}/{}",
        role.path,
        role.name,
        call.random.request_id()
    );
    let name = role.name.clone();
    account.roles.remove(&name);
    xml.text("DeletionTaskId", task);
    Ok(())
}

/// What is told of a task is read from its id and the account: the role is gone or was made anew.
fn deletion_status(_: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let task = call.params.required("DeletionTaskId")?;
    if !task.starts_with(&format!("task{SERVICE_LINKED}")) {
        return Err(Fault::new(
            Code::NoSuchEntity,
            format!("Deletion task {task} cannot be found."),
        ));
    }
    xml.text("Status", "SUCCEEDED");
    Ok(())
}
