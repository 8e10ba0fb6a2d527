//! Whose rights are simulated, with which policies and in which circumstances.

use commissary_iam::{Context, NamedPolicy, Policy};

use super::inputs;
use crate::account::Account;
use crate::account::documents::{self, Document};
use crate::account::principal::Principal;
use crate::account::roles::Role;
use crate::account::users::User;
use crate::authorize::policies::{self, Gathered};
use crate::authorize::{principal_context, role_context};
use crate::call::Call;
use crate::fault::{Code, Fault};
use crate::wire::params::Params;

/// The subject of a simulation.
pub(super) struct Subject {
    /// The policy of a resource that leaves all to the account whose rights are simulated.
    pub(super) delegation: Option<NamedPolicy>,
    /// The ARN of the simulated caller; a group alone has none.
    pub(super) principal: Option<String>,
    pub(super) gathered: Gathered,
    pub(super) context: Context,
}

/// Reads the subject from `PolicySourceArn` and the parameters that change it.
pub(super) fn read(account: &Account, call: &Call<'_>) -> Result<Subject, Fault> {
    let params = call.params;
    refuse_scenarios(params)?;
    let (mut gathered, source) = source(account, params.required("PolicySourceArn")?)?;
    add_policies(&mut gathered, params)?;
    let caller = match caller(account, params)? {
        Some(user) => Simulated::User(user),
        None => source,
    };
    let principal = match caller {
        Simulated::User(user) => Some(account.user_arn(user)),
        Simulated::Role(role) => Some(account.role_arn(role)),
        Simulated::Group => None,
    };
    if principal.is_none() && gathered.set.resource.is_some() {
        return Err(Fault::invalid_input(
            "CallerArn is required when a ResourcePolicy is given and PolicySourceArn is not the \
             ARN of a user.",
        ));
    }
    let mut context = match caller {
        Simulated::User(user) => principal_context(account, &Principal::User(user.name.clone())),
        Simulated::Role(role) => role_context(account, role),
        Simulated::Group => Context::default(),
    };
    if let Some(owner) = owner(params)? {
        context.set("aws:ResourceAccount", [owner]);
    }
    inputs::add_entries(&mut context, params)?;
    Ok(Subject {
        delegation: policies::delegation(account),
        principal,
        gathered,
        context,
    })
}

/// What the sandbox cannot simulate it refuses: an answer that ignored it would be a wrong one.
fn refuse_scenarios(params: &Params) -> Result<(), Fault> {
    match params.get("ResourceHandlingOption") {
        None => Ok(()),
        Some(_) => Err(Fault::invalid_input(
            "The sandbox has no EC2 scenarios (ResourceHandlingOption). Simulate each resource of \
             the scenario in ResourceArns.",
        )),
    }
}

/// Who is simulated.
#[derive(Clone, Copy)]
enum Simulated<'a> {
    User(&'a User),
    Role(&'a Role),
    /// Anyone in a group.
    Group,
}

/// The policies of the user, group or role of that ARN, and which it is.
fn source<'a>(account: &'a Account, arn: &str) -> Result<(Gathered, Simulated<'a>), Fault> {
    let (kind, name) = entity(account, arn)?;
    match kind {
        "user" => {
            let user = account.user(name)?;
            Ok((policies::of_user(account, user)?, Simulated::User(user)))
        }
        "group" => {
            let group = account.group(name)?;
            Ok((policies::of_group(account, group)?, Simulated::Group))
        }
        _ => {
            let role = account.role(name)?;
            Ok((policies::of_role(account, role)?, Simulated::Role(role)))
        }
    }
}

/// The kind and name in the ARN of a user, group or role of this account.
fn entity<'a>(account: &Account, arn: &'a str) -> Result<(&'a str, &'a str), Fault> {
    let own = account.iam_arn("");
    arn.strip_prefix(&own)
        .and_then(|resource| {
            let (kind, rest) = resource.split_once('/')?;
            let name = rest.rsplit('/').next()?;
            (["user", "group", "role"].contains(&kind) && !name.is_empty()).then_some((kind, name))
        })
        .ok_or_else(|| {
            Fault::invalid_input(format!(
                "Invalid Entity Arn: {arn} does not clearly define entity type and name."
            ))
        })
}

/// The user in `CallerArn`.
fn caller<'a>(account: &'a Account, params: &Params) -> Result<Option<&'a User>, Fault> {
    let Some(arn) = params.get("CallerArn") else {
        return Ok(None);
    };
    match entity(account, arn)? {
        ("user", name) => account.user(name).map(Some),
        _ => Err(Fault::invalid_input(format!(
            "Invalid CallerArn: {arn} is not the ARN of a user."
        ))),
    }
}

/// The account id in `ResourceOwner`.
fn owner(params: &Params) -> Result<Option<&str>, Fault> {
    let Some(arn) = params.get("ResourceOwner") else {
        return Ok(None);
    };
    arn.split(':')
        .nth(4)
        .or(Some(arn))
        .filter(|id| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()))
        .map(Some)
        .ok_or_else(|| {
            Fault::invalid_input(format!(
                "Invalid ResourceOwner: {arn}. Give the ARN of an account, such as \
                 arn:aws:iam::123456789012:root."
            ))
        })
}

/// Adds the policies that are given with the request.
fn add_policies(gathered: &mut Gathered, params: &Params) -> Result<(), Fault> {
    for (index, text) in params.list("PolicyInputList").into_iter().enumerate() {
        let document = documents::check(text).map_err(as_input)?;
        let policy = gathered.name(format!("PolicyInputList.{}", index + 1), &document)?;
        gathered.set.identity.push(policy);
    }
    const BOUNDARIES: &str = "PermissionsBoundaryPolicyInputList";
    match params.list(BOUNDARIES).as_slice() {
        [] => {}
        [text] => {
            let document = documents::check(text).map_err(as_input)?;
            gathered.set.boundary = Some(gathered.name(format!("{BOUNDARIES}.1"), &document)?);
        }
        _ => {
            return Err(Fault::invalid_input(
                "A simulation can have at most one permissions boundary.",
            ));
        }
    }
    if let Some(text) = params.get("ResourcePolicy") {
        Policy::parse(text)
            .map_err(|error| Fault::invalid_input(format!("Invalid ResourcePolicy: {error}")))?;
        let document = Document::trusted(text);
        gathered.set.resource = Some(gathered.name("ResourcePolicy".to_owned(), &document)?);
    }
    Ok(())
}

/// A broken policy in a simulation is an invalid input, not a malformed document.
fn as_input(fault: Fault) -> Fault {
    Fault {
        code: Code::InvalidInput,
        ..fault
    }
}
