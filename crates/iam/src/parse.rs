//! From JSON to policies. Source: "Grammar of the IAM JSON policy language".

mod condition;
mod policy;
mod principal;
mod statement;

use crate::json::{self, Node};
use crate::{Condition, ParseError, Policy, Version};

pub(crate) use policy::policy;

/// IAM's own limits lie between 2,048 and 20,480 characters; this one only bounds the work.
const MAX_BYTES: usize = 1 << 20;

pub(crate) fn policy_text(text: &str) -> Result<Policy, ParseError> {
    let node: Node = json::read(text, MAX_BYTES)?;
    policy(&node).map_err(|fault| fault.locate(text))
}

/// Reads the element `Condition` alone.
pub(crate) fn condition_text(text: &str) -> Result<Vec<Condition>, ParseError> {
    let node: Node = json::read(text, MAX_BYTES)?;
    condition::conditions(&node, Version::V2012).map_err(|fault| fault.locate(text))
}
