//! Every service but IAM and STS: their actions as tables, decided over the caller's policies and
//! answered as by an account that has next to nothing in them.

mod answer;
mod context;
mod ec2_changes;
mod ec2_reads;
mod eks;
mod ids;
pub(crate) mod inventory;
mod json;
mod missing;
mod place;
mod query;
pub(crate) mod rest;
pub(crate) mod row;
mod s3;
mod target;

#[cfg(test)]
mod tests;

use crate::account::Account;
use crate::account::principal::Principal;
use crate::authorize::{Gathered, Peer, Question, decide};
use crate::fault::{Code, Fault};
use crate::random::Random;
use crate::wire::inputs::Inputs;
use crate::wire::service::{Protocol, Service};
use inventory::Inventory;
use place::Place;
use row::Row;
use target::Target;

/// What is told first of a call that the caller has no right to, about a thing that is not there.
///
/// AWS does not say for every action, and services differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The right is checked first. `DryRun` is answered from the right alone.
    #[default]
    RightFirst,
    /// What a call names is looked up first: with a made-up id it decides nothing.
    ResourceFirst,
}

/// All rows.
pub(crate) fn all() -> impl Iterator<Item = &'static Row> {
    let tables: [&'static [Row]; 9] = [
        ec2_reads::ROWS,
        ec2_changes::ROWS,
        query::ELB,
        query::ELB_V2,
        query::AUTO_SCALING,
        query::IAM,
        json::ROWS,
        eks::ROWS,
        s3::ROWS,
    ];
    tables.into_iter().flatten()
}

/// The rows of a service.
fn of(service: Service) -> impl Iterator<Item = &'static Row> {
    all().filter(move |row| row.service == service)
}

/// The action of that name.
pub(crate) fn named(service: Service, name: &str) -> Option<&'static Row> {
    of(service).find(|row| row.name == name)
}

/// A call of a row, by a caller who is known.
pub(crate) struct ServiceCall<'a> {
    pub(crate) account: &'a Account,
    pub(crate) row: &'static Row,
    pub(crate) inputs: &'a Inputs,
    pub(crate) caller: &'a Principal,
    pub(crate) policies: &'a Gathered,
    pub(crate) peer: &'a Peer,
    pub(crate) now: jiff::Timestamp,
    pub(crate) random: &'a Random,
    pub(crate) order: Order,
    pub(crate) inventory: Inventory,
}

/// Decides the call and answers it: what stands within the envelope of the answer.
pub(crate) fn run(call: &ServiceCall<'_>) -> Result<String, Fault> {
    let place = Place {
        partition: call.account.partition.name(),
        region: call.peer.region.clone(),
        account: call.account.id.clone(),
    };
    let dry_run = dry_run(call)?;
    let targets = target::of_call(call.row, call.inputs, &place, &call.inventory);
    match call.order {
        Order::RightFirst => {
            authorize(call, &targets, &place)?;
            check_form(call, &targets)?;
            if dry_run {
                return Err(would_succeed(call.row.service));
            }
            check_existence(call, &targets, &place)?;
        }
        Order::ResourceFirst => {
            check_form(call, &targets)?;
            check_existence(call, &targets, &place)?;
            authorize(call, &targets, &place)?;
            if dry_run {
                return Err(would_succeed(call.row.service));
            }
        }
    }
    answer::of(call, &targets, &place)
}

/// Whether only the right is asked for; not every action can be asked so.
fn dry_run(call: &ServiceCall<'_>) -> Result<bool, Fault> {
    let Some(asked) = call.inputs.first("DryRun") else {
        return Ok(false);
    };
    if !call.row.dry_run {
        return Err(Fault::new(
            Code::Own("UnknownParameter", 400),
            "The parameter DryRun is not recognized",
        ));
    }
    Ok(asked.eq_ignore_ascii_case("true"))
}

fn would_succeed(service: Service) -> Fault {
    let code = match service.protocol() {
        Protocol::Ec2 => "DryRunOperation",
        _ => "DryRunOperationException",
    };
    Fault::new(
        Code::Own(code, 412),
        "Request would have succeeded, but DryRun flag is set.",
    )
}

/// Every resource of the call, and everything else that it needs, must be allowed.
fn authorize(call: &ServiceCall<'_>, targets: &[Target], place: &Place) -> Result<(), Fault> {
    for question in questions(call, targets, place) {
        if let Err(sentence) = decide(call.account, call.caller, call.policies, &question) {
            return Err(refusal(call, &sentence));
        }
    }
    Ok(())
}

