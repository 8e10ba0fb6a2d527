//! AWS Security Token Service.

use std::ops::RangeInclusive;

use crate::account::Account;
use crate::account::documents::{self, Document};
use crate::account::principal::Principal;
use crate::account::sessions::{NewSession, RoleSession};
use crate::account::tags::{self, Tags};
use crate::call::Call;
use crate::fault::{Code, Fault};
use crate::iam::inputs;
use crate::operations::{Handler, Operation, Target};
use crate::wire::service::Service;
use crate::wire::xml::Xml;

const fn operation(name: &'static str, target: Target, handler: Handler) -> Operation {
    Operation {
        service: Service::Sts,
        name,
        target,
        handler,
    }
}

pub(crate) const OPERATIONS: &[Operation] = &[
    operation(
        "GetCallerIdentity",
        Target::Free,
        Handler::Read(get_caller_identity),
    ),
    operation(
        "AssumeRole",
        Target::AssumedRole,
        Handler::Write(assume_role),
    ),
    operation(
        "GetSessionToken",
        Target::Free,
        Handler::Write(get_session_token),
    ),
];

/// How long sessions may last, in seconds.
const OF_ROLES: RangeInclusive<u32> = 900..=43_200;
const OF_USERS: RangeInclusive<u32> = 900..=129_600;
/// What is not asked otherwise, in seconds; a session of a session lasts no longer than an hour.
const ROLE_SESSION: u32 = 3600;
const USER_SESSION: u32 = 43_200;
const CHAINED: u32 = 3600;
/// The most characters of a session policy.
const SESSION_POLICY: usize = 2048;

/// Needs no permission, and a policy that denies it changes nothing (STS API Reference,
/// "GetCallerIdentity").
fn get_caller_identity(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    xml.text("Arn", account.principal_arn(call.caller));
    xml.text("UserId", account.principal_id(call.caller));
    xml.text("Account", &account.id);
    Ok(())
}

/// Takes a role on; whether the caller may was asked before, of the role too.
fn assume_role(account: &mut Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let name = inputs::session_name(call.params)?.to_owned();
    let arn = inputs::arn(call.params, "RoleArn")?;
    let role_name = arn.rsplit('/').next().unwrap_or_default();
    let role = account.role(role_name)?.clone();
    let asked = inputs::number(call.params, "DurationSeconds", OF_ROLES)?;
    let chained = matches!(call.caller, Principal::Role(_));
    let longest = if chained {
        CHAINED
    } else {
        role.longest_session
    };
    if asked.is_some_and(|seconds| seconds > longest) {
        return Err(Fault::validation(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ));
    }
    let mut session_tags = Tags::default();
    tags::add(&mut session_tags, inputs::tags(call.params)?)?;
    let policy = session_policy(account, call)?;
    let limited = policy.is_some();
    let holder = Principal::Role(Box::new(RoleSession {
        role: role.name,
        role_id: role.id,
        name,
        policy,
        tags: session_tags,
    }));
    let seconds = asked.unwrap_or(ROLE_SESSION);
    let new = account.open_session(holder, seconds, call.random, call.now);
    write_credentials(xml, &new);
    xml.element("AssumedRoleUser", |xml| {
        xml.text("AssumedRoleId", account.principal_id(&new.session.holder));
        xml.text("Arn", account.principal_arn(&new.session.holder));
    });
    if limited {
        xml.text("PackedPolicySize", 1);
    }
    Ok(())
}

/// Needs no permission (STS API Reference, "GetSessionToken").
fn get_session_token(account: &mut Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    if matches!(call.caller, Principal::Role(_)) {
        return Err(Fault::new(
            Code::AccessDenied,
            "Cannot call GetSessionToken with session credentials",
        ));
    }
    let asked = inputs::number(call.params, "DurationSeconds", OF_USERS)?;
    let most = match call.caller {
        Principal::Root => CHAINED,
        _ => *OF_USERS.end(),
    };
    let seconds = asked.unwrap_or(USER_SESSION).min(most);
    let new = account.open_session(call.caller.clone(), seconds, call.random, call.now);
    write_credentials(xml, &new);
    Ok(())
}

/// What the session is limited to: the policy that is given and those that are named, together
/// (IAM User Guide, "Session policies").
fn session_policy(account: &Account, call: &Call<'_>) -> Result<Option<Document>, Fault> {
    let mut texts: Vec<&str> = Vec::new();
    if let Some(text) = call.params.get("Policy") {
        inputs::check_length("Policy", text, 1, SESSION_POLICY)?;
        texts.push(text);
    }
    for prefix in call.params.structures("PolicyArns", "arn") {
        let arn = inputs::arn(call.params, &format!("{prefix}.arn"))?;
        let document = account.attachable(arn)?.document();
        texts.extend(document.map(Document::text));
    }
    match texts.as_slice() {
        [] => Ok(None),
        [text] => documents::check(text).map(Some),
        _ => documents::together(&texts).map(Some),
    }
}

fn write_credentials(xml: &mut Xml, new: &NewSession) {
    xml.element("Credentials", |xml| {
        xml.text("AccessKeyId", &new.session.key_id);
        new.session.secret.write_once(xml);
        new.token.write_once(xml);
        let expires = new.session.expires_at;
        xml.text("Expiration", expires.strftime("%Y-%m-%dT%H:%M:%SZ"));
    });
}
