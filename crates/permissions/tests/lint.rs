//! The policies that are printed have no faults that lint calls errors.
#![expect(clippy::unwrap_used, reason = "tests")]

use commissary_iam::lint::{Code, Options, Severity, lint};
use commissary_iam::reference::Reference;
use commissary_permissions::{Depth, Form, Narrowing, PolicyOptions, Selection, release, releases};

/// The findings of severity error.
fn errors(selection: &Selection<'_>, options: &PolicyOptions) -> Vec<(Code, String)> {
    let reference = Reference::bundled().unwrap();
    let parts = selection.policies(options).parts.into_iter();
    parts
        .flat_map(|part| {
            let report = lint(&part.policy.to_compact(), reference, &Options::default()).unwrap();
            report.findings
        })
        .filter(|finding| finding.code.severity() == Severity::Error)
        .map(|finding| (finding.code, finding.message))
        .collect()
}

fn fixed(narrowing: Option<Narrowing>) -> PolicyOptions {
    PolicyOptions {
        form: Form::Fixed,
        narrowing,
    }
}

#[test]
fn mended_policies_have_no_errors() {
    for release in releases() {
        let found = errors(&release.with_all_features(), &fixed(None));
        assert_eq!(found, [], "{}", release.id());
    }
}

#[test]
fn narrowed_policies_have_no_errors() {
    for (partition, region) in [("aws", "us-east-1"), ("aws-cn", "cn-north-1")] {
        let account = Some("123456789012");
        let place = Narrowing::new(Some(partition), account, Some(region), Depth::Tags);
        let selection = release("capa-2.11").unwrap().with_all_features();
        assert_eq!(errors(&selection, &fixed(Some(place.unwrap()))), []);
    }
}

#[test]
fn as_the_page_has_it_there_is_one() {
    let options = PolicyOptions {
        form: Form::Verbatim,
        narrowing: None,
    };
    let found = errors(&releases().first().unwrap().with_all_features(), &options);
    assert_eq!(found.len(), 1, "{found:?}");
}
