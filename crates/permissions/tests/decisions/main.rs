//! The requirements against the decisions of `commissary-iam`.
#![expect(clippy::unwrap_used, reason = "tests")]
#![expect(clippy::indexing_slicing, reason = "tests")]

mod answer;
mod every_release;
mod granting;
mod narrowed;
mod own_policy;
mod place;
mod split;

use commissary_iam::requires_resource_policy;
use commissary_permissions::{Release, releases};

use answer::commercial;

#[test]
fn what_is_also_decided_elsewhere_is_what_iam_says_so_of() {
    let everything = releases().iter().map(Release::with_all_features);
    for requirement in everything.flat_map(|all| all.requirements()) {
        let samples = requirement.samples(&commercial());
        let mut all = samples.every.iter().chain(&samples.alternatives);
        assert_eq!(
            all.any(|sample| requires_resource_policy(&sample.action, &sample.resource)),
            requirement.also_decided_by.is_some(),
            "{}",
            requirement.id
        );
    }
}
