//! The actions and resources that a call is decided on.

use commissary_iam::reference::{Action, ActionResource, Reference, Service};

use super::existing::kind_of;
use super::{Asked, Protocol};
use crate::account::Account;
use crate::fault::{Code, Fault};

/// What parameters call what ARNs call otherwise.
const CALLED: &[(&str, &str)] = &[
    ("SecurityGroupId", "GroupId"),
    ("KeyPairName", "KeyName"),
    ("GroupFriendlyName", "AutoScalingGroupName"),
    ("LoadBalancerName", "LoadBalancerNames"),
    ("TargetGroupName", "Name"),
    ("SecretId", "Name"),
    ("ParameterNameWithoutLeadingSlash", "Name"),
    ("ClusterName", "name"),
];

/// Actions for which AWS asks for more than the Service Authorization Reference says: its refusals
/// of `eks:ListClusters` name `cluster/*`.
const SEEN: &[(&str, &str)] = &[(
    "eks:ListClusters",
    "arn:${Partition}:eks:${Region}:${Account}:cluster/*",
)];

/// The pairs of action and resource, all of which must be allowed (Service Authorization
/// Reference, resource types of each action: the required ones, and those that are named).
pub(super) fn asked_for(
    account: &Account,
    asked: &Asked<'_>,
) -> Result<Vec<(String, String)>, Fault> {
    let name = asked.action();
    let unread = |why: String| Fault::new(Code::InternalFailure, why);
    let reference = Reference::bundled().map_err(|error| unread(error.to_string()))?;
    let (Some(service), Some(action)) = (
        reference.service(asked.service.prefix),
        reference.action(&name),
    ) else {
        return Err(unread(format!("nothing is known of {name}")));
    };
    let asking = Asking {
        account,
        asked,
        service,
    };
    let mut pairs: Vec<(String, String)> = asking
        .resources(&name, action)
        .into_iter()
        .map(|resource| (name.clone(), resource))
        .collect();
    pairs.extend(asking.tagged(&pairs));
    Ok(pairs)
}

struct Asking<'a> {
    account: &'a Account,
    asked: &'a Asked<'a>,
    service: &'a Service,
}

impl Asking<'_> {
    fn resources(&self, name: &str, action: &Action) -> Vec<String> {
        if let Some((_, arn)) = SEEN.iter().find(|(seen, _)| *seen == name) {
            return vec![self.filled(arn).0];
        }
        let given = self.given_arns();
        if !given.is_empty() {
            return given;
        }
        let types = action.resources().iter();
        let found: Vec<String> = types.filter_map(|one| self.resource(one)).collect();
        if !found.is_empty() {
            return found;
        }
        let tagged = self.by_id();
        if tagged.is_empty() {
            vec!["*".to_owned()]
        } else {
            tagged
        }
    }

    /// The ARNs of this service among the parameters.
    fn given_arns(&self) -> Vec<String> {
        let own = |value: &&str| {
            let mut segments = value.split(':');
            segments.next() == Some("arn") && segments.nth(1) == Some(self.asked.service.prefix)
        };
        self.asked
            .parameters
            .all()
            .filter(own)
            .map(str::to_owned)
            .collect()
    }

    /// The resource of one type: as the call names it, or any where the call must be about one.
    fn resource(&self, wanted: &ActionResource) -> Option<String> {
        let kind = self.service.resource_type(wanted.resource_type())?;
        let (arn, named) = self.filled(kind.arns().first()?);
        (named || wanted.is_required()).then_some(arn)
    }

    /// `CreateTags` and `DeleteTags` name resources of any type.
    fn by_id(&self) -> Vec<String> {
        let ids = self.asked.parameters.values("ResourceId");
        ids.filter_map(|id| {
            let kind = kind_of(id).filter(|kind| !kind.resource_type.is_empty())?;
            let form = self
                .service
                .resource_type(kind.resource_type)?
                .arns()
                .first()?;
            let head = form.rsplit_once('/').map(|(head, _)| head)?;
            Some(format!("{}/{id}", self.filled(head).0))
        })
        .collect()
    }

    /// What is made with tags must be allowed to be tagged (EC2 User Guide, "Grant permission to
    /// tag Amazon EC2 resources during creation").
    fn tagged(&self, pairs: &[(String, String)]) -> Vec<(String, String)> {
        let tags = self.asked.service.protocol == Protocol::Ec2
            && self.asked.parameters.names("TagSpecification");
        let made = pairs
            .iter()
            .filter(|(_, resource)| tags && resource.ends_with("/*"));
        made.map(|(_, resource)| ("ec2:CreateTags".to_owned(), resource.clone()))
            .collect()
    }

    /// The form with its placeholders filled, and whether the call names one of them.
    fn filled(&self, form: &str) -> (String, bool) {
        let mut arn = String::with_capacity(form.len());
        let mut named = false;
        let mut rest = form;
        while let Some((before, after)) = rest.split_once("${") {
            arn.push_str(before);
            let (placeholder, after) = after.split_once('}').unwrap_or((after, ""));
            match placeholder {
                "Partition" => arn.push_str("aws"),
                "Region" => arn.push_str(&self.asked.peer.region),
                "Account" => arn.push_str(&self.account.id),
                other => match self.value(other) {
                    Some(value) => {
                        named = true;
                        arn.push_str(&value);
                    }
                    None => arn.push('*'),
                },
            }
            rest = after;
        }
        arn.push_str(rest);
        (arn, named)
    }

    fn value(&self, placeholder: &str) -> Option<String> {
        let called = CALLED.iter().filter(|(known, _)| *known == placeholder);
        let names = std::iter::once(placeholder).chain(called.map(|(_, name)| *name));
        let value = names
            .filter_map(|name| self.asked.parameters.values(name).next())
            .next()?;
        Some(match placeholder {
            "ParameterNameWithoutLeadingSlash" => value.trim_start_matches('/').to_owned(),
            // A secret's ARN ends with six letters of AWS's choice.
            "SecretId" => format!("{value}-??????"),
            _ => value.to_owned(),
        })
    }
}
