//! Requests put together into as few simulations as can be. Pure.

use commissary_permissions::SampleRequest;

/// Actions per call. AWS names no limit; a page of its answers holds 100.
const MAX_ACTIONS: usize = 50;

/// One simulation: several actions on one resource in one context.
///
/// One resource only: with several, AWS's answer about service control policies is given for all
/// of them together (IAM API Reference, "EvaluationResult": `OrganizationsDecisionDetail`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Batch {
    pub(super) resource: String,
    pub(super) context: Vec<(String, Vec<String>)>,
    pub(super) actions: Vec<String>,
}

impl Batch {
    fn takes(&self, sample: &SampleRequest) -> bool {
        self.resource == sample.resource
            && self.context == sample.context
            && self.actions.len() < MAX_ACTIONS
    }

    fn has(&self, sample: &SampleRequest) -> bool {
        self.resource == sample.resource
            && self.context == sample.context
            && self.actions.contains(&sample.action)
    }

    /// The requests of this batch.
    pub(super) fn samples(&self) -> impl Iterator<Item = SampleRequest> {
        self.actions.iter().map(|action| SampleRequest {
            action: action.clone(),
            resource: self.resource.clone(),
            context: self.context.clone(),
        })
    }
}

/// Every request once, in batches.
pub(super) fn batches<'a>(samples: impl Iterator<Item = &'a SampleRequest>) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    for sample in samples {
        if batches.iter().any(|batch| batch.has(sample)) {
            continue;
        }
        match batches.iter_mut().find(|batch| batch.takes(sample)) {
            Some(batch) => batch.actions.push(sample.action.clone()),
            None => batches.push(Batch {
                resource: sample.resource.clone(),
                context: sample.context.clone(),
                actions: vec![sample.action.clone()],
            }),
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(action: &str, resource: &str, key: Option<&str>) -> SampleRequest {
        let context = key.map(|value| ("aws:RequestedRegion".to_owned(), vec![value.to_owned()]));
        SampleRequest {
            action: action.into(),
            resource: resource.into(),
            context: context.into_iter().collect(),
        }
    }

    #[test]
    fn only_what_shares_resource_and_context_goes_together() {
        let samples = [
            sample("ec2:CreateVpc", "vpc", None),
            sample("ec2:DeleteVpc", "vpc", None),
            sample("ec2:DeleteVpc", "vpc", Some("us-east-1")),
            sample("ec2:DeleteVpc", "subnet", None),
            sample("ec2:CreateVpc", "vpc", None),
        ];
        let batches = batches(samples.iter());
        let actions: Vec<usize> = batches.iter().map(|batch| batch.actions.len()).collect();
        assert_eq!(actions, [2, 1, 1]);
        let again: Vec<SampleRequest> = batches.iter().flat_map(Batch::samples).collect();
        assert!(samples.iter().all(|sample| again.contains(sample)));
    }

    #[test]
    fn a_batch_is_not_without_end() {
        let samples: Vec<_> = (0..120)
            .map(|n| sample(&format!("a:B{n}"), "*", None))
            .collect();
        let sizes: Vec<usize> = batches(samples.iter())
            .iter()
            .map(|b| b.actions.len())
            .collect();
        assert_eq!(sizes, [50, 50, 20]);
    }

    #[test]
    fn a_whole_release_takes_few_calls() {
        let scope = commissary_permissions::Scope {
            partition: "aws".into(),
            account_id: "123456789012".into(),
            region: "us-east-1".into(),
        };
        let release = commissary_permissions::release("kommander-2.2").unwrap();
        let requirements = release.select(&[]).unwrap().requirements();
        let samples: Vec<_> = requirements.iter().map(|one| one.samples(&scope)).collect();
        let requests = || {
            samples
                .iter()
                .flat_map(|one| one.every.iter().chain(&one.alternatives))
        };
        let batches = batches(requests());
        assert!(batches.len() <= 60, "{} calls", batches.len());
        let asked: Vec<SampleRequest> = batches.iter().flat_map(Batch::samples).collect();
        assert!(requests().all(|request| asked.contains(request)));
    }
}