fn questions(call: &ServiceCall<'_>, targets: &[Target], place: &Place) -> Vec<Question> {
    let row = call.row;
    let asked = targets.iter().filter(|target| target.asked);
    let own = asked.clone().map(|target| Question {
        action: row.action(),
        resource: target.arn.clone(),
        shown: shown(row, &target.arn),
        context: context::of_target(call, target, place),
    });
    // What makes a thing with tags must be allowed to tag it.
    let tagged = !call.inputs.tags().is_empty();
    let tags = row
        .tags_by
        .filter(|action| tagged && *action != row.action() && !row.name.ends_with("Tags"));
    let made = |target: &&Target| !target.must_exist && target.item.is_none();
    let tagging = asked.filter(made).filter_map(|target| {
        Some(Question {
            action: tags?.to_owned(),
            resource: target.arn.clone(),
            shown: target.arn.clone(),
            context: context::of_tagging(call, target, place),
        })
    });
    let passed = passed_roles(call, place)
        .into_iter()
        .map(|(arn, service)| Question {
            action: "iam:PassRole".to_owned(),
            resource: arn.clone(),
            shown: arn,
            context: context::of_passing(call, service, place),
        });
    own.chain(tagging).chain(passed).collect()
}

/// The roles that the call hands to a service (IAM User Guide, "Grant a user permissions to pass a
/// role to an AWS service"): those of an instance profile, or the role itself.
fn passed_roles(call: &ServiceCall<'_>, place: &Place) -> Vec<(String, &'static str)> {
    let Some((parameter, service)) = call.row.passes else {
        return Vec::new();
    };
    let values = call.inputs.values(parameter).into_iter();
    let arns = values.filter_map(|value| {
        let name = value.rsplit('/').next().unwrap_or(&value);
        match call.row.service {
            Service::Ec2 => call.account.role_of_profile(name),
            _ if value.starts_with("arn:") => Some(value),
            _ => Some(place.arn(Service::Iam, &format!("role/{name}"))),
        }
    });
    arns.map(|arn| (arn, service)).collect()
}

/// S3 puts action and resource between quotes.
fn shown(row: &Row, arn: &str) -> String {
    match row.service {
        Service::S3 => format!("\"{arn}\""),
        _ => arn.to_owned(),
    }
}

/// The refusal of a right, as the service words it.
fn refusal(call: &ServiceCall<'_>, sentence: &str) -> Fault {
    let message = match call.row.service.protocol() {
        Protocol::Ec2 => format!(
            "You are not authorized to perform this operation. {sentence}. Encoded authorization \
             failure message: {}",
            call.random.text(ENCODED, 240)
        ),
        _ => sentence.to_owned(),
    };
    Fault::new(Code::AccessDenied, message)
}

/// What an encoded authorization message is made of.
const ENCODED: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Parameters that are not there, and ids that cannot be any.
fn check_form(call: &ServiceCall<'_>, targets: &[Target]) -> Result<(), Fault> {
    let row = call.row;
    let missing = row.needs.iter().find(|names| !call.inputs.has(names));
    if let Some(names) = missing {
        let name = names.split('|').next().unwrap_or(names);
        return Err(match row.service.protocol() {
            Protocol::Ec2 => Fault::new(
                Code::Own("MissingParameter", 400),
                format!("The request must contain the parameter {name}"),
            ),
            Protocol::RestJson => Fault::new(
                Code::Own("InvalidParameterException", 400),
                format!("{name} can't be null."),
            ),
            _ => Fault::validation(format!(
                "1 validation error detected: Value null at '{name}' failed to satisfy \
                 constraint: Member must not be null"
            )),
        });
    }
    let malformed = |target: &Target| match row.service {
        Service::Ec2 if !target.said.is_empty() && target.item.is_none() => {
            ids::malformed(&target.said)
        }
        _ => None,
    };
    match targets.iter().find_map(malformed) {
        Some((code, sentence)) => Err(Fault::new(Code::Own(code, 400), sentence)),
        None => Ok(()),
    }
}

fn check_existence(call: &ServiceCall<'_>, targets: &[Target], place: &Place) -> Result<(), Fault> {
    match targets.iter().find(|target| target.is_missing()) {
        Some(target) => Err(missing::fault(call.row.service, target, place)),
        None => Ok(()),
    }
}
