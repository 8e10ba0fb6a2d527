//! The body of a plan and of a bootstrap: the same fields, so that what was planned can be sent
//! again to be done.

use commissary_core::domain::{AccessKeyId, ProviderName, UserWish};
use commissary_core::{FieldError, NewUser, WishedKey};
use commissary_permissions::Tag;
use serde_json::{Map, Value, json};

use super::{WORDS, wish};
use crate::api::body::Input;
use crate::api::fields::Fields;
use crate::api::providers::given;
use crate::describe::Field;

static PROVIDER: Field = Field::new(
    "provider",
    "The name of the provider that the key becomes; that of the user where it is not there.",
)
.pattern(ProviderName::PATTERN, ProviderName::MOST)
.or_empty();
static REPLACE_KEY: Field = Field::new(
    "replaceKey",
    "The id of the access key in whose place one is made.",
)
.pattern(AccessKeyId::PATTERN, AccessKeyId::MOST)
.least(AccessKeyId::LEAST);
static NEW_KEY: Field = Field::new(
    "newKey",
    "Whether an access key is made beside the one that the user has.",
);
static CHANGE_OTHERS: Field = Field::new(
    "changeOthers",
    "Whether things that a bootstrap did not make may be changed.",
);

impl Input for NewUser {
    const NAME: &'static str = "NewUser";

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            administrator: fields.object(&given::ADMINISTRATOR, given::keys),
            wish: wish(fields)?,
            region: fields.optional_text(&given::REGION),
            release: fields.optional_text(&given::RELEASE),
            provider: fields.optional_text(&PROVIDER),
            features: fields.texts(&given::FEATURES),
            change_others: fields.flag(&CHANGE_OTHERS),
            key: key(fields)?,
            words: WORDS,
        })
    }

    fn narrow(schema: &mut Map<String, Value>) {
        let both = json!({
            "required": ["newKey", "replaceKey"],
            "properties": {"newKey": {"const": true}, "replaceKey": {"type": "string"}},
        });
        schema.insert("not".to_owned(), both);
    }
}

fn key(fields: &mut Fields) -> Option<WishedKey> {
    let new_key = fields.flag(&NEW_KEY);
    match (new_key, fields.optional_text(&REPLACE_KEY)) {
        (false, None) => Some(WishedKey::IfNone),
        (true, None) => Some(WishedKey::Another),
        (false, Some(id)) => Some(WishedKey::InPlaceOf(id)),
        (true, Some(_)) => {
            let message = "give `newKey` or `replaceKey`, not both";
            fields.fault(NEW_KEY.name, message);
            None
        }
    }
}

fn wish(fields: &mut Fields) -> Option<UserWish> {
    let or = |value: Option<String>, default: &str| value.unwrap_or_else(|| default.to_owned());
    let user_name = or(fields.optional_text(&wish::USER_NAME), UserWish::USER_NAME);
    let policy_name = or(
        fields.optional_text(&wish::POLICY_NAME),
        UserWish::POLICY_NAME,
    );
    let path = fields.optional_text(&wish::PATH);
    let permissions_boundary = fields.optional_text(&wish::PERMISSIONS_BOUNDARY);
    let self_check = fields.flag(&wish::SELF_CHECK);
    let node_roles = fields.flag(&wish::NODE_ROLES);
    let tags = tags_of(&fields.texts(&wish::TAGS));
    let tags = tags
        .map_err(|fault| fields.fault(&fault.field, fault.message))
        .ok()?;
    Some(UserWish {
        user_name,
        policy_name,
        path,
        permissions_boundary,
        tags,
        self_check,
        node_roles,
    })
}

/// A body to try.
pub(super) fn example() -> Value {
    json!({
        "administrator": given::example(false),
        "userName": "Kommander",
        "policyName": "kommander-policy",
        "provider": "kommander",
        "region": "us-east-1",
        "release": "kommander-2.2",
        "features": [],
        "selfCheck": true,
        "tags": ["team=platform"],
    })
}

/// Tags written as `KEY=VALUE`.
pub(crate) fn tags_of(texts: &[String]) -> Result<Vec<Tag>, FieldError> {
    let tags = texts.iter().map(|text| {
        let (key, value) = text.split_once('=').ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            let shown = shown.escape_debug();
            FieldError::new(
                "tags",
                format!("`{shown}` is no tag; write it as `KEY=VALUE`"),
            )
        })?;
        Ok(Tag {
            key: key.trim().to_owned(),
            value: value.trim().to_owned(),
        })
    });
    tags.collect()
}
