//! What was typed into the form.

use commissary_core::domain::{Region, SecretInput};
use commissary_core::{FieldError, NewStaticCredential, Verify};
use commissary_permissions::{Release, release, releases};

use crate::console::choices::features_field;
use crate::console::form::{Form, shown_again};
use crate::problem::Problem;

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
    /// The features chosen; none on a form not sent yet, which shows the defaults.
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

/// A form that was sent: what to show again, and the keys, which are not.
pub(super) struct Sent {
    pub(super) typed: Typed,
    pub(super) credential: NewStaticCredential,
    /// Whether a secret is among the keys.
    pub(super) has_secret: bool,
    /// Why it cannot be saved whatever the product says.
    pub(super) fault: Option<Problem>,
}

impl Sent {
    /// Reads the form.
    pub(super) fn read(mut form: Form) -> Self {
        let release_id = form.take("release");
        let access_key_id = form.take("accessKeyId");
        let secret = SecretInput::new(form.take("secretAccessKey"));
        let session_token = SecretInput::new(form.take("sessionToken"));
        let features = form.take_all(&features_field(&release_id));
        let typed = Typed {
            name: form.take("name"),
            access_key_id: shown_again(&access_key_id),
            region: form.take("region"),
            temporary: !session_token.is_blank(),
            later: form.take("verify") == "later",
            features: Some(features),
            release: release_id,
        };
        Self {
            fault: no_choice(&form.take("type"), &form.take("method"), &typed),
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
    /// Whether AWS is to be asked first.
    pub(super) fn verify(&self) -> Verify {
        if self.later {
            Verify::Later
        } else {
            Verify::Now
        }
    }
}

/// Choices that a form of this console never leaves open.
fn no_choice(provider_type: &str, method: &str, typed: &Typed) -> Option<Problem> {
    let mut faults = Vec::new();
    if provider_type != "aws" {
        faults.push(FieldError::new("type", "choose Amazon Web Services (AWS)"));
    }
    if method != "static" {
        faults.push(FieldError::new("method", "choose Static"));
    }
    let none = typed.features.as_ref().is_none_or(Vec::is_empty);
    if none && release(&typed.release).is_ok() {
        faults.push(FieldError::new(
            "features",
            "choose at least one thing that clusters need",
        ));
    }
    (!faults.is_empty()).then(|| Problem::invalid(faults))
}
