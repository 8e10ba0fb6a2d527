//! The resources that a call is about.

use super::ids;
use super::inventory::{Inventory, Item};
use super::place::Place;
use super::row::Row;
use crate::wire::inputs::Inputs;
use crate::wire::service::Service;

/// A resource that a call names or will make.
pub(crate) struct Target {
    /// As policies name it; `*` for none.
    pub(crate) arn: String,
    /// What the call said: an id, or a path of names.
    pub(crate) said: String,
    /// What stands at that name.
    pub(crate) item: Option<&'static Item>,
    /// Whether the right to the action is asked for it.
    pub(crate) asked: bool,
    /// Whether the call can only be about one that exists.
    pub(crate) must_exist: bool,
}

impl Target {
    /// Whether it is not there although it must be.
    pub(crate) fn is_missing(&self) -> bool {
        self.must_exist && self.item.is_none()
    }
}

/// What the call is about, in the order of the table.
pub(crate) fn of_call(
    row: &Row,
    inputs: &Inputs,
    place: &Place,
    inventory: &Inventory,
) -> Vec<Target> {
    let templates = row.about.iter();
    let mut targets: Vec<Target> = templates
        .flat_map(|template| of_template(row.service, template, inputs, place, inventory))
        .collect();
    // A call that names nothing is still a call.
    if !targets.iter().any(|target| target.asked) {
        targets.push(nothing());
    }
    targets
}

fn nothing() -> Target {
    Target {
        arn: "*".to_owned(),
        said: String::new(),
        item: None,
        asked: true,
        must_exist: false,
    }
}

fn of_template(
    service: Service,
    template: &str,
    inputs: &Inputs,
    place: &Place,
    inventory: &Inventory,
) -> Vec<Target> {
    if template == "*" {
        return vec![nothing()];
    }
    let (asked, template) = match template.strip_prefix("id ") {
        Some(rest) => (false, rest),
        None => (true, template),
    };
    let (new, template) = match template.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, template),
    };
    let texts = fill(template, inputs).into_iter();
    texts
        .map(|text| {
            let item = inventory.find(service, place, &text);
            // A name in a template ends in the star of a part that only AWS knows.
            let made_up = text.ends_with("/*") && !template.contains('{') || text == "*";
            Target {
                arn: arn(service, &text, item, place),
                said: text,
                item,
                asked,
                must_exist: !new && !made_up && !template_star(template, inputs),
            }
        })
        .collect()
}

/// Whether a template stands for any resource because its parameter was not given.
fn template_star(template: &str, inputs: &Inputs) -> bool {
    let parameter = template
        .split_once('{')
        .and_then(|(_, rest)| rest.split_once('}'));
    parameter.is_some_and(|(names, _)| names.ends_with("|*") && inputs.values(names) == ["*"])
}

/// The template once for every value of its parameters.
fn fill(template: &str, inputs: &Inputs) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((names, after)) = after.split_once('}') else {
            break;
        };
        let values = inputs.values(names);
        texts = texts
            .iter()
            .flat_map(|text| {
                values
                    .iter()
                    .map(move |value| format!("{text}{literal}{value}"))
            })
            .collect();
        rest = after;
    }
    for text in &mut texts {
        text.push_str(rest);
    }
    texts
}

/// The ARN that AWS asks the right for.
fn arn(service: Service, text: &str, item: Option<&'static Item>, place: &Place) -> String {
    if let Some(item) = item {
        return place.arn(service, &place.fill(item.resource));
    }
    // A whole ARN stands for itself, also where the name alone is asked for.
    if let Some(start) = text.find("arn:") {
        return text.get(start..).unwrap_or(text).to_owned();
    }
    if service == Service::Ec2 {
        return place.arn(service, &ids::resource(text));
    }
    // Which key an alias that is not there would stand for cannot be told.
    if service == Service::Kms && text.contains("alias/") {
        return place.arn(service, "key/*");
    }
    place.arn(service, text)
}
