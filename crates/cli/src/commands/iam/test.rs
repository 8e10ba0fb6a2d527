//! `commissary iam test`: policies tested by cases that are data.

use std::path::PathBuf;
use std::process::ExitCode;

use commissary_iam::cases::{CaseFile, CaseResult};
use serde_json::{Value, json};

use super::input::text;
use crate::failure::{FAILED, Failure};
use crate::output::Format;

/// Run decision cases from files, and tell which fail.
///
/// A file is `{"documents": {NAME: POLICY}, "cases": [CASE]}`; a case names its policies, a
/// request and the decision that is expected.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code 1 when a case fails.

Examples:
  commissary iam test cases.json
  commissary iam test cases.json --output json")]
pub(crate) struct TestArgs {
    /// Files of cases; `-` for standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

pub(super) fn run(args: &TestArgs, output: Format) -> Result<ExitCode, Failure> {
    let mut results = Vec::new();
    for file in &args.files {
        let cases = CaseFile::parse(&text(file)?).map_err(|error| {
            Failure::failed(format!("`{}` is no file of cases: {error}", file.display()))
        })?;
        results.extend(cases.run());
    }
    let failed = results.iter().filter(|result| !result.passed()).count();
    let value = json!({
        "passed": results.len() - failed,
        "failed": failed,
        "cases": results.iter().map(case).collect::<Value>(),
    });
    output.print(&value, |_| for_people(&results, failed))?;
    Ok(match failed {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::from(FAILED),
    })
}

fn case(result: &CaseResult) -> Value {
    json!({
        "name": result.name,
        "passed": result.passed(),
        "failure": result.failure.as_ref().map(ToString::to_string),
    })
}

fn for_people(results: &[CaseResult], failed: usize) -> String {
    let failures = results.iter().filter_map(|result| {
        let failure = result.failure.as_ref()?;
        Some(format!("FAILED {}: {failure}\n", result.name))
    });
    let failures: String = failures.collect();
    format!(
        "{failures}{} passed, {failed} failed",
        results.len() - failed
    )
}
