//! The fields that several bodies have: keys, and what clusters will need.

use std::collections::BTreeSet;

use commissary_core::domain::{AccessKey, AccessKeyId, Region, SecretInput};
use commissary_core::{NewStaticCredential, Verify};
use commissary_permissions::{DEFAULT_RELEASE, Feature, Release, releases};
use serde_json::{Value, json};

use crate::api::fields::Fields;
use crate::describe::Field;

pub(crate) static TYPE: Field = Field::new("type", "The cloud.");
pub(crate) static AUTHENTICATION: Field =
    Field::new("authentication", "How the provider signs in to the cloud.");
pub(crate) static ADMINISTRATOR: Field = Field::new(
    "administrator",
    "An administrator's keys; they are used for this once and not kept.",
);
pub(crate) static REGION: Field = Field::new("region", "Where AWS is asked.")
    .pattern(Region::PATTERN, Region::MOST)
    .default(Region::DEFAULT)
    .or_empty();
pub(crate) static RELEASE: Field =
    Field::new("release", "The release whose permissions it should have.")
        .words(release_ids)
        .default(DEFAULT_RELEASE)
        .or_empty();
pub(crate) static FEATURES: Field = Field::new(
    "features",
    "The features that its clusters need; none means those that the release has by default.",
)
.words(feature_ids);

static METHOD: Field = Field::new("method", "How it signs in.");
static VERIFY: Field = Field::new("verify", "Whether AWS is asked now.");
static ACCESS_KEY_ID: Field = Field::new("accessKeyId", "The public half of the access key.")
    .pattern(AccessKeyId::PATTERN, AccessKeyId::MOST)
    .least(AccessKeyId::LEAST);
static SECRET_ACCESS_KEY: Field = Field::new("secretAccessKey", "The secret half.")
    .length(AccessKey::SECRET_LEAST, MOST_SECRET)
    .secret();
static SESSION_TOKEN: Field = Field::new(
    "sessionToken",
    "The session token that belongs to a temporary key.",
)
.length(AccessKey::TOKEN_LEAST, MOST_SECRET)
.secret()
.or_empty();

/// More does not fit into a body with the rest of it.
const MOST_SECRET: usize = 16 * 1024;

pub(crate) fn release_ids() -> Vec<String> {
    let ids = releases().iter().map(Release::id);
    ids.map(str::to_owned).collect()
}

/// Of all releases.
pub(crate) fn feature_ids() -> Vec<String> {
    let features = releases().iter().flat_map(|release| release.features());
    let ids: BTreeSet<&str> = features.map(Feature::id).collect();
    ids.into_iter().map(str::to_owned).collect()
}

/// Reads the keys of a static credential.
pub(crate) fn keys(fields: &mut Fields) -> NewStaticCredential {
    NewStaticCredential {
        access_key_id: fields.text(&ACCESS_KEY_ID),
        secret_access_key: SecretInput::new(fields.text(&SECRET_ACCESS_KEY)),
        session_token: fields.optional_text(&SESSION_TOKEN).map(SecretInput::new),
    }
}

/// Reads keys with the way in which they are used.
pub(crate) fn credential(fields: &mut Fields) -> NewStaticCredential {
    fields.choice(&METHOD, &[("static", ())], None);
    keys(fields)
}

/// Reads whether AWS is asked first.
pub(crate) fn verify(fields: &mut Fields) -> Verify {
    verify_as(fields, &VERIFY)
}

/// The same under a field that tells who is asked.
pub(crate) fn verify_as(fields: &mut Fields, field: &'static Field) -> Verify {
    let words = [("now", Verify::Now), ("later", Verify::Later)];
    let chosen = fields.choice(field, &words, Some(Verify::Now));
    chosen.unwrap_or_default()
}

/// The keys of AWS's own documentation.
pub(crate) fn example(with_method: bool) -> Value {
    let mut keys = json!({
        "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
        "secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    });
    if let (true, Some(keys)) = (with_method, keys.as_object_mut()) {
        keys.insert("method".to_owned(), json!("static"));
    }
    keys
}
