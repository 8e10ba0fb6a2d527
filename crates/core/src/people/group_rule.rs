//! Which group of the identity provider gives which role.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::Role;
use crate::domain::WorkspaceName;

/// What a group gives, as it is written: `GROUP=ROLE@WORKSPACE`, or `GROUP=admin` for a
/// global administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRule {
    group: String,
    /// None for every workspace.
    workspace: Option<WorkspaceName>,
    role: Role,
}

/// A text that is no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotARule(String);

impl FromStr for GroupRule {
    type Err = NotARule;

    fn from_str(text: &str) -> Result<Self, NotARule> {
        let wrong = |why: String| {
            NotARule(format!(
                "{why}; write `GROUP=ROLE@WORKSPACE` with the role viewer, operator or admin, or `GROUP=admin` for a global administrator"
            ))
        };
        // The names of groups may have the sign in them, as those of directories do.
        let (group, gives) = text
            .rsplit_once('=')
            .ok_or_else(|| wrong("no role is given".to_owned()))?;
        let group = group.trim();
        if group.is_empty() {
            return Err(wrong("no group is named".to_owned()));
        }
        let (role, workspace) = match gives.split_once('@') {
            Some((role, workspace)) => (role, Some(workspace)),
            None => (gives, None),
        };
        let role = role.trim();
        let parsed = Role::parse(role).ok_or_else(|| wrong(format!("`{role}` is no role")))?;
        let workspace = workspace
            .map(|name| WorkspaceName::parse(name.trim()).map_err(|_| name))
            .transpose()
            .map_err(|name| wrong(format!("`{name}` is no workspace's name")))?;
        if workspace.is_none() && parsed != Role::Admin {
            return Err(wrong(format!("the role {role} needs a workspace")));
        }
        Ok(Self {
            group: group.to_owned(),
            workspace,
            role: parsed,
        })
    }
}

/// What groups give, by the names of the workspaces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Given {
    pub(crate) administrator: bool,
    pub(crate) roles: BTreeMap<WorkspaceName, Role>,
}

impl Given {
    /// What `rules` give to somebody in `groups`: of two roles the higher.
    pub(crate) fn by(rules: &[GroupRule], groups: &[String]) -> Self {
        let mut given = Self::default();
        for rule in rules.iter().filter(|rule| groups.contains(&rule.group)) {
            match &rule.workspace {
                None => given.administrator = true,
                Some(workspace) => {
                    let role = given.roles.entry(workspace.clone()).or_insert(rule.role);
                    *role = rule.role.max(*role);
                }
            }
        }
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> GroupRule {
        text.parse().unwrap()
    }

    #[test]
    fn of_two_roles_the_higher_is_given() {
        let rules = [
            "readers=viewer@team-a",
            "cn=ops,ou=groups=operator@team-a",
            "readers=viewer@team-b",
            "platform=admin",
        ]
        .map(rule);
        let groups = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let given = Given::by(&rules, &groups(&["readers", "cn=ops,ou=groups", "others"]));
        assert!(!given.administrator);
        let roles: Vec<(&str, Role)> = given
            .roles
            .iter()
            .map(|(name, role)| (name.as_str(), *role))
            .collect();
        assert_eq!(
            roles,
            [("team-a", Role::Operator), ("team-b", Role::Viewer)]
        );
        assert!(Given::by(&rules, &groups(&["platform"])).administrator);
        // Groups are told apart to the letter.
        assert_eq!(
            Given::by(&rules, &groups(&["Platform", "reader"])),
            Given::default()
        );
    }

    #[test]
    fn what_is_no_rule_is_told_with_what_to_write() {
        for (text, told) in [
            ("readers", "no role is given"),
            ("=viewer@team-a", "no group is named"),
            ("readers=reader@team-a", "`reader` is no role"),
            ("readers=viewer", "needs a workspace"),
            ("readers=viewer@Team A", "`Team A` is no workspace's name"),
        ] {
            let error = text.parse::<GroupRule>().unwrap_err().to_string();
            assert!(
                error.contains(told) && error.contains("GROUP=ROLE@WORKSPACE"),
                "{error}"
            );
        }
    }
}
