//! The policy document.

use std::fmt;
use std::str::FromStr;

use crate::{ParseError, Statement, parse};

/// A policy document, parsed and compiled.
#[derive(Debug, Clone)]
pub struct Policy {
    pub(crate) version: Version,
    pub(crate) id: Option<String>,
    pub(crate) statements: Vec<Statement>,
}

/// The version of the policy language. Source: "IAM JSON policy elements: Version".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Version {
    /// `2008-10-17`, also when the document names none: `${…}` is plain text.
    #[default]
    V2008,
    /// `2012-10-17`: with policy variables.
    V2012,
}

impl Policy {
    /// Reads a policy document.
    ///
    /// # Errors
    /// When the text is longer than 1 MiB, is not JSON, has a duplicate key, or is not a policy:
    /// with the place.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        parse::policy_text(text)
    }

    /// The version of the policy language.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The element `Id`.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The statements in their order.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }
}

impl FromStr for Policy {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::V2008 => "2008-10-17",
            Self::V2012 => "2012-10-17",
        })
    }
}
