//! What was typed into the form.

use commissary_core::domain::{Region, SecretInput};
use commissary_core::{FieldError, NewStaticCredential, Verify};
use commissary_permissions::{Release, Selection, release, releases};

use crate::console::choices::{features_field, no_choice, sent_features};
use crate::console::form::{Form, shown_again};
use crate::forms::may_be_secret;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::urls;

/// The labels of the fields, by their JSON names.
const LABELS: [(&str, &str); 7] = [
    ("name", "Name"),
    ("accessKeyId", "Access Key"),
    ("secretAccessKey", "Secret Key"),
    ("sessionToken", "Session Token"),
    ("region", "Region"),
    ("release", "Release"),
    ("features", "What clusters need"),
];

/// The label of a field.
pub(super) fn label(field: &str) -> Option<&'static str> {
    LABELS
        .iter()
        .find(|(name, _)| *name == field)
        .map(|(_, label)| *label)
}

/// What the form shows again; no secret is among it.
#[derive(Clone)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) access_key_id: String,
    pub(super) region: String,
    pub(super) release: String,
    /// The features chosen; none where those of the release were not shown yet: then its defaults are.
    pub(super) features: Option<Vec<String>>,
    pub(super) temporary: bool,
    pub(super) later: bool,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            name: String::new(),
            access_key_id: String::new(),
            region: Region::DEFAULT.to_owned(),
            release: releases().first().map_or("", Release::id).to_owned(),
            features: None,
            temporary: false,
            later: false,
        }
    }
}

/// What the button that was pressed asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Save.
    Save,
    /// Check the keys, and save nothing.
    Check,
    /// Show the policy of the choice, and save nothing.
    Policy,
}

impl Wish {
    fn of(button: &str) -> Self {
        match button {
            "check" => Self::Check,
            "show-policy" => Self::Policy,
            _ => Self::Save,
        }
    }
}

/// A form that was sent: what to show again, and the keys, which are not.
pub(super) struct Sent {
    pub(super) typed: Typed,
    pub(super) credential: NewStaticCredential,
    /// Whether a secret is among the keys.
    pub(super) has_secret: bool,
    /// What is to be done with it.
    pub(super) wish: Wish,
    /// Why it cannot be saved whatever the product says.
    pub(super) fault: Option<Problem>,
}

impl Sent {
    /// Reads the form.
    pub(super) fn read(mut form: Form) -> Self {
        let access_key_id = form.take("accessKeyId");
        let secret = SecretInput::new(form.take("secretAccessKey"));
        let session_token = SecretInput::new(form.take("sessionToken"));
        let typed = Typed {
            access_key_id: shown_again(&access_key_id),
            temporary: !session_token.is_blank(),
            ..Typed::take(|name| form.take_all(name))
        };
        Self {
            wish: Wish::of(&form.take("do")),
            fault: left_open(&form.take("type"), &form.take("method"), &typed),
            has_secret: !secret.is_blank() || !session_token.is_blank(),
            credential: NewStaticCredential {
                access_key_id,
                secret_access_key: secret,
                session_token: Some(session_token),
            },
            typed,
        }
    }
}

impl Typed {
    /// Reads what an address holds; none if it holds nothing.
    pub(super) fn of_query(mut query: Parameters) -> Option<Self> {
        (!query.is_empty()).then(|| Self::take(|name| query.take_all(name)))
    }

    /// Reads what is no secret: `take` gives every value of a field.
    fn take(mut take: impl FnMut(&str) -> Vec<String>) -> Self {
        let mut one = |name: &str| one_of(take(name));
        let typed = Self {
            name: one("name"),
            access_key_id: shown_again(&one("accessKeyId")),
            region: one("region"),
            release: one("release"),
            temporary: one("temporary") == "yes",
            later: one("verify") == "later",
            features: None,
        };
        Self {
            features: sent_features(&typed.release, take),
            ..typed
        }
    }

    /// The same as a query, so that an address brings back what was typed.
    pub(super) fn query(&self) -> String {
        let features = features_field(&self.release);
        let yes = |given: bool, word| if given { word } else { "" };
        let mut pairs = vec![
            ("name", self.name.as_str()),
            ("accessKeyId", &self.access_key_id),
            ("temporary", yes(self.temporary, "yes")),
            ("region", &self.region),
            ("release", &self.release),
            ("of", self.features.as_ref().map_or("", |_| &self.release)),
            ("verify", yes(self.later, "later")),
        ];
        let chosen = self.features.iter().flatten();
        pairs.extend(chosen.map(|feature| (features.as_str(), feature.as_str())));
        pairs.retain(|(_, value)| !may_be_secret(value));
        urls::query(&pairs)
    }

    /// What is chosen, if it is a choice: a release, and something of it.
    pub(super) fn selection(&self) -> Option<Selection<'static>> {
        let release = release(&self.release).ok()?;
        match self.features.as_deref() {
            None => Some(release.with_default_features()),
            Some([]) => None,
            Some(features) => release.select(features).ok(),
        }
    }

    /// Whether AWS is to be asked first.
    pub(super) fn verify(&self) -> Verify {
        if self.later {
            Verify::Later
        } else {
            Verify::Now
        }
    }
}

fn one_of(mut values: Vec<String>) -> String {
    values.pop().unwrap_or_default()
}

/// Choices that a form of this console never leaves open.
fn left_open(provider_type: &str, method: &str, typed: &Typed) -> Option<Problem> {
    let mut faults = Vec::new();
    if provider_type != "aws" {
        faults.push(FieldError::new("type", "choose Amazon Web Services (AWS)"));
    }
    if method != "static" {
        faults.push(FieldError::new("method", "choose Static"));
    }
    faults.extend(no_choice(&typed.release, typed.features.as_deref()));
    (!faults.is_empty()).then(|| Problem::invalid(faults))
}
