//! What a bootstrap would do: the blueprint against the account. Pure but for the look.

use std::fmt;

use commissary_core::domain::{BootstrapRequest, BootstrapState, BootstrapStep, Planned};
use commissary_core::ports::BootstrapError;
use commissary_permissions::{Blueprint, ManagedPolicy, SELF_CHECK_POLICY, Tag};

use super::account::{Account, KnownPolicy, KnownUser};
use super::inspect::{Names, inspect, is_numbered};
use super::line::{Call, Line, Tagged};
use super::usable::settled;
use super::{key_plan, role_plan};
use crate::{AwsSession, document};

/// The most versions of a managed policy (IAM User Guide, "IAM and AWS STS quotas").
const MAX_VERSIONS: usize = 5;

/// The lines of a bootstrap in an account that was looked at; nothing is changed yet.
pub struct BootstrapPlan {
    pub(super) request: BootstrapRequest,
    pub(super) account: Account,
    pub(super) lines: Vec<Line>,
    planned: Planned,
}

impl BootstrapPlan {
    /// Checks the request, looks at the account and plans.
    ///
    /// # Errors
    /// The request is at fault, something stands in the way, or AWS does not answer. Nothing was
    /// changed.
    pub async fn prepare(
        session: &AwsSession,
        request: BootstrapRequest,
    ) -> Result<Self, BootstrapError> {
        request.blueprint.check()?;
        let names = Names::of(&request.blueprint, &request.policy_name, false);
        let mut account = inspect(session, &names).await?;
        if let Some(run) = &request.interrupted {
            let user = &request.blueprint.user_name;
            account.keys = settled(session, user, run, request.now, account.keys).await?;
        }
        let lines = Planning::new(&request, &account).lines()?;
        let mut calls = lines.iter().flat_map(|line| &line.calls);
        let planned = Planned {
            administrator: account.identity.clone(),
            makes_key: calls.any(|call| *call == Call::CreateKey),
            lines: lines.iter().map(Line::told).collect(),
            known_keys: account.keys.clone(),
        };
        Ok(Self {
            request,
            account,
            lines,
            planned,
        })
    }

    /// What would be done.
    pub fn planned(&self) -> &Planned {
        &self.planned
    }
}

impl fmt::Debug for BootstrapPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BootstrapPlan")
            .field("lines", &self.lines)
            .finish_non_exhaustive()
    }
}

/// A plan in the making.
pub(super) struct Planning<'a> {
    pub(super) request: &'a BootstrapRequest,
    pub(super) blueprint: &'a Blueprint,
    pub(super) account: &'a Account,
}

type Lines = Result<Vec<Line>, BootstrapError>;

impl<'a> Planning<'a> {
    pub(super) fn new(request: &'a BootstrapRequest, account: &'a Account) -> Self {
        Self {
            request,
            blueprint: &request.blueprint,
            account,
        }
    }

    /// Every line, or the first thing that stands in the way.
    pub(super) fn lines(&self) -> Lines {
        if let Some(there) = &self.account.other_case {
            let there = there.clone();
            let choose = self.request.words.user_name;
            return Err(BootstrapError::OtherCase { there, choose });
        }
        let mut lines = vec![self.user()];
        lines.extend(self.moved());
        lines.extend(self.account.user.iter().filter_map(|user| {
            self.tags(user.owner.as_ref(), &user.tags, Tagged::User, &user.name)
        }));
        lines.extend(self.boundary()?);
        for policy in self.blueprint.managed_policies() {
            lines.push(self.policy(policy)?);
            lines.extend(self.account.policy(&policy.name).and_then(|known| {
                let thing = Tagged::Policy(known.arn.clone());
                self.tags(known.owner.as_ref(), &known.tags, thing, &known.arn)
            }));
        }
        lines.extend(
            self.blueprint
                .policies
                .iter()
                .map(|policy| self.attachment(policy)),
        );
        lines.extend(self.stale());
        lines.extend(self.self_check());
        lines.append(&mut role_plan::lines(self)?);
        lines.append(&mut key_plan::lines(self)?);
        Ok(lines)
    }

    /// How what is made is undone.
    pub(super) fn by_undo(&self) -> String {
        format!("{} removes it", self.request.words.undo)
    }

    /// Whether something may be changed: a bootstrap of this user made it, or it is allowed.
    pub(super) fn may_change(&self, owner: Option<&String>) -> bool {
        self.request.change_others || self.is_ours(owner)
    }

