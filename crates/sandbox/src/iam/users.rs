//! Users.

use super::{inputs, shapes};
use crate::account::Account;
use crate::account::directory::key_of;
use crate::account::principal::{Principal, no_keys};
use crate::account::users::NewUser;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam("CreateUser", Target::NewUser, Handler::Write(create_user)),
    Operation::iam("GetUser", Target::UserOrCaller, Handler::Read(get_user)),
    Operation::iam("ListUsers", Target::Users, Handler::Read(list_users)),
    Operation::iam("UpdateUser", Target::User, Handler::Write(update_user)),
    Operation::iam("DeleteUser", Target::User, Handler::Write(delete_user)),
];

fn create_user(account: &mut Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let new = NewUser {
        name: inputs::new_user_name(call.params)?.to_owned(),
        path: inputs::path(call.params)?.to_owned(),
        boundary: inputs::boundary(call.params)?,
        tags: inputs::tags(call.params)?,
    };
    let user = account.create_user(new, call.random, call.now)?;
    xml.element("User", |xml| {
        shapes::user_summary(xml, account, &user);
        shapes::user_extras(xml, &user);
    });
    Ok(())
}

fn get_user(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    match inputs::user_or_caller(call)? {
        Principal::Root => xml.element("User", |xml| {
            xml.text("UserId", &account.id);
            xml.text("Arn", account.principal_arn(&Principal::Root));
            shapes::date(xml, "CreateDate", account.created_at);
        }),
        Principal::Role(_) => return Err(no_keys()),
        Principal::User(name) => {
            let user = account.user(&name)?;
            xml.element("User", |xml| {
                shapes::user_summary(xml, account, user);
                shapes::user_extras(xml, user);
            });
        }
    }
    Ok(())
}

fn list_users(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let prefix = inputs::path_prefix(call.params)?;
    let users = account
        .users
        .iter()
        .filter(|user| user.path.starts_with(prefix))
        .map(|user| (key_of(&user.name), user));
    let page = Page::cut(call.params, users)?;
    xml.list("Users", &page.items, |xml, user| {
        shapes::user_summary(xml, account, user);
    });
    page.write_end(xml);
    Ok(())
}

fn update_user(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let name = inputs::entity_name(call.params, "UserName")?;
    if call.params.get("NewUserName").is_some() {
        return Err(Fault::validation(
            "The sandbox moves users to another path and does not rename them.",
        ));
    }
    let path = inputs::new_path(call.params)?.map(str::to_owned);
    let user = account.user_mut(name)?;
    if let Some(path) = path {
        user.path = path;
    }
    Ok(())
}

fn delete_user(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    account.delete_user(inputs::entity_name(call.params, "UserName")?)
}
