//! What the parts are called inside a template. Two parts never get the same label: those of the
//! user's policies begin otherwise than those of roles, whose names are the release's own.

/// The words of a label: of a policy of the user all of its name, of what roles have the name
/// without the domain that all of them share.
pub(super) struct Label {
    words: Vec<String>,
}

impl Label {
    pub(super) fn of_user_policy(name: &str) -> Self {
        Self::new(&["policy"], name)
    }

    pub(super) fn of_role_policy(name: &str) -> Self {
        Self::new(&["node", "policy"], short(name))
    }

    pub(super) fn of_role(name: &str) -> Self {
        Self::new(&["role"], short(name))
    }

    pub(super) fn of_profile(name: &str) -> Self {
        Self::new(&["profile"], short(name))
    }

    fn new(before: &[&str], name: &str) -> Self {
        let words = name.split(|c: char| !c.is_ascii_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        Self {
            words: before
                .iter()
                .copied()
                .chain(words)
                .map(ToOwned::to_owned)
                .collect(),
        }
    }

    /// `policy_team_a`, as Terraform's resources are called.
    pub(super) fn snake(&self) -> String {
        self.words.join("_")
    }

    /// `PolicyTeamA`: logical ids of CloudFormation have letters and digits only.
    pub(super) fn camel(&self) -> String {
        let capital = |word: &String| {
            let mut letters = word.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>()
        };
        self.words.iter().map(capital).collect()
    }
}

fn short(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}
