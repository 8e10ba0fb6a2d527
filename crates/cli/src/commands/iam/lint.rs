//! `commissary iam lint`: faults in a policy.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use commissary_iam::lint::{Attachment, Expectation, Finding, Options, Report, Severity, lint};
use commissary_iam::reference::Reference;
use serde_json::{Value, json};

use super::input::text;
use crate::failure::{FAILED, Failure};
use crate::output::{Format, print_text};

/// Find faults in a policy: unknown actions and keys, wrong resources, what contradicts or repeats itself.
///
/// Each finding has a stable code, its place and a fix; `docs/reference/lint.md` lists the codes.
/// The exit code is 1 when a finding is an error; warnings and notes do not count.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary iam lint policy.json
  commissary iam lint policy.json --attach user --output json
  commissary iam lint policy.json --expect ec2:CreateVolume \\
    --expect 'iam:PassRole arn:aws:iam::111122223333:role/nodes'
  commissary aws policy print | commissary iam lint -")]
pub(crate) struct LintArgs {
    /// The policy document; `-` for standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What the policy will be attached as, which limits its size.
    #[arg(long, value_enum, default_value_t, value_name = "AS")]
    attach: AttachAs,
    /// The policy is to work in AWS China and AWS GovCloud too: report every ARN that names its
    /// partition.
    #[arg(long)]
    portable: bool,
    /// What the policy has to allow, more than once if need be: an action, then a resource and
    /// context keys if they matter.
    #[arg(long = "expect", value_name = "ACTION [RESOURCE [KEY=VALUE]...]")]
    expected: Vec<Expectation>,
}

/// How a policy is attached.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum AttachAs {
    /// A managed policy.
    #[default]
    Managed,
    /// An inline policy of a user.
    User,
    /// An inline policy of a group.
    Group,
    /// An inline policy of a role.
    Role,
}

impl From<AttachAs> for Attachment {
    fn from(given: AttachAs) -> Self {
        match given {
            AttachAs::Managed => Self::Managed,
            AttachAs::User => Self::User,
            AttachAs::Group => Self::Group,
            AttachAs::Role => Self::Role,
        }
    }
}

pub(super) fn run(args: &LintArgs, output: Format) -> Result<ExitCode, Failure> {
    let text = text(&args.file)?;
    let reference = Reference::bundled().map_err(|error| Failure::failed(error.to_string()))?;
    let options = Options {
        attachment: args.attach.into(),
        portable: args.portable,
        expected: args.expected.clone(),
    };
    let report = lint(&text, reference, &options).map_err(|error| {
        Failure::failed(format!("`{}` is no policy: {error}", args.file.display()))
    })?;
    if output == Format::Table {
        print_text(&for_people(&report))?;
    } else {
        output.print(&value(&report), |_| String::new())?;
    }
    Ok(if report.count(Severity::Error) > 0 {
        ExitCode::from(FAILED)
    } else {
        ExitCode::SUCCESS
    })
}

fn value(report: &Report) -> Value {
    let finding = |finding: &Finding| {
        json!({
            "code": finding.code.name(),
            "severity": finding.code.severity().to_string(),
            "message": finding.message,
            "fix": finding.fix,
            "pointer": finding.place.pointer,
            "statementIndex": finding.place.statement,
            "sid": finding.place.sid,
            "line": finding.place.line,
            "column": finding.place.column,
        })
    };
    json!({
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "notes": report.count(Severity::Note),
        "size": report.size,
        "limit": report.limit,
    })
}

fn for_people(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let severity = finding.code.severity();
        let colour = match severity {
            Severity::Error => "\u{1b}[1;31m",
            Severity::Warning => "\u{1b}[33m",
            Severity::Note => "\u{1b}[2m",
        };
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{colour}{severity:<8}\u{1b}[0m{}  {}",
            finding.code,
            place(finding)
        );
        let _ = writeln!(text, "        {}", finding.message);
        let _ = writeln!(text, "        \u{1b}[2mfix: {}\u{1b}[0m\n", finding.fix);
    }
    let counts = [
        (report.count(Severity::Error), "error"),
        (report.count(Severity::Warning), "warning"),
        (report.count(Severity::Note), "note"),
    ];
    let counts = counts.map(|(count, name)| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {name}{plural}")
    });
    let size = match report.limit {
        Some(limit) => format!("{} of {limit} characters", report.size),
        None => format!("{} characters", report.size),
    };
    text + &format!("{}; {size}", counts.join(", "))
}

/// Where to look: the line, and which statement that is.
fn place(finding: &Finding) -> String {
    let place = &finding.place;
    let Some(index) = place.statement else {
        return "the policy".to_owned();
    };
    let sid = place.sid.as_ref();
    let sid = sid.map_or(String::new(), |sid| format!(" (`{}`)", sid.escape_debug()));
    format!("line {}, statement {}{sid}", place.line, index + 1)
}
