//! The requests that a consumer really sends, as samples to evaluate.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::dns_suffix;
use crate::parameter::Names;

/// Where samples take place. What it holds is put into ARNs as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Such as `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: String,
    /// The twelve digits of the AWS account.
    pub account_id: String,
    /// Such as `us-east-1`.
    pub region: String,
}

/// One request to evaluate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleRequest {
    /// Such as `ec2:RunInstances`.
    pub action: String,
    /// A full ARN, or `*` where AWS asks for no particular resource.
    pub resource: String,
    /// Condition keys and the values that the real request carries. Further keys are unknown.
    pub context: Vec<(String, Vec<String>)>,
}

/// The requests that decide a requirement: all of `every` must be allowed. Where there are
/// `alternatives` it is known that AWS asks for some of them, but not for which: the requirement is
/// met when all are allowed, not met when none is, and otherwise unverifiable because of `doubt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Samples {
    /// The requests that must all be allowed.
    pub every: Vec<SampleRequest>,
    /// Requests of which AWS asks for at least one.
    pub alternatives: Vec<SampleRequest>,
    /// Why it is not known which alternative counts; there whenever `alternatives` are.
    pub doubt: Option<String>,
    /// What the samples take for granted about names that people choose, for showing beside a
    /// refusal: a policy that is narrowed to other names answers differently for them.
    pub assumptions: Vec<String>,
}

/// Samples before they are put into an account and region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) every: Vec<Target>,
    pub(crate) alternatives: Vec<Target>,
    pub(crate) doubt: Option<String>,
    pub(crate) context: BTreeMap<String, Vec<String>>,
}

/// A resource that a request names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) arn: String,
    pub(crate) assumes: Option<String>,
    /// The features whose requests name it; none means that all do.
    pub(crate) features: Vec<String>,
}

impl Template {
    pub(crate) fn fill(&self, action: &str, scope: &Scope) -> Samples {
        let context = self.context(scope);
        let requests = |targets: &[Target]| {
            let targets = targets.iter();
            targets
                .map(|target| SampleRequest {
                    action: action.to_owned(),
                    resource: fill_arn(&target.arn, scope),
                    context: context.clone(),
                })
                .collect()
        };
        Samples {
            every: requests(&self.every),
            alternatives: requests(&self.alternatives),
            doubt: self.doubt.clone().filter(|_| !self.alternatives.is_empty()),
            assumptions: self.assumptions(),
        }
    }

    pub(crate) fn keep_features(&mut self, features: &BTreeSet<&str>) {
        let named = |target: &Target| {
            let mut of = target.features.iter();
            target.features.is_empty() || of.any(|id| features.contains(id.as_str()))
        };
        self.every.retain(named);
        self.alternatives.retain(named);
    }

    /// Puts the chosen names in.
    pub(crate) fn name(&mut self, names: &Names) {
        for target in self.every.iter_mut().chain(&mut self.alternatives) {
            names.fill(&mut target.arn);
            target.assumes.iter_mut().for_each(|text| names.fill(text));
        }
        for value in self.context.values_mut().flatten() {
            names.fill(value);
        }
    }

    /// A key of which a value is not known in this partition is left out: it is then unknown to
    /// whoever decides, which is the truth.
    fn context(&self, scope: &Scope) -> Vec<(String, Vec<String>)> {
        let keys = self.context.iter();
        keys.filter_map(|(key, values)| {
            let values = values.iter().map(|value| fill_value(value, scope));
            Some((key.clone(), values.collect::<Option<_>>()?))
        })
        .collect()
    }

    fn assumptions(&self) -> Vec<String> {
        let targets = self.every.iter().chain(&self.alternatives);
        let distinct: BTreeSet<&String> = targets.filter_map(|t| t.assumes.as_ref()).collect();
        distinct.into_iter().cloned().collect()
    }
}

const DNS_SUFFIX: &str = "${DnsSuffix}";

fn fill_arn(template: &str, scope: &Scope) -> String {
    template
        .replace("${Partition}", &scope.partition)
        .replace("${Region}", &scope.region)
        .replace("${Account}", &scope.account_id)
}

fn fill_value(template: &str, scope: &Scope) -> Option<String> {
    let filled = fill_arn(template, scope);
    if filled.contains(DNS_SUFFIX) {
        return Some(filled.replace(DNS_SUFFIX, dns_suffix(&scope.partition)?));
    }
    Some(filled)
}

/// The first `${…}` of an ARN template that nothing fills: neither an account and region nor the
/// release's own placeholders.
pub(crate) fn unknown_in(template: &str, own: &[&str]) -> Option<String> {
    let nothing = Scope {
        partition: String::new(),
        account_id: String::new(),
        region: String::new(),
    };
    let filled = fill_arn(template, &nothing);
    let filled = own.iter().fold(filled, |text, own| text.replace(own, ""));
    let (_, rest) = filled.split_once("${")?;
    Some(rest.split('}').next().unwrap_or(rest).to_owned())
}

/// The first `${…}` of a context value that nothing fills.
pub(crate) fn unknown_in_value(template: &str, own: &[&str]) -> Option<String> {
    unknown_in(&template.replace(DNS_SUFFIX, ""), own)
}
