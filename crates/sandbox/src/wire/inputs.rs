//! What a call says, whatever the protocol it says it in.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::fault::{Code, Fault};
use crate::wire::params::Params;

/// The deepest nesting of a JSON body that is read.
const DEEPEST: usize = 24;

/// The parameters of a call. Members of lists and structures have dotted names
/// (`Tags.member.1.Key`, `TagSpecification.1.Tag.2.Value`, `oidc.issuerUrl`); asked for by name,
/// positions are left out (`Tags.Key`).
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    raw: BTreeMap<String, String>,
    named: BTreeMap<String, Vec<String>>,
}

impl Inputs {
    /// The parameters of a query protocol.
    pub(crate) fn of_params(params: &Params) -> Inputs {
        let mut inputs = Inputs::default();
        for (name, value) in params.iter() {
            inputs.add(name, value);
        }
        inputs
    }

    /// A JSON body; an empty one has no parameters.
    pub(crate) fn of_json(body: &[u8]) -> Result<Inputs, Fault> {
        let mut inputs = Inputs::default();
        if body.is_empty() {
            return Ok(inputs);
        }
        // A reader's reason can quote the text around it, and with it a secret.
        let value = serde_json::from_slice::<Value>(body).map_err(|error| {
            Fault::new(
                Code::Serialization,
                format!(
                    "The body is not JSON (line {}, column {}).",
                    error.line(),
                    error.column()
                ),
            )
        })?;
        inputs.add_json("", &value, 0)?;
        Ok(inputs)
    }

    /// Adds a parameter.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.raw.insert(name.to_owned(), value.to_owned());
        let plain = plain_name(name);
        self.named.entry(plain).or_default().push(value.to_owned());
    }

    fn add_json(&mut self, name: &str, value: &Value, depth: usize) -> Result<(), Fault> {
        if depth > DEEPEST {
            return Err(Fault::new(
                Code::Serialization,
                "The body is nested too deeply.",
            ));
        }
        let member = |part: &str| match name {
            "" => part.to_owned(),
            _ => format!("{name}.{part}"),
        };
        match value {
            Value::Null => {}
            Value::Bool(flag) => self.add(name, &flag.to_string()),
            Value::Number(number) => self.add(name, &number.to_string()),
            Value::String(text) => self.add(name, text),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.add_json(&member(&(index + 1).to_string()), item, depth + 1)?;
                }
            }
            // A map of tags, as EKS and SQS have it, becomes a list of them.
            Value::Object(members) if name == "tags" => {
                for (index, (key, value)) in members.iter().enumerate() {
                    self.add(&format!("tags.{}.Key", index + 1), key);
                    let value = value.as_str().unwrap_or_default();
                    self.add(&format!("tags.{}.Value", index + 1), value);
                }
            }
            Value::Object(members) => {
                for (part, value) in members {
                    self.add_json(&member(part), value, depth + 1)?;
                }
            }
        }
        Ok(())
    }

    /// The values of a parameter; of the first that is there for `A|B`. The last may be `*`, which
    /// stands for itself.
    pub(crate) fn values(&self, names: &str) -> Vec<String> {
        let mut found = names.split('|').map(|name| match name {
            "*" => vec!["*".to_owned()],
            _ => self.derived(name),
        });
        found.find(|values| !values.is_empty()).unwrap_or_default()
    }

    /// Whether the call says anything under one of these names: members count too.
    pub(crate) fn has(&self, names: &str) -> bool {
        names.split('|').any(|name| {
            self.named.keys().any(|known| {
                let rest = known.strip_prefix(name);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        })
    }

    /// The first value of a parameter.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.named.get(name)?.first().map(String::as_str)
    }

    /// A parameter under its whole name.
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        self.raw.get(name).map(String::as_str)
    }

    /// The values of `name.1`, `name.2`, … up to the first gap.
    pub(crate) fn members(&self, name: &str) -> Vec<&str> {
        let members = 1..;
        members
            .map_while(|index| self.raw(&format!("{name}.{index}")))
            .collect()
    }

    /// The tags that the call gives, under whatever name.
    pub(crate) fn tags(&self) -> Vec<(String, String)> {
        let keys = self.raw.iter().filter_map(|(name, key)| {
            let list = name.strip_suffix(".Key").or(name.strip_suffix(".TagKey"))?;
            let plain = plain_name(list);
            let of_tags = ["Tag", "Tags", "tags"].contains(&plain.rsplit('.').next()?);
            of_tags.then(|| {
                let value = ["Value", "TagValue"]
                    .iter()
                    .find_map(|field| self.raw.get(&format!("{list}.{field}")));
                (key.clone(), value.cloned().unwrap_or_default())
            })
        });
        keys.collect()
    }

    /// The values of a parameter, or what follows from others for a name that begins with `@`.
    fn derived(&self, name: &str) -> Vec<String> {
        let given = |name: &str| self.named.get(name).cloned().unwrap_or_default();
        match name {
            // The word in ARNs for the kind of load balancer in `Type`.
            "@type" => vec![match self.first("Type") {
                Some("network") => "net".to_owned(),
                Some("gateway") => "gwy".to_owned(),
                _ => "app".to_owned(),
            }],
            // The address of an identity provider without its scheme.
            "@host" => {
                let hosts = given("Url").into_iter();
                hosts
                    .map(|url| url.trim_start_matches("https://").to_owned())
                    .collect()
            }
            // The name of a parameter, which ARNs hold without its first slash.
            "@parameter" => {
                let names = self.values("Name|ResourceId").into_iter();
                names
                    .map(|name| name.trim_start_matches('/').to_owned())
                    .collect()
            }
            // The name of the queue at an address.
            "@queue" => {
                let urls = given("QueueUrl").into_iter();
                urls.filter_map(|url| url.rsplit('/').next().map(str::to_owned))
                    .collect()
            }
            // Kind, account and name of an identity, as the ARNs of access entries hold them.
            "@principal" => given("principalArn")
                .iter()
                .filter_map(|arn| {
                    let mut parts = arn.splitn(6, ':').skip(4);
                    let (account, resource) = (parts.next()?, parts.next()?);
                    let (kind, name) = resource.split_once('/')?;
                    Some(format!("{kind}/{account}/{name}"))
                })
                .collect(),
            _ => given(name),
        }
    }
}

