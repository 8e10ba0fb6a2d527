//! The body of a plan and of a bootstrap: the same fields, so that what was planned can be sent
//! again to be done.

use commissary_core::domain::UserWish;
use commissary_core::{FieldError, NewUser, WishedKey};
use commissary_permissions::Tag;

use super::WORDS;
use crate::api::fields::Fields;
use crate::api::providers::keys;
use crate::problem::Problem;

/// Reads the body; what a field may hold is the domain's business.
pub(super) fn read(mut fields: Fields) -> Result<NewUser, Problem> {
    let administrator = fields.object("administrator", keys);
    let user_name = fields
        .optional_text("userName")
        .unwrap_or_else(|| UserWish::USER_NAME.to_owned());
    let policy_name = fields
        .optional_text("policyName")
        .unwrap_or_else(|| UserWish::POLICY_NAME.to_owned());
    let path = fields.optional_text("path");
    let permissions_boundary = fields.optional_text("permissionsBoundary");
    let region = fields.optional_text("region");
    let release = fields.optional_text("release");
    let provider = fields.optional_text("provider");
    let replace_key = fields.optional_text("replaceKey");
    let features = fields.texts("features");
    let tags = fields.texts("tags");
    let self_check = fields.flag("selfCheck");
    let node_roles = fields.flag("nodeRoles");
    let change_others = fields.flag("changeOthers");
    let new_key = fields.flag("newKey");
    fields.finish()?;
    let key = match (new_key, replace_key) {
        (false, None) => WishedKey::IfNone,
        (true, None) => WishedKey::Another,
        (false, Some(id)) => WishedKey::InPlaceOf(id),
        (true, Some(_)) => {
            let message = "give `newKey` or `replaceKey`, not both";
            return Err(Problem::invalid(vec![FieldError::new("newKey", message)]));
        }
    };
    let tags = tags_of(&tags).map_err(|fault| Problem::invalid(vec![fault]))?;
    Ok(NewUser {
        administrator,
        wish: UserWish {
            user_name,
            policy_name,
            path,
            permissions_boundary,
            tags,
            self_check,
            node_roles,
        },
        region,
        release,
        features,
        key,
        change_others,
        provider,
        words: WORDS,
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