    fn is_ours(&self, owner: Option<&String>) -> bool {
        owner == Some(&self.blueprint.user_name)
    }

    /// The tags that something of ours lacks or has otherwise.
    pub(super) fn tags(
        &self,
        owner: Option<&String>,
        there: &[Tag],
        thing: Tagged,
        name: &str,
    ) -> Option<Line> {
        let wanted = self.blueprint.tags.iter();
        let lacking: Vec<String> = wanted
            .filter(|tag| !there.contains(tag))
            .map(|tag| format!("`{}`", tag.key))
            .collect();
        (self.is_ours(owner) && !lacking.is_empty()).then(|| Line {
            step: BootstrapStep::Tags,
            state: BootstrapState::Changed,
            detail: format!("`{name}` gets {}", lacking.join(", ")),
            undo: Some("by hand; it goes with what it is on".to_owned()),
            calls: vec![Call::Tag(thing)],
        })
    }

    /// The ARN that a policy has, or will have: policies are made at the root path.
    pub(super) fn policy_arn(&self, name: &str) -> String {
        match self.account.policy(name) {
            Some(policy) => policy.arn.clone(),
            None => format!(
                "arn:{}:iam::{}:policy/{name}",
                self.blueprint.partition, self.account.identity.account_id
            ),
        }
    }

    /// Whether the user that is there is moved to another path.
    fn moves(&self, user: &KnownUser) -> bool {
        self.request.move_user
            && user.path != self.blueprint.path
            && self.may_change(user.owner.as_ref())
    }

    /// The ARN that the user has, or will have.
    pub(super) fn user_arn(&self) -> String {
        match &self.account.user {
            Some(user) if !self.moves(user) => user.arn.clone(),
            _ => format!(
                "arn:{}:iam::{}:user{}{}",
                self.blueprint.partition,
                self.account.identity.account_id,
                self.blueprint.path,
                self.blueprint.user_name
            ),
        }
    }

    fn user(&self) -> Line {
        let step = BootstrapStep::User;
        let Some(user) = &self.account.user else {
            return Line {
                step,
                state: BootstrapState::Made,
                detail: format!("`{}`", self.user_arn()),
                undo: Some(self.by_undo()),
                calls: vec![Call::CreateUser],
            };
        };
        let mut detail = format!("`{}`", user.arn);
        if !self.is_ours(user.owner.as_ref()) {
            detail.push_str(&format!(
                " was not made by a bootstrap, so that {} will leave it",
                self.request.words.undo
            ));
        }
        if self.request.move_user && user.path != self.blueprint.path && !self.moves(user) {
            detail.push_str(&format!(
                "; it stays at the path `{}`, not `{}`: let it be moved with {}",
                user.path, self.blueprint.path, self.request.words.change_others
            ));
        }
        let others = self.others_of(user);
        if !others.is_empty() {
            detail.push_str("; it keeps what else it has: ");
            detail.push_str(&others.join(", "));
        }
        Line::still(step, BootstrapState::Existed, detail)
    }

    /// A user that is elsewhere in the tree of paths is moved if that was asked for.
    fn moved(&self) -> Option<Line> {
        let user = self.account.user.as_ref().filter(|user| self.moves(user))?;
        let (from, to) = (&user.path, &self.blueprint.path);
        Some(Line {
            step: BootstrapStep::User,
            state: BootstrapState::Changed,
            detail: format!(
                "`{}` moves from the path `{from}` to `{to}` and is `{}` then: policies that name it by its ARN no longer mean it",
                user.name,
                self.user_arn()
            ),
            undo: Some(format!(
                "`aws iam update-user --user-name {} --new-path {from}`",
                user.name
            )),
            calls: vec![Call::MoveUser],
        })
    }

    /// What the user has beside what the blueprint gives it.
    fn others_of(&self, user: &KnownUser) -> Vec<String> {
        let planned: Vec<String> = self
            .blueprint
            .policies
            .iter()
            .map(|policy| self.policy_arn(&policy.name))
            .chain(self.stale_policies().map(|policy| policy.arn.clone()))
            .collect();
        let attached = user.attached.iter().filter(|arn| !planned.contains(arn));
        let attached = attached.map(|arn| format!("`{arn}`"));
        let inline = user.inline.iter().filter(|name| *name != SELF_CHECK_POLICY);
        let inline = inline.map(|name| format!("the inline policy `{name}`"));
        let groups = user.groups.iter().map(|name| format!("the group `{name}`"));
        attached.chain(inline).chain(groups).collect()
    }

