//! Faults in policies: what cannot work, what works otherwise than it reads, and what is too much.
//!
//! Each finding has a stable [`Code`], its place in the JSON, a sentence and a fix. A finding says
//! what is so by the policy's text and the [`Reference`]; where the reference may lack something,
//! the sentence says so.
//!
//! ```
//! use commissary_iam::lint::{Code, Options, lint};
//! use commissary_iam::reference::Reference;
//!
//! let policy = r#"{"Version": "2012-10-17", "Statement": [
//!     {"Effect": "Allow", "Action": "ec2:DescribeVpc", "Resource": "*"}]}"#;
//! let report = lint(policy, Reference::bundled()?, &Options::default())?;
//! let finding = &report.findings[0];
//! assert_eq!(finding.code, Code::UnknownAction);
//! assert_eq!(finding.place.pointer, "/Statement/0/Action");
//! assert_eq!(finding.fix, "write `ec2:DescribeVpcs`");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod code;
mod document;
mod glob;
mod options;
mod places;
mod rules;

pub use code::{Code, Severity};
pub use options::{Attachment, Expectation, ExpectationError, Options};

use crate::reference::Reference;
use crate::{ParseError, Policy};
use document::Document;
use places::Places;

/// What was found in a policy.
#[derive(Debug, Clone)]
pub struct Report {
    /// The worst first, otherwise in the order of the document.
    pub findings: Vec<Finding>,
    /// The characters that IAM counts: white space between the elements is left out.
    pub size: usize,
    /// How many there may be; none for the policy of a resource, whose limit is the service's.
    pub limit: Option<usize>,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of fault; it also says how severe.
    pub code: Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong: one sentence, in lower case.
    pub message: String,
    /// What to do.
    pub fix: String,
}

/// Where something stands in a policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The JSON pointer (RFC 6901); empty for the whole document.
    pub pointer: String,
    /// The statement, counted from 0.
    pub statement: Option<usize>,
    /// The statement's id.
    pub sid: Option<String>,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted in bytes from 1.
    pub column: usize,
}

impl Report {
    /// How many findings have that severity.
    pub fn count(&self, severity: Severity) -> usize {
        let of = |finding: &&Finding| finding.code.severity() == severity;
        self.findings.iter().filter(of).count()
    }
}

impl Finding {
    /// A finding about no statement in particular; its line and column are found later.
    fn new(code: Code, pointer: &str, message: String, fix: String) -> Self {
        Self {
            code,
            place: Place {
                pointer: pointer.to_owned(),
                ..Place::default()
            },
            message,
            fix,
        }
    }
}

/// Looks for faults in a policy document.
///
/// # Errors
/// When the text is no policy; see [`Policy::parse`].
pub fn lint(text: &str, reference: &Reference, options: &Options) -> Result<Report, ParseError> {
    let policy = Policy::parse(text)?;
    let document = Document::read(text, &policy, reference)?;
    let scan = places::scan(text);
    let size = scan.size;
    let limit = document.limit(options);
    let mut findings = Vec::new();
    rules::run(&document, options, size, &mut findings);
    locate(&mut findings, &scan.places);
    findings.sort_by(|a, b| {
        let rank = |finding: &Finding| {
            let place = &finding.place;
            (
                finding.code.severity(),
                place.line,
                place.column,
                finding.code,
            )
        };
        rank(a).cmp(&rank(b))
    });
    Ok(Report {
        findings,
        size,
        limit,
    })
}

fn locate(findings: &mut [Finding], places: &Places) {
    for finding in findings {
        let (line, column) = places
            .get(&finding.place.pointer)
            .copied()
            .unwrap_or((1, 1));
        finding.place.line = line;
        finding.place.column = column;
    }
}
