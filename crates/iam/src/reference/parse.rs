//! The format of the data: one fact a line, with numbers for what was named before.
//! `data/README.md` describes it; `xtask/src/steps/reference/render.rs` writes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{
    AccessLevel, Action, ActionResource, ConditionKey, KeyType, ResourceType, Service, Shape,
};
use super::{Reference, ReferenceError};

type Reason = &'static str;

pub(super) fn parse(text: &str) -> Result<Reference, ReferenceError> {
    let mut reader = Reader::default();
    for (index, line) in text.lines().enumerate() {
        reader.line(line).map_err(|reason| ReferenceError::Line {
            line: index + 1,
            reason,
        })?;
    }
    reader.finish();
    Ok(Reference {
        origin: reader.origin,
        services: reader.services,
        global_keys: reader.global_keys,
    })
}

#[derive(Default)]
struct Reader {
    origin: String,
    services: BTreeMap<String, Service>,
    global_keys: Vec<ConditionKey>,
    /// The service being read; none while the global keys are.
    service: Option<Service>,
    dependents: Vec<Arc<str>>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), Reason> {
        let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
        match kind {
            "#" => self.origin = origin(rest),
            "global" => {}
            "service" => self.start(rest)?,
            "d" => self.dependents = rest.split(' ').map(Arc::from).collect(),
            "k" => self.keys(rest)?,
            "t" => self.resource_type(rest)?,
            "a" => self.actions(rest)?,
            _ => return Err("it begins with none of `#`, `global`, `service`, `d`, `k`, `t`, `a`"),
        }
        Ok(())
    }

    fn start(&mut self, rest: &str) -> Result<(), Reason> {
        self.finish();
        let (prefix, title) = rest
            .split_once(' ')
            .ok_or("a service has a prefix and a title")?;
        self.service = Some(Service {
            prefix: prefix.to_owned(),
            title: title.to_owned(),
            actions: BTreeMap::new(),
            types: Vec::new(),
            keys: Vec::new(),
        });
        Ok(())
    }

    fn finish(&mut self) {
        self.dependents.clear();
        if let Some(service) = self.service.take() {
            self.services
                .insert(service.prefix.to_ascii_lowercase(), service);
        }
    }

    fn keys(&mut self, rest: &str) -> Result<(), Reason> {
        let (kind, names) = rest.split_once(' ').ok_or("keys have a type and names")?;
        let (kind, multivalued) = key_type(kind)?;
        let keys = names.split(' ').map(|name| ConditionKey {
            name: name.into(),
            kind,
            multivalued,
        });
        match &mut self.service {
            Some(service) => service.keys.extend(keys),
            None => self.global_keys.extend(keys),
        }
        Ok(())
    }

    fn resource_type(&mut self, rest: &str) -> Result<(), Reason> {
        let service = self
            .service
            .as_mut()
            .ok_or("a resource type needs a service")?;
        let mut parts = rest.split('|');
        let name = parts.next().ok_or("a resource type has a name")?;
        let arns = parts.next().ok_or("a resource type has an ARN")?;
        let usual = format!(
            "arn:${{Partition}}:{}:${{Region}}:${{Account}}:",
            service.prefix
        );
        let arns = arns.split(',').map(|arn| match arn.strip_prefix('~') {
            Some(rest) => format!("{usual}{rest}"),
            None => arn.to_owned(),
        });
        let keys = key_list(parts.next().unwrap_or_default(), &service.keys)?;
        service.types.push(ResourceType {
            name: name.into(),
            arns: arns.collect(),
            keys,
        });
        Ok(())
    }

    fn actions(&mut self, rest: &str) -> Result<(), Reason> {
        let service = self.service.as_mut().ok_or("an action needs a service")?;
        let fields: Vec<&str> = rest.split('|').collect();
        let [level, resources, keys, dependents, names] = fields.as_slice() else {
            return Err("an action has five fields");
        };
        let resources = resources.split(' ').filter(|field| !field.is_empty());
        let shape = Arc::new(Shape {
            level: access_level(level)?,
            resources: resources
                .map(|field| resource(field, service))
                .collect::<Result<_, _>>()?,
            keys: key_list(keys, &service.keys)?,
            dependents: numbers(dependents, &self.dependents, Arc::clone)?,
        });
        for name in names.split(' ') {
            if name.is_empty() {
                return Err("an action has a name");
            }
            let action = Action {
                name: name.to_owned(),
                shape: Arc::clone(&shape),
            };
            service.actions.insert(name.to_ascii_lowercase(), action);
        }
        Ok(())
    }
}

/// `Made by … from ORIGIN; see …`.
fn origin(comment: &str) -> String {
    let from = comment
        .split_once(" from ")
        .map_or(comment, |(_, from)| from);
    from.split(';').next().unwrap_or_default().to_owned()
}

/// `NUMBER`, `?` when it is optional, `:` and the numbers of its keys.
fn resource(field: &str, service: &Service) -> Result<ActionResource, Reason> {
    let (head, keys) = field.split_once(':').unwrap_or((field, ""));
    let (number, required) = match head.strip_suffix('?') {
        Some(number) => (number, false),
        None => (head, true),
    };
    let number: usize = number.parse().map_err(|_| "a number is none")?;
    let kind = service
        .types
        .get(number)
        .ok_or("there is no such resource type")?;
    Ok(ActionResource {
        resource_type: Arc::clone(&kind.name),
        required,
        documented: true,
        keys: key_list(keys, &service.keys)?,
    })
}

fn key_list(text: &str, keys: &[ConditionKey]) -> Result<Vec<Arc<str>>, Reason> {
    numbers(text, keys, |key| Arc::clone(&key.name))
}

fn numbers<T, U>(text: &str, all: &[T], convert: impl Fn(&T) -> U) -> Result<Vec<U>, Reason> {
    let each = |number: &str| {
        let number: usize = number.parse().map_err(|_| "a number is none")?;
        Ok(convert(all.get(number).ok_or("a number is too large")?))
    };
    text.split(',')
        .filter(|number| !number.is_empty())
        .map(each)
        .collect()
}

fn access_level(letter: &str) -> Result<AccessLevel, Reason> {
    Ok(match letter {
        "L" => AccessLevel::List,
        "R" => AccessLevel::Read,
        "W" => AccessLevel::Write,
        "T" => AccessLevel::Tagging,
        "P" => AccessLevel::PermissionsManagement,
        _ => return Err("the access level is none of `L`, `R`, `W`, `T`, `P`"),
    })
}

pub(super) fn key_type(text: &str) -> Result<(KeyType, bool), Reason> {
    let (name, multivalued) = match text.strip_prefix("ArrayOf") {
        Some(name) => (name, true),
        None => (text, false),
    };
    let kind = match name {
        "String" => KeyType::String,
        "ARN" => KeyType::Arn,
        "Bool" => KeyType::Bool,
        "Numeric" => KeyType::Numeric,
        "Date" => KeyType::Date,
        "IPAddress" => KeyType::IpAddress,
        _ => return Err("the type of the keys is not known"),
    };
    Ok((kind, multivalued))
}