    fn boundary(&self) -> Result<Option<Line>, BootstrapError> {
        let step = BootstrapStep::Boundary;
        // A new user gets it when it is made.
        let (Some(user), Some(wanted)) = (&self.account.user, &self.blueprint.permissions_boundary)
        else {
            return Ok(None);
        };
        let line = |state, detail, undo| Line {
            step,
            state,
            detail,
            undo: Some(undo),
            calls: vec![Call::PutBoundary],
        };
        Ok(Some(match &user.boundary {
            Some(boundary) if boundary == wanted => {
                Line::still(step, BootstrapState::Existed, format!("`{wanted}`"))
            }
            there if !self.may_change(user.owner.as_ref()) => {
                return Err(BootstrapError::NotBounded {
                    what: "user",
                    name: user.name.clone(),
                    boundary: wanted.clone(),
                    there: there.clone().unwrap_or_else(|| "none".to_owned()),
                    allow: self.request.words.change_others,
                });
            }
            Some(other) => line(
                BootstrapState::Changed,
                format!("`{wanted}` in place of `{other}`"),
                format!("set `{other}` again (`aws iam put-user-permissions-boundary`)"),
            ),
            None => line(
                BootstrapState::Made,
                format!("`{wanted}`"),
                "`aws iam delete-user-permissions-boundary`".to_owned(),
            ),
        }))
    }

    fn policy(&self, policy: &ManagedPolicy) -> Result<Line, BootstrapError> {
        let step = BootstrapStep::Policy;
        let Some(known) = self.account.policy(&policy.name) else {
            return Ok(Line {
                step,
                state: BootstrapState::Made,
                detail: format!(
                    "`{}`, {} characters: {}",
                    self.policy_arn(&policy.name),
                    policy.document.size(),
                    policy.description
                ),
                undo: Some(self.by_undo()),
                calls: vec![Call::CreatePolicy(policy.clone())],
            });
        };
        if document::same(&known.document, policy.document.as_json()) {
            let mut detail = format!("`{}`, with the same document", known.arn);
            if !self.is_ours(known.owner.as_ref()) {
                detail.push_str(&format!(
                    "; no bootstrap of this user made it, so that {} will leave it",
                    self.request.words.undo
                ));
            }
            return Ok(Line::still(step, BootstrapState::Existed, detail));
        }
        if !self.may_change(known.owner.as_ref()) {
            return Err(BootstrapError::Other {
                what: "policy",
                name: known.arn.clone(),
                allow: self.request.words.change_others,
            });
        }
        Ok(new_version(known, policy))
    }

    fn attachment(&self, policy: &ManagedPolicy) -> Line {
        let arn = self.policy_arn(&policy.name);
        let user = &self.blueprint.user_name;
        let attached = self
            .account
            .user
            .as_ref()
            .is_some_and(|known| known.attached.contains(&arn));
        let (step, detail) = (BootstrapStep::Attachment, format!("`{arn}` to `{user}`"));
        if attached {
            return Line::still(step, BootstrapState::Existed, detail);
        }
        Line {
            step,
            state: BootstrapState::Made,
            detail,
            undo: Some(self.by_undo()),
            calls: vec![Call::AttachToUser { arn }],
        }
    }

