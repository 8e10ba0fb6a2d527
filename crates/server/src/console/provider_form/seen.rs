//! What an edit form was made from. It travels in the form itself, so that any
//! process can tell what changed meanwhile.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use commissary_core::domain::{Authentication, Provider};
use serde::{Deserialize, Serialize};

use super::form::{Typed, label};

/// The settings of a provider as a form showed them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    revision: u32,
    pub(super) name: String,
    pub(super) access_key_id: String,
    pub(super) region: String,
    pub(super) release: String,
    pub(super) features: Vec<String>,
}

/// A setting that is another one by now.
pub(super) struct Difference {
    pub(super) label: &'static str,
    pub(super) was: String,
    pub(super) is: String,
}

impl Seen {
    /// The provider as it is kept.
    pub(super) fn of(provider: &Provider) -> Self {
        let Authentication::Static { access_key_id, .. } = &provider.authentication;
        Self {
            revision: provider.revision,
            name: provider.name.to_string(),
            access_key_id: access_key_id.to_string(),
            region: provider.region.to_string(),
            release: provider.release.clone(),
            features: provider.features.clone(),
        }
    }

    /// As the form carries it.
    pub(super) fn encoded(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// What a form carried; none if it is not that.
    pub(super) fn decoded(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }

    /// A query of what was typed, with what the form was made from.
    pub(super) fn beside(&self, query: &str) -> String {
        format!("{query}&seen={}", self.encoded())
    }

    /// Whether nobody changed the provider since.
    pub(super) fn is_still(&self, now: &Self) -> bool {
        self == now
    }

    /// What is another one in `now`. Keys that were replaced by the same access
    /// key with another secret are no difference that can be shown, only told.
    pub(super) fn differences(&self, now: &Self) -> Vec<Difference> {
        let pairs = [
            ("name", &self.name, &now.name),
            ("accessKeyId", &self.access_key_id, &now.access_key_id),
            ("region", &self.region, &now.region),
            ("release", &self.release, &now.release),
            (
                "features",
                &self.features.join(", "),
                &now.features.join(", "),
            ),
        ];
        let others = pairs.into_iter().filter(|(_, was, is)| was != is);
        let mut differences: Vec<Difference> = others
            .map(|(field, was, is)| Difference {
                label: label(field).unwrap_or(field),
                was: was.clone(),
                is: is.clone(),
            })
            .collect();
        if differences.is_empty() && self.revision != now.revision {
            differences.push(Difference {
                label: "Secret Key",
                was: "the one before".to_owned(),
                is: "another one".to_owned(),
            });
        }
        differences
    }

    /// What the form shows at first.
    pub(super) fn typed(&self) -> Typed {
        Typed {
            name: self.name.clone(),
            access_key_id: self.access_key_id.clone(),
            region: self.region.clone(),
            release: self.release.clone(),
            features: Some(self.features.clone()),
            temporary: false,
            later: false,
        }
    }

    /// What was typed, upon what is there now: a field that was left as it was
    /// seen shows what it is now.
    pub(super) fn rebased(&self, typed: &Typed, now: &Self) -> Typed {
        let merged = |typed: &String, seen: &String, now: &String| {
            if typed == seen {
                now.clone()
            } else {
                typed.clone()
            }
        };
        let as_seen =
            typed.release == self.release && typed.features.as_ref() == Some(&self.features);
        Typed {
            name: merged(&typed.name, &self.name, &now.name),
            access_key_id: merged(
                &typed.access_key_id,
                &self.access_key_id,
                &now.access_key_id,
            ),
            region: merged(&typed.region, &self.region, &now.region),
            release: merged(&typed.release, &self.release, &now.release),
            features: if as_seen {
                Some(now.features.clone())
            } else {
                typed.features.clone()
            },
            ..typed.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen() -> Seen {
        Seen {
            revision: 1,
            name: "prod".to_owned(),
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            region: "us-east-1".to_owned(),
            release: "kommander-2.2".to_owned(),
            features: vec!["ec2".to_owned()],
        }
    }

    #[test]
    fn it_travels_in_the_form() {
        assert_eq!(Seen::decoded(&seen().encoded()), Some(seen()));
        for forged in ["", "x", "e30"] {
            assert_eq!(Seen::decoded(forged), None);
        }
    }

    #[test]
    fn what_others_changed_is_told_and_what_was_typed_is_kept() {
        let mut now = seen();
        now.region = "us-west-2".to_owned();
        now.features.push("eks".to_owned());
        now.revision = 2;
        assert!(!seen().is_still(&now));
        let told = seen().differences(&now);
        let told: Vec<(&str, &str, &str)> = told
            .iter()
            .map(|one| (one.label, one.was.as_str(), one.is.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("Region", "us-east-1", "us-west-2"),
                ("What clusters need", "ec2", "ec2, eks")
            ]
        );
        let mut typed = seen().typed();
        typed.name = "staging".to_owned();
        let rebased = seen().rebased(&typed, &now);
        assert_eq!(
            (rebased.name.as_str(), rebased.region.as_str()),
            ("staging", "us-west-2")
        );
        assert_eq!(rebased.features, Some(now.features));
        let same_id = Seen {
            revision: 2,
            ..seen()
        };
        assert_eq!(seen().differences(&same_id)[0].label, "Secret Key");
    }
}
