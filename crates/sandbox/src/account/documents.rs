//! Policy documents as an account holds them: text that is known to be a policy.

use commissary_iam::Policy;
use serde::{Deserialize, Serialize};

use crate::fault::{Code, Fault};

/// The text of a policy, kept as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Document(String);

impl Document {
    /// The text as it was given.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// A document that is part of the program.
    pub(crate) fn trusted(text: &str) -> Document {
        Document(text.to_owned())
    }
}

impl TryFrom<String> for Document {
    type Error = String;

    fn try_from(text: String) -> Result<Document, String> {
        check(&text).map_err(|fault| fault.message)
    }
}

impl From<Document> for String {
    fn from(document: Document) -> String {
        document.0
    }
}

/// Accepts the text of an identity-based policy.
pub(crate) fn check(text: &str) -> Result<Document, Fault> {
    Policy::parse(text).map_err(|error| malformed(error.to_string()))?;
    Ok(Document(text.to_owned()))
}

fn malformed(message: impl Into<String>) -> Fault {
    Fault::new(Code::MalformedPolicyDocument, message)
}