    /// Parts that an earlier bootstrap of this user made and that are not needed any more.
    fn stale_policies(&self) -> impl Iterator<Item = &'a KnownPolicy> {
        let whole = &self.request.policy_name;
        let blueprint = self.blueprint;
        self.account.policies.iter().filter(move |policy| {
            let needed = blueprint
                .managed_policies()
                .any(|wanted| wanted.name.eq_ignore_ascii_case(&policy.name));
            !needed
                && is_numbered(whole, &policy.name)
                && policy.owner.as_ref() == Some(&blueprint.user_name)
        })
    }

    fn stale(&self) -> Vec<Line> {
        let stale = self.stale_policies();
        stale
            .map(|policy| {
                let detach = self.detach(&policy.arn);
                remove_policy(policy, detach.len(), detach)
            })
            .collect()
    }

    /// Takes a policy from the user and from the roles that a bootstrap made for it.
    fn detach(&self, arn: &String) -> Vec<Call> {
        let user = self.account.user.iter();
        let user = user.filter(|user| user.attached.contains(arn));
        let roles = self.account.roles.iter();
        let roles =
            roles.filter(|role| self.is_ours(role.owner.as_ref()) && role.attached.contains(arn));
        let of_user = user.map(|_| Call::DetachFromUser { arn: arn.clone() });
        let of_roles = roles.map(|role| Call::DetachFromRole {
            name: role.name.clone(),
            arn: arn.clone(),
        });
        of_user.chain(of_roles).collect()
    }

    /// Whether a self-check of ours has to follow a user that moves: it names the user's ARN.
    fn moves_self_check(&self) -> bool {
        let moved = self.account.user.as_ref().filter(|user| self.moves(user));
        moved.is_some_and(|user| {
            let ours = Blueprint::self_check_document(&user.arn);
            let theirs = user.self_check.as_ref();
            theirs.is_some_and(|theirs| document::same(theirs, &ours))
        })
    }

    fn self_check(&self) -> Option<Line> {
        if !self.blueprint.self_check && !self.moves_self_check() {
            return None;
        }
        let step = BootstrapStep::SelfCheck;
        let detail = format!(
            "the inline policy `{SELF_CHECK_POLICY}` lets `{}` find out its own rights",
            self.blueprint.user_name
        );
        let known = self
            .account
            .user
            .as_ref()
            .and_then(|user| user.self_check.as_ref());
        let wanted = Blueprint::self_check_document(&self.user_arn());
        let state = match known {
            Some(theirs) if document::same(theirs, &wanted) => {
                return Some(Line::still(step, BootstrapState::Existed, detail));
            }
            Some(_) => BootstrapState::Changed,
            None => BootstrapState::Made,
        };
        let (detail, undo) = match state {
            BootstrapState::Changed => (
                format!("{detail}, in place of what it says now"),
                format!("what it says now is not kept; {}", self.by_undo()),
            ),
            _ => (detail, self.by_undo()),
        };
        Some(Line {
            step,
            state,
            detail,
            undo: Some(undo),
            calls: vec![Call::PutSelfCheck],
        })
    }
}

/// A policy gets another document: as a new version, for which an old one may have to go.
fn new_version(known: &KnownPolicy, policy: &ManagedPolicy) -> Line {
    let arn = &known.arn;
    let full = known.versions.len() >= MAX_VERSIONS;
    let oldest = known.other_versions().next().filter(|_| full);
    let mut detail = format!("`{arn}` gets another document, as a new version");
    let mut calls = Vec::new();
    if let Some(version) = oldest {
        detail.push_str(&format!(
            "; its oldest version `{version}` goes, because IAM keeps five"
        ));
        calls.push(Call::DeletePolicyVersion {
            arn: arn.clone(),
            version: version.clone(),
        });
    }
    calls.push(Call::CreatePolicyVersion {
        arn: arn.clone(),
        document: policy.document.to_compact(),
    });
    Line {
        step: BootstrapStep::Policy,
        state: BootstrapState::Changed,
        detail,
        undo: Some(format!(
            "`aws iam set-default-policy-version --policy-arn {arn} --version-id {}`",
            known.default_version
        )),
        calls,
    }
}

/// Removes a policy with its versions. Who else has it keeps it: `ended` of its attachments are
/// ended before, some of them by `detach`.
pub(super) fn remove_policy(policy: &KnownPolicy, ended: usize, detach: Vec<Call>) -> Line {
    let arn = &policy.arn;
    let others = policy.attachments.saturating_sub(ended);
    let why = match (others, policy.bounds) {
        (0, 0) => None,
        (0, bounds) => Some(format!("it bounds {bounds} users or roles")),
        (others, _) => Some(format!("{others} other users, groups or roles have it")),
    };
    if let Some(why) = why {
        return Line {
            step: BootstrapStep::Policy,
            state: BootstrapState::Left,
            detail: format!("`{arn}` stays: {why}"),
            undo: None,
            calls: detach,
        };
    }
    let versions = policy
        .other_versions()
        .map(|version| Call::DeletePolicyVersion {
            arn: arn.clone(),
            version: version.clone(),
        });
    let last = Call::DeletePolicy { arn: arn.clone() };
    Line {
        step: BootstrapStep::Policy,
        state: BootstrapState::Removed,
        detail: format!("`{arn}`, which a bootstrap made and nothing needs"),
        undo: Some("run the bootstrap that made it again".to_owned()),
        calls: detach.into_iter().chain(versions).chain([last]).collect(),
    }
}
