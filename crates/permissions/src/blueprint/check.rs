//! What IAM would refuse, said before anything is made.

use super::{Blueprint, ManagedPolicy, OWNER_TAG, Tag};
use crate::policies::MANAGED_POLICY_LIMIT;

/// A blueprint that IAM would not take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlueprintError {
    /// A name is not one that IAM takes.
    #[error("`{name}` is not a {what} name: use 1 to {most} letters, digits and `+ = , . @ _ -`")]
    Name {
        /// `user`, `policy` or `role`.
        what: &'static str,
        /// The name, shortened.
        name: String,
        /// The most characters.
        most: usize,
    },
    /// The user's name cannot be the value of a tag.
    #[error(
        "`{0}` cannot be used as a user name here: what is made is tagged with it, and tags take no comma"
    )]
    Comma(String),
    /// The path is none.
    #[error(
        "`{0}` is not a path: it begins and ends with `/`, has at most 512 characters and no blanks, for example `/clusters/`"
    )]
    Path(String),
    /// The permissions boundary is no policy of this partition.
    #[error(
        "`{arn}` is not the ARN of a policy in the partition `{partition}`; it looks like `arn:{partition}:iam::123456789012:policy/NAME`"
    )]
    Boundary {
        /// What was given.
        arn: String,
        /// The partition that it has to be of.
        partition: String,
    },
    /// A tag is not one that IAM takes.
    #[error("the tag `{key}` cannot be used: {why}")]
    Tag {
        /// Its key, shortened.
        key: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// There are more tags than IAM takes.
    #[error("{0} tags are too many: IAM takes 50, of which one tells that this tool made it")]
    TooManyTags(usize),
    /// Two policies have the same name.
    #[error(
        "two policies would be called `{0}`, one of the roles that machines run with; choose another policy name; upper and lower case are the same"
    )]
    Twice(String),
    /// A policy is larger than IAM takes.
    #[error(
        "the policy `{name}` has {size} characters without white space, and IAM takes {MANAGED_POLICY_LIMIT}; choose fewer features"
    )]
    TooLong {
        /// Its name.
        name: String,
        /// Its size as IAM counts.
        size: usize,
    },
}

/// The most tags of one thing (IAM User Guide, "IAM and AWS STS quotas").
const MOST_TAGS: usize = 50;

impl Blueprint {
    /// What the name of a user looks like (ECMA-262).
    pub const USER_PATTERN: &str = "^[A-Za-z0-9+=.@_-]+$";
    /// The most characters of the name of a user.
    pub const USER_MOST: usize = 64;
    /// What the name of a policy looks like (ECMA-262).
    pub const POLICY_PATTERN: &str = "^[A-Za-z0-9+=,.@_-]+$";
    /// The most characters of the name of a policy.
    pub const POLICY_MOST: usize = 128;
    /// What a path looks like (ECMA-262).
    pub const PATH_PATTERN: &str = "^/([!-.0-~]+/)*$";
    /// The most characters of a path.
    pub const PATH_MOST: usize = 512;
    /// What a tag looks like where it is written as `KEY=VALUE` (ECMA-262); further letters and
    /// digits are taken as well.
    pub const TAG_PATTERN: &str =
        "^[A-Za-z0-9_.:/+@-][A-Za-z0-9 _.:/+@-]{0,127}=[A-Za-z0-9 _.:/=+@-]{0,256}$";
    /// The most characters of such a tag.
    pub const TAG_MOST: usize = 128 + 1 + 256;

    /// Checks the name of a user and the name that its policies are called after.
    ///
    /// # Errors
    /// Each name that IAM does not take.
    pub fn check_names(user_name: &str, policy_name: &str) -> Result<(), Vec<BlueprintError>> {
        let checked = [
            name("user", user_name, Self::USER_MOST),
            name("policy", policy_name, Self::POLICY_MOST),
        ];
        let faults: Vec<_> = checked.into_iter().filter_map(Result::err).collect();
        match faults.is_empty() {
            true => Ok(()),
            false => Err(faults),
        }
    }

    /// Checks names, path, boundary, tags and sizes (IAM API Reference, "CreateUser",
    /// "CreatePolicy", "CreateRole" and "Tag").
    ///
    /// # Errors
    /// The first thing that IAM would refuse.
    pub fn check(&self) -> Result<(), BlueprintError> {
        name("user", &self.user_name, Self::USER_MOST)?;
        if self.user_name.contains(',') {
            return Err(BlueprintError::Comma(self.user_name.clone()));
        }
        for policy in self.managed_policies() {
            name("policy", &policy.name, Self::POLICY_MOST)?;
            let size = policy.document.size();
            if size > MANAGED_POLICY_LIMIT {
                let name = policy.name.clone();
                return Err(BlueprintError::TooLong { name, size });
            }
        }
        self.distinct()?;
        for role in &self.roles {
            name("role", &role.name, 64)?;
        }
        path(&self.path)?;
        self.boundary()?;
        tags(&self.tags)
    }

    /// Names are unique in the account (IAM User Guide, "IAM identifiers").
    fn distinct(&self) -> Result<(), BlueprintError> {
        let mut policies = self.policies.iter();
        let of_role = |policy: &&ManagedPolicy| {
            let mut others = self.role_policies.iter();
            others.any(|other| other.name.eq_ignore_ascii_case(&policy.name))
        };
        match policies.find(of_role) {
            Some(policy) => Err(BlueprintError::Twice(policy.name.clone())),
            None => Ok(()),
        }
    }

