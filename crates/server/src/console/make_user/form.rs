//! What was typed.

use commissary_core::domain::{Region, SecretInput, UserWish};
use commissary_core::{NewStaticCredential, NewUser, WishedKey};
use commissary_permissions::{Release, releases};

use super::WORDS;
use crate::api::bootstrap::tags_of;
use crate::console::choices::{no_choice, sent_features};
use crate::console::form::{Form, shown_again};
use crate::problem::Problem;
use crate::query::Parameters;

/// The labels of the fields, by their JSON names.
const LABELS: [(&str, &str); 14] = [
    ("administrator.accessKeyId", "Access key"),
    ("administrator.secretAccessKey", "Secret key"),
    ("administrator.sessionToken", "Session token"),
    ("userName", "User name"),
    ("policyName", "Policy name"),
    ("provider", "Name of the provider"),
    ("region", "Region"),
    ("release", "Release"),
    ("features", "What clusters need"),
    ("path", "Path"),
    ("permissionsBoundary", "Permissions boundary"),
    ("tags", "Tags"),
    ("newKey", "Access key of the user"),
    ("replaceKey", "Key to replace"),
];

/// The label of a field.
pub(super) fn label(field: &str) -> &'static str {
    let found = LABELS.iter().find(|(name, _)| *name == field);
    found.map_or("This form", |(_, label)| label)
}

/// What the form shows again; no secret is among it.
pub(crate) struct Typed {
    pub(super) access_key_id: String,
    pub(super) temporary: bool,
    pub(super) user_name: String,
    pub(super) policy_name: String,
    pub(super) provider: String,
    pub(super) region: String,
    pub(super) release: String,
    /// The features chosen; none on a form not sent yet, which shows the defaults.
    pub(super) features: Option<Vec<String>>,
    pub(super) path: String,
    pub(super) permissions_boundary: String,
    /// One tag a line.
    pub(super) tags: String,
    pub(super) self_check: bool,
    pub(super) node_roles: bool,
    /// `another`, `replace`, or that a key is made where there is none.
    pub(super) key: String,
    pub(super) replace_key: String,
    pub(super) change_others: bool,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            access_key_id: String::new(),
            temporary: false,
            user_name: UserWish::USER_NAME.to_owned(),
            policy_name: UserWish::POLICY_NAME.to_owned(),
            provider: String::new(),
            region: Region::DEFAULT.to_owned(),
            release: releases().first().map_or("", Release::id).to_owned(),
            features: None,
            path: String::new(),
            permissions_boundary: String::new(),
            tags: String::new(),
            self_check: true,
            node_roles: false,
            key: String::new(),
            replace_key: String::new(),
            change_others: false,
        }
    }
}

impl Typed {
    /// Reads what an address holds; what most people want where it holds nothing.
    pub(super) fn of_query(mut query: Parameters) -> Self {
        match query.is_empty() {
            true => Self::default(),
            false => Self::read(|name| query.take_all(name)),
        }
    }

    /// Reads what is the same wherever a user is made: `take` gives every value of a field.
    pub(super) fn read(mut take: impl FnMut(&str) -> Vec<String>) -> Self {
        let mut one = |name: &str| take(name).pop().unwrap_or_default();
        let typed = Self {
            access_key_id: shown_again(&one("administrator.accessKeyId")),
            user_name: one("userName"),
            policy_name: one("policyName"),
            provider: one("provider"),
            region: one("region"),
            path: one("path"),
            permissions_boundary: one("permissionsBoundary"),
            tags: one("tags"),
            self_check: one("selfCheck") == "yes",
            node_roles: one("nodeRoles") == "yes",
            key: one("key"),
            replace_key: one("replaceKey"),
            change_others: one("changeOthers") == "yes",
            release: one("release"),
            ..Self::default()
        };
        Self {
            features: sent_features(&typed.release, take),
            ..typed
        }
    }

    /// Whether any of the options, which are folded away, is another than by default.
    pub(super) fn has_options(&self) -> bool {
        let texts = [
            &self.provider,
            &self.path,
            &self.permissions_boundary,
            &self.tags,
            &self.key,
        ];
        texts.iter().any(|text| !text.trim().is_empty()) || self.change_others
    }

    /// The features that were chosen.
    pub(super) fn chosen(&self) -> Result<Vec<String>, Problem> {
        match no_choice(&self.release, self.features.as_deref()) {
            Some(fault) => Err(Problem::invalid(vec![fault])),
            None => Ok(self.features.clone().unwrap_or_default()),
        }
    }

    /// The names and options that were typed.
    pub(super) fn wish(&self) -> Result<UserWish, Problem> {
        let given = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let lines = self.tags.lines().map(str::trim);
        let tags: Vec<String> = lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        Ok(UserWish {
            user_name: self.user_name.trim().to_owned(),
            policy_name: self.policy_name.trim().to_owned(),
            path: given(&self.path),
            permissions_boundary: given(&self.permissions_boundary),
            tags: tags_of(&tags).map_err(|fault| Problem::invalid(vec![fault]))?,
            self_check: self.self_check,
            node_roles: self.node_roles,
        })
    }
}

/// A form that was sent.
pub(super) struct Sent {
    /// What to show again.
    pub(super) typed: Typed,
    /// What to do, if it can be read.
    pub(super) new: Result<NewUser, Problem>,
    /// Whether it is to be done; otherwise the plan is shown.
    pub(super) make: bool,
}

/// The keys of the administrator, and what of them is shown again: the access key, and whether
/// there was a token.
pub(crate) fn lent(form: &mut Form) -> (NewStaticCredential, String, bool) {
    let access_key_id = form.take("administrator.accessKeyId");
    let secret = SecretInput::new(form.take("administrator.secretAccessKey"));
    let token = SecretInput::new(form.take("administrator.sessionToken"));
    let (shown, temporary) = (shown_again(&access_key_id), !token.is_blank());
    let credential = NewStaticCredential {
        access_key_id,
        secret_access_key: secret,
        session_token: Some(token),
    };
    (credential, shown, temporary)
}

/// Reads the form.
pub(super) fn read(mut form: Form) -> Sent {
    let (administrator, access_key_id, temporary) = lent(&mut form);
    let make = form.take("do") == "make";
    let typed = Typed {
        access_key_id,
        temporary,
        ..Typed::read(|name| form.take_all(name))
    };
    let new = typed
        .chosen()
        .and_then(|features| Ok((typed.wish()?, features)));
    let new = new.map(|(wish, features)| NewUser {
        administrator,
        wish,
        region: Some(typed.region.clone()),
        release: Some(typed.release.clone()),
        features,
        key: match typed.key.as_str() {
            "another" => WishedKey::Another,
            "replace" => WishedKey::InPlaceOf(typed.replace_key.clone()),
            _ => WishedKey::IfNone,
        },
        change_others: typed.change_others,
        provider: Some(typed.provider.clone()),
        words: WORDS,
    });
    Sent { typed, new, make }
}
