//! Any text is read as a policy and as a file of cases, or refused with a place in it; what is
//! read is JSON and can be decided with.
#![no_main]

use commissary_iam::cases::CaseFile;
use commissary_iam::{ParseError, Policy, Request};
use iam_fuzz::{only, outcome};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Policy::parse(text) {
        Ok(policy) => {
            let json = serde_json::from_str::<serde_json::Value>(text);
            assert!(json.is_ok(), "a policy that is no JSON: {json:?}");
            let policies = only(policy);
            for (action, resource) in [
                ("s3:GetObject", "arn:aws:s3:::bucket/key"),
                ("ec2:RunInstances", "*"),
            ] {
                outcome(&policies, &Request::new(action, resource));
            }
        }
        Err(error) => within(text, &error),
    }
    match CaseFile::parse(text) {
        Ok(file) => {
            file.run();
        }
        Err(error) => within(text, &error),
    }
});

/// The place of an error lies in the text.
fn within(text: &str, error: &ParseError) {
    assert!(!error.to_string().is_empty());
    if let Some(line) = error.line() {
        assert!(line <= text.split('\n').count(), "line {line}: {error}");
    }
}
