//! Why somebody was not signed in with the identity provider.

use crate::ports::IdentityError;

/// The most groups that are told.
const TOLD: usize = 20;

/// Why somebody was not signed in with the identity provider. Each says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefusedElsewhere {
    /// Nobody in this browser began it, or it is over.
    #[error(
        "this sign-in was used already, was begun more than ten minutes ago or in another browser, or another one was begun here since; begin again"
    )]
    Stale,
    /// The person, or the provider, said no.
    #[error(
        "the identity provider says that the sign-in was declined; begin again if you want to sign in, and ask whoever runs the provider if it was not you who declined"
    )]
    Declined,
    /// The provider says that something went wrong.
    #[error("the identity provider ended the sign-in with `{code}`{}; begin again, or tell whoever runs this server", in_its_words(.description))]
    Ended {
        /// The provider's word for it.
        code: String,
        /// More words of the provider.
        description: String,
    },
    /// The answer names another provider than the one that was asked.
    #[error(
        "the answer comes from another identity provider than the one that was asked; begin again, and tell whoever runs this server if it happens once more"
    )]
    OtherProvider,
    /// No group of the person gives a role, and nobody gave one by hand.
    #[error("you are known to the identity provider, but nobody gave you a role here: ask a global administrator of this installation to give one to {} {}", .subject, of_groups(.groups))]
    NoRole {
        /// How the provider knows the person.
        subject: String,
        /// The groups that it told.
        groups: Vec<String>,
    },
    /// The user may not sign in any more.
    #[error("the user `{name}` is disabled here; ask a global administrator of this installation")]
    Disabled {
        /// The user.
        name: String,
    },
    /// The provider did not say who it is.
    #[error(transparent)]
    Provider(#[from] IdentityError),
}

impl RefusedElsewhere {
    /// The reason in a few words, for the audit log.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Stale => "not under way in this browser",
            Self::Declined => "declined",
            Self::Ended { .. } => "the provider ended it",
            Self::OtherProvider => "the answer is another provider's",
            Self::NoRole { .. } => "no role",
            Self::Disabled { .. } => "disabled",
            Self::Provider(error) => error.word(),
        }
    }

    /// The kind of error as a word that programs can rely on.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Provider(IdentityError::Unavailable { .. } | IdentityError::Mistaken { .. }) => {
                "identity-provider-unavailable"
            }
            _ => "sign-in-refused",
        }
    }
}

fn in_its_words(description: &str) -> String {
    match description {
        "" => String::new(),
        text => format!(" (in its words: {text})"),
    }
}

fn of_groups(groups: &[String]) -> String {
    let told: Vec<String> = groups
        .iter()
        .take(TOLD)
        .map(|one| format!("`{one}`"))
        .collect();
    match groups.len() {
        0 => "(the provider told no group of yours)".to_owned(),
        1 => format!("or to your group {}", told.join(", ")),
        count @ ..=TOLD => format!("or to one of your {count} groups: {}", told.join(", ")),
        count => format!("or to one of your {count} groups: {}, …", told.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_no_role_is_told_what_to_ask_for() {
        let groups: Vec<String> = (0..22).map(|number| format!("g{number}")).collect();
        let told = |count: usize| {
            let groups = groups.iter().take(count).cloned().collect();
            let subject = "`ada`".to_owned();
            RefusedElsewhere::NoRole { subject, groups }.to_string()
        };
        assert!(told(0).ends_with("one to `ada` (the provider told no group of yours)"));
        assert!(told(2).ends_with("one of your 2 groups: `g0`, `g1`"));
        assert!(told(22).ends_with("`g19`, …"));
    }
}