/// The name without positions.
fn plain_name(name: &str) -> String {
    let parts = name.split('.').filter(|part| {
        *part != "member" && (part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()))
    });
    parts.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Inputs {
        Inputs::of_params(&Params::parse(text, b"").unwrap())
    }

    #[test]
    fn members_are_found_without_their_positions() {
        let inputs = query("InstanceId.1=a&InstanceId.2=b&Listeners.member.1.Protocol=TCP");
        assert_eq!(inputs.values("InstanceId"), ["a", "b"]);
        assert!(inputs.has("Listeners.Protocol") && inputs.has("Listeners"));
        assert!(!inputs.has("Listener"));
        assert_eq!(inputs.values("Other|InstanceId"), ["a", "b"]);
        assert_eq!(inputs.values("Other|*"), ["*"]);
    }

    #[test]
    fn tags_are_read_in_every_form() {
        let wanted = [("k".to_owned(), "v".to_owned())];
        for text in [
            "Tag.1.Key=k&Tag.1.Value=v",
            "TagSpecification.1.ResourceType=vpc&TagSpecification.1.Tag.1.Key=k&TagSpecification.1.Tag.1.Value=v",
            "Tags.member.1.Key=k&Tags.member.1.Value=v&Other.1.Key=x",
        ] {
            assert_eq!(query(text).tags(), wanted, "{text}");
        }
        for text in [
            r#"{"Tags":[{"Key":"k","Value":"v"}]}"#,
            r#"{"Tags":[{"TagKey":"k","TagValue":"v"}]}"#,
            r#"{"tags":{"k":"v"}}"#,
        ] {
            let inputs = Inputs::of_json(text.as_bytes()).unwrap();
            assert_eq!(inputs.tags(), wanted, "{text}");
        }
    }

    #[test]
    fn a_broken_body_is_refused_without_being_repeated() {
        for text in ["{\"SecretString\": hunter2}", "{", "\"a\" b"] {
            let fault = Inputs::of_json(text.as_bytes()).unwrap_err();
            assert!(!fault.message.contains("hunter2"), "{}", fault.message);
        }
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(
            Inputs::of_json(deep.as_bytes()).unwrap_err().code,
            Code::Serialization
        );
    }

    #[test]
    fn names_that_follow_from_others() {
        let inputs = query("QueueUrl=http://x/1/q&Type=network&Name=/a/b&Url=https://h/i");
        assert_eq!(inputs.values("@queue"), ["q"]);
        assert_eq!(inputs.values("@type"), ["net"]);
        assert_eq!(inputs.values("@parameter"), ["a/b"]);
        assert_eq!(inputs.values("@host"), ["h/i"]);
        let inputs = query("principalArn=arn:aws:iam::1:role/p/n");
        assert_eq!(inputs.values("@principal"), ["role/1/p/n"]);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(body: Vec<u8>) {
            let _ = Inputs::of_json(&body);
        }
    }
}
