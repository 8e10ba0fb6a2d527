//! AWS IAM policies: parse, decide and explain, without I/O.
//!
//! [`Policy::parse`] reads a policy document; [`decide`] answers whether a [`PolicySet`] allows a
//! [`Request`], and by which statements; [`decide_open`] answers the same when context keys are
//! unknown; [`explain`] says of every statement why it does or does not apply; an [`Engine`] does
//! all three for policies that are asked often; [`cover`] answers whether every request of a kind
//! is allowed, and [`compare`] what one set allows more or less than another; [`cases`] runs files
//! of expected decisions.
//!
//! The rules are those of the "AWS Identity and Access Management User Guide"; each rule names
//! its page where it stands in the code.
//!
//! ```
//! use commissary_iam::{NamedPolicy, Outcome, Policy, PolicySet, Request, decide};
//!
//! let policy = Policy::parse(
//!     r#"{"Version": "2012-10-17",
//!         "Statement": {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"}}"#,
//! )?;
//! let policies = PolicySet {
//!     identity: vec![NamedPolicy::new("readers", policy)],
//!     ..PolicySet::default()
//! };
//! let decision = decide(&policies, &Request::new("ec2:DescribeVpcs", "*"));
//! assert_eq!(decision.outcome, Outcome::Allowed);
//! # Ok::<(), commissary_iam::ParseError>(())
//! ```

pub mod cases;
pub mod lint;
pub mod reference;

mod arn;
mod caller;
mod compare;
mod condition;
mod context;
mod cover;
mod decide;
mod engine;
mod error;
mod explain;
mod json;
mod layers;
mod parse;
mod pattern;
mod policy;
mod principal;
mod request;
mod scope;
mod statement;
mod tri;

pub use arn::{Arn, ArnError};
pub use compare::{Access, Change, ChangeKind, Difference, Part, compare};
pub use condition::{Condition, Operator};
pub use context::Context;
pub use cover::{Cover, Doubt, Example, Place, Question, QuestionError, Viewpoint, cover};
pub use decide::{Decision, OpenDecision, Outcome, decide, decide_open, requires_resource_policy};
pub use engine::Engine;
pub use error::ParseError;
pub use explain::{Explanation, Mismatch, Relevance, explain, explain_open};
pub use layers::{Layer, NamedPolicy, PolicySet, StatementRef};
pub use policy::{Policy, Version};
pub use principal::{Principal, Principals};
pub use request::Request;
pub use statement::{Effect, Selection, Statement};
