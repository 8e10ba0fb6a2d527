//! What an allowed call is told.

use super::ServiceCall;
use super::inventory::Item;
use super::place::Place;
use super::row::Answer;
use super::target::Target;
use crate::fault::{Code, Fault};
use crate::wire::service::{Protocol, Service};

/// What stands within the envelope of the answer.
pub(super) fn of(
    call: &ServiceCall<'_>,
    targets: &[Target],
    place: &Place,
) -> Result<String, Fault> {
    match call.row.answer {
        Answer::List(name, kind) => Ok(list(call, name, kind, targets, place)),
        Answer::Also(name, kind, more) => {
            Ok(format!("{},{more}", list(call, name, kind, targets, place)))
        }
        Answer::Shown => targets
            .iter()
            .filter_map(|target| target.item)
            .find_map(|item| item.answer(call.row.name, place))
            .ok_or_else(|| unsupported(call)),
        Answer::Change => Err(unsupported(call)),
    }
}

/// The sandbox keeps nothing of these services that could change.
fn unsupported(call: &ServiceCall<'_>) -> Fault {
    let action = call.row.action();
    let sentence =
        format!("You may do it, but the sandbox does not play {action}: nothing is done.");
    let code = match call.row.service.protocol() {
        Protocol::RestXml => Code::Own("NotImplemented", 501),
        Protocol::Ec2 | Protocol::Query => Code::Own("UnsupportedOperation", 400),
        Protocol::Json(_) | Protocol::RestJson => Code::Own("UnsupportedOperationException", 400),
    };
    Fault::new(code, sentence)
}

/// The things of a kind that the account has: those that the call names, or else all.
fn list(
    call: &ServiceCall<'_>,
    name: &str,
    kind: &str,
    targets: &[Target],
    place: &Place,
) -> String {
    let service = call.row.service;
    let of_kind = |item: &&Item| item.service == service && item.kind == kind;
    let named = targets.iter().filter_map(|target| target.item);
    let named: Vec<&Item> = named.filter(of_kind).collect();
    let told = call.inventory.all().filter(of_kind).filter(|item| {
        let asked_for = named.iter().any(|other| std::ptr::eq(*other, *item));
        named.is_empty() || asked_for
    });
    let told: Vec<String> = told
        .filter(|item| service != Service::Ec2 || passes_filters(call, item, place))
        .map(|item| item.in_list(place))
        .collect();
    match service.protocol() {
        Protocol::Ec2 => in_elements(name, "item", &told),
        Protocol::Query => in_elements(name, "member", &told),
        Protocol::Json(_) | Protocol::RestJson => format!("\"{name}\":[{}]", told.join(",")),
        Protocol::RestXml => of_bucket(call, name),
    }
}

fn in_elements(name: &str, member: &str, told: &[String]) -> String {
    let members: Vec<String> = told
        .iter()
        .map(|text| format!("<{member}>{text}</{member}>"))
        .collect();
    format!("<{name}>{}</{name}>", members.concat())
}

/// Buckets tell of no object.
fn of_bucket(call: &ServiceCall<'_>, name: &str) -> String {
    let mut bucket = String::new();
    crate::wire::xml::escape_into(&mut bucket, call.inputs.first("Bucket").unwrap_or(""));
    format!(
        "<{name} xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>{bucket}</Name><Prefix/>\
         <KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated></{name}>"
    )
}

/// The filters of EC2's lists: `tag:KEY`, `tag-key`, and the names of what a list tells
/// (`vpc-id` is its element `vpcId`). One that tells nothing of the thing does not hold.
fn passes_filters(call: &ServiceCall<'_>, item: &Item, place: &Place) -> bool {
    let text = item.in_list(place);
    (1..)
        .map_while(|number| {
            let name = call.inputs.raw(&format!("Filter.{number}.Name"))?;
            Some((name, call.inputs.members(&format!("Filter.{number}.Value"))))
        })
        .all(|(name, values)| {
            let tells = |value: &&str| match name.strip_prefix("tag:") {
                Some(key) => item.tags.contains(&(key, value)),
                None if name == "tag-key" => item.tags.iter().any(|(key, _)| key == value),
                None => text.contains(&format!("<{0}>{value}</{0}>", camel(name))),
            };
            values.iter().any(tells)
        })
}

/// `vpc-id` → `vpcId`.
fn camel(name: &str) -> String {
    let mut parts = name.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let mut characters = part.chars();
        let capital = characters.next().map(|c| c.to_ascii_uppercase());
        text + &capital.into_iter().chain(characters).collect::<String>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_spelled_as_elements() {
        assert_eq!(camel("vpc-id"), "vpcId");
        assert_eq!(camel("state"), "state");
    }
}