    fn boundary(&self) -> Result<(), BlueprintError> {
        let Some(arn) = &self.permissions_boundary else {
            return Ok(());
        };
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let is_policy = match parts.as_slice() {
            ["arn", partition, "iam", "", account, resource] => {
                let account = *account == "aws" || is_account(account);
                *partition == self.partition
                    && account
                    && resource
                        .strip_prefix("policy/")
                        .is_some_and(|name| !name.is_empty())
                    && resource.chars().all(|c| c.is_ascii_graphic())
            }
            _ => false,
        };
        if is_policy {
            return Ok(());
        }
        Err(BlueprintError::Boundary {
            arn: shown(arn, 200),
            partition: self.partition.clone(),
        })
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

fn name(what: &'static str, name: &str, most: usize) -> Result<(), BlueprintError> {
    let letters = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c));
    if letters && (1..=most).contains(&name.len()) {
        return Ok(());
    }
    Err(BlueprintError::Name {
        what,
        name: shown(name, most),
        most,
    })
}

fn path(path: &str) -> Result<(), BlueprintError> {
    let slashes = path.starts_with('/') && path.ends_with('/');
    let letters = path.chars().all(|c| c.is_ascii_graphic());
    if slashes && letters && path.len() <= Blueprint::PATH_MOST && !path.contains("//") {
        return Ok(());
    }
    Err(BlueprintError::Path(shown(path, 200)))
}

fn tags(tags: &[Tag]) -> Result<(), BlueprintError> {
    if tags.len() > MOST_TAGS {
        return Err(BlueprintError::TooManyTags(tags.len()));
    }
    for (place, tag) in tags.iter().enumerate() {
        let before = tags.iter().take(place);
        let why = fault(tag).or_else(|| {
            let mut same = before.filter(|other| other.key.eq_ignore_ascii_case(&tag.key));
            same.next().map(|other| match other.key == OWNER_TAG {
                true => "it tells what this tool made, and is set by it",
                false => "it is given twice; upper and lower case are the same",
            })
        });
        if let Some(why) = why {
            let key = shown(&tag.key, 128);
            return Err(BlueprintError::Tag { key, why });
        }
    }
    Ok(())
}

fn fault(tag: &Tag) -> Option<&'static str> {
    let letters = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || " _.:/=+-@".contains(c))
    };
    if tag.key.to_ascii_lowercase().starts_with("aws:") {
        return Some("keys that begin with `aws:` are AWS's own");
    }
    if !(1..=128).contains(&tag.key.chars().count()) || !letters(&tag.key) {
        return Some("a key has 1 to 128 letters, digits, blanks and `_ . : / = + - @`");
    }
    if tag.value.chars().count() > 256 || !letters(&tag.value) {
        return Some("a value has at most 256 letters, digits, blanks and `_ . : / = + - @`");
    }
    None
}

/// What was given, without what a terminal would obey and not without end.
fn shown(text: &str, most: usize) -> String {
    let text: String = text.chars().take(most).collect();
    text.escape_debug().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release;

    fn blueprint() -> Blueprint {
        let selection = release("kommander-2.2").unwrap().with_default_features();
        let options = crate::PolicyOptions {
            form: crate::Form::Verbatim,
            narrowing: None,
        };
        let parts = selection.policies(&options).parts;
        Blueprint::of_user("aws", "Kommander", "kommander-policy", &parts)
            .with_node_roles(&selection)
    }

    fn fault_of(change: impl FnOnce(&mut Blueprint)) -> String {
        let mut blueprint = blueprint();
        change(&mut blueprint);
        blueprint.check().unwrap_err().to_string()
    }

    fn tag(key: &str, value: &str) -> Tag {
        Tag {
            key: key.into(),
            value: value.into(),
        }
    }

    #[test]
    fn what_iam_takes_is_taken() {
        let mut blueprint = blueprint();
        blueprint.path = "/teams/a/".into();
        blueprint.permissions_boundary = Some("arn:aws:iam::123456789012:policy/x/limit".into());
        blueprint.tags.push(tag("team", "Plattform für alle"));
        assert_eq!(blueprint.check(), Ok(()));
    }

    #[test]
    fn what_iam_would_refuse_is_told() {
        for (text, fault) in [
            ("a b", "is not a user name"),
            ("", "is not a user name"),
            ("a,b", "take no comma"),
        ] {
            let said = fault_of(|blueprint| blueprint.user_name = text.into());
            assert!(said.contains(fault), "{said}");
        }
        let said = fault_of(|blueprint| {
            blueprint.policies[0].name = "Nodes.cluster-api-provider-aws.sigs.k8s.io".into();
        });
        assert!(
            said.starts_with("two policies would be called `Nodes."),
            "{said}"
        );
        for path in ["x", "/x", "//", "/a b/", "/a//b/"] {
            let said = fault_of(|blueprint| blueprint.path = path.into());
            assert!(said.contains("is not a path"), "{said}");
        }
        for arn in [
            "arn:aws-cn:iam::123456789012:policy/x",
            "arn:aws:iam::1:policy/x",
            "arn:aws:iam::123456789012:role/x",
            "limit",
        ] {
            let said = fault_of(|blueprint| blueprint.permissions_boundary = Some(arn.into()));
            assert!(said.contains("is not the ARN of a policy"), "{said}");
        }
        for (key, value, fault) in [
            ("aws:x", "", "AWS's own"),
            ("a,b", "", "a key has"),
            ("a", "x,y", "a value has"),
            ("Commissary:Bootstrap", "x", "is set by it"),
        ] {
            let said = fault_of(|blueprint| blueprint.tags.push(tag(key, value)));
            assert!(said.contains(fault), "{said}");
        }
        let said = fault_of(|blueprint| {
            let tags = (0..50).map(|n| tag(&n.to_string(), ""));
            blueprint.tags.extend(tags);
        });
        assert!(said.starts_with("51 tags are too many"), "{said}");
    }
}
