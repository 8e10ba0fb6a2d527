//! The table of probes, by service.

mod ec2;
mod others;

use crate::signed::Service;

/// A call that can change nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Probe {
    pub(crate) service: &'static ServiceProbes,
    /// The operation, which is the action without its prefix.
    pub(crate) operation: &'static str,
    pub(super) kind: Kind,
    /// `name=value` by blanks; a value may hold `{kind}`, an id of that kind, `{region}`,
    /// `{account}` and `{partition}`. A name that ends in `.n` is one of a list, of which those are
    /// sent that are asked about. For services with paths: the path.
    pub(super) parameters: &'static str,
    /// What AWS asks the right on beside what the parameters name, by blanks: for EC2 the types of
    /// what the call would make, for other services ARNs.
    pub(super) also_on: &'static str,
    /// The member that a JSON answer always holds; nothing for XML, which names the operation.
    pub(super) holds: &'static str,
}

/// Why a probe changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// EC2 is asked to check the right and to do nothing (EC2 API Reference, `DryRun`).
    DryRun,
    /// The operation only reads.
    Reads,
}

/// How a service is called.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ServiceProbes {
    /// Its name in actions.
    pub(crate) prefix: &'static str,
    pub(crate) service: Service,
    pub(super) protocol: Protocol,
}

/// The protocol of a service, with what its requests name beside the operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    /// A form with the version of the API.
    Query { version: &'static str },
    /// JSON with a target that begins so.
    Json { target: &'static str },
    /// A path; answers are JSON.
    Rest,
}

impl Probe {
    /// The action, such as `ec2:CreateVpc`.
    pub(crate) fn action(&self) -> String {
        format!("{}:{}", self.service.prefix, self.operation)
    }

    /// Whether the operation reads, dry run or not.
    pub(crate) fn only_reads(&self) -> bool {
        let verbs = ["Describe", "Get", "List"];
        verbs.iter().any(|verb| self.operation.starts_with(verb))
    }

    /// Whether EC2 is asked.
    pub(super) fn is_of_ec2(&self) -> bool {
        self.service.prefix == ec2::EC2.prefix
    }

    /// Whether it names things by ids.
    pub(super) fn names_ids(&self) -> bool {
        super::existing::placeholders(self.parameters)
            .next()
            .is_some()
    }

    /// Whether it is a dry run.
    pub(crate) fn is_dry_run(&self) -> bool {
        self.kind == Kind::DryRun
    }
}

/// EC2, with the version of its API.
pub(super) fn ec2() -> (&'static Service, &'static str) {
    (&ec2::EC2.service, ec2::VERSION)
}

/// Every probe.
pub(super) fn all() -> impl Iterator<Item = &'static Probe> {
    ec2::PROBES.iter().chain(others::PROBES)
}

/// The probe of an action.
pub(crate) fn probe(action: &str) -> Option<&'static Probe> {
    let (prefix, operation) = action.split_once(':')?;
    all().find(|probe| probe.service.prefix == prefix && probe.operation == operation)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use commissary_iam::reference::{AccessLevel, Reference};

    use super::*;

    #[test]
    fn nothing_in_the_table_can_change_anything() {
        let reference = Reference::bundled().unwrap();
        for probe in all() {
            let action = probe.action();
            let level = reference.action(&action).unwrap().level();
            let reads = matches!(level, AccessLevel::List | AccessLevel::Read);
            match probe.kind {
                Kind::Reads => assert!(reads, "{action} is of level {level:?}"),
                Kind::DryRun => {
                    assert_eq!(probe.service.prefix, "ec2", "{action}");
                    assert!(!ec2::WITHOUT_DRY_RUN.contains(&probe.operation), "{action}");
                }
            }
            // What reads and has a verb in its request is no reading.
            let verbs = [
                "Create",
                "Delete",
                "Put",
                "Update",
                "Modify",
                "Run",
                "Terminate",
            ];
            let named = verbs.iter().any(|verb| probe.operation.starts_with(verb));
            assert!(!named || probe.kind == Kind::DryRun, "{action}");
        }
    }

    #[test]
    fn what_is_json_says_how_its_answer_is_known() {
        for probe in all() {
            let is_json = !matches!(probe.service.protocol, Protocol::Query { .. });
            assert_eq!(is_json, !probe.holds.is_empty(), "{}", probe.action());
        }
    }

    #[test]
    fn each_action_has_one_probe() {
        let actions: BTreeSet<String> = all().map(Probe::action).collect();
        assert_eq!(actions.len(), all().count());
    }

    /// What of the releases has no probe, so that a new release does not lose one unseen.
    #[test]
    fn what_has_no_probe_is_known() {
        let actions: BTreeSet<String> = commissary_permissions::releases()
            .iter()
            .flat_map(|release| release.with_all_features().requirements())
            .map(|requirement| requirement.action)
            .collect();
        let without: Vec<&String> = actions
            .iter()
            .filter(|action| probe(action).is_none())
            .filter(|action| action.starts_with("ec2:"))
            .collect();
        let known: Vec<String> = ec2::WITHOUT_DRY_RUN
            .iter()
            .map(|operation| format!("ec2:{operation}"))
            .filter(|action| probe(action).is_none())
            .collect();
        assert_eq!(without, known.iter().collect::<Vec<_>>());
    }
}
