//! The policies to hand to IAM: in one of two forms, narrowed to a place, split where too large.

mod narrow;
mod narrowing;
mod split;

use crate::document::{Block, PolicyDocument};
use crate::release::{Fix, Form, Statement};
use crate::requirement::Requirement;
use crate::selection::Selection;
pub use narrow::LeftWide;
pub use narrowing::{Depth, Narrowing, NarrowingError};

/// The most characters of a managed policy, white space not counted ("IAM and AWS STS quotas").
pub const MANAGED_POLICY_LIMIT: usize = 6_144;

/// How a policy is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyOptions {
    /// As the release has it, or mended.
    pub form: Form,
    /// Where it is to hold; everywhere if not said.
    pub narrowing: Option<Narrowing>,
}

/// The policies for a choice of features.
#[derive(Clone, Debug)]
pub struct Policies<'a> {
    /// One, or several where one would exceed [`MANAGED_POLICY_LIMIT`].
    pub parts: Vec<Part>,
    /// What could not be narrowed; empty where nothing was to be.
    pub left_wide: Vec<LeftWide>,
    /// The defects that were mended in what is granted.
    pub fixes: Vec<&'a Fix>,
}

/// One of the policies, each small enough for a managed policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The features that it serves, by id.
    pub features: Vec<String>,
    /// The document.
    pub policy: PolicyDocument,
}

/// The name of one of several policies.
pub(crate) fn numbered(name: &str, index: usize, all: usize) -> String {
    if all == 1 {
        name.to_owned()
    } else {
        format!("{name}-{}", index + 1)
    }
}

/// What a statement grants to some of its requirements.
struct Grant<'a> {
    statement: &'a Statement,
    requirements: Vec<&'a Requirement>,
}

impl<'a> Selection<'a> {
    /// The policies for the chosen features: as few as IAM's limit allows, split by feature where
    /// that is possible.
    #[must_use]
    pub fn policies(&self, options: &PolicyOptions) -> Policies<'a> {
        let grants = self.grants(options.form, |_| true);
        let fixes = self.release().fixes.iter();
        let fixes = fixes.filter(|fix| options.form == Form::Fixed && matters(fix, &grants));
        Policies {
            parts: split::parts(self, options),
            left_wide: self.left_wide(options, &grants),
            fixes: fixes.collect(),
        }
    }

    pub(crate) fn whole_policy(&self, options: &PolicyOptions) -> PolicyDocument {
        self.document(options, |_| true)
    }

    fn document(
        &self,
        options: &PolicyOptions,
        keep: impl Fn(&Requirement) -> bool,
    ) -> PolicyDocument {
        let grants = self.grants(options.form, keep);
        let blocks: Vec<Block> = grants
            .iter()
            .flat_map(|grant| self.blocks(options, grant))
            .collect();
        PolicyDocument::new(&self.release().policy_version, &blocks)
    }

    fn blocks(&self, options: &PolicyOptions, grant: &Grant<'_>) -> Vec<Block> {
        match &options.narrowing {
            Some(narrowing) => narrow::blocks(self, narrowing, grant).0,
            None => vec![self.block(options.form, grant)],
        }
    }

    fn left_wide(&self, options: &PolicyOptions, grants: &[Grant<'_>]) -> Vec<LeftWide> {
        let Some(narrowing) = &options.narrowing else {
            return Vec::new();
        };
        let grants = grants.iter();
        grants
            .flat_map(|grant| narrow::blocks(self, narrowing, grant).1)
            .collect()
    }

    /// What is left of each statement; statements of which nothing is left disappear.
    fn grants(&self, form: Form, keep: impl Fn(&Requirement) -> bool) -> Vec<Grant<'a>> {
        let statements = self.release().statements(form).iter();
        statements
            .filter_map(|statement| self.grant(statement, &keep))
            .collect()
    }

    fn grant(
        &self,
        statement: &'a Statement,
        keep: impl Fn(&Requirement) -> bool,
    ) -> Option<Grant<'a>> {
        let requirements = statement.requirements.iter();
        let kept = requirements.filter(|requirement| self.needs(requirement) && keep(requirement));
        let requirements: Vec<&Requirement> = kept.collect();
        (!requirements.is_empty()).then_some(Grant {
            statement,
            requirements,
        })
    }

    /// What is left of one statement of the release, in its default form; none if nothing is.
    pub(crate) fn block_of(&self, statement: &'a Statement) -> Option<Block> {
        let grant = self.grant(statement, |_| true)?;
        Some(self.block(self.release().form, &grant))
    }

    /// The statement as the release has it.
    fn block(&self, form: Form, grant: &Grant<'_>) -> Block {
        let kept = |action: &&String| grant.requirements.iter().any(|r| r.action == **action);
        let actions = match form {
            Form::Verbatim => grant
                .statement
                .listing
                .iter()
                .filter(kept)
                .cloned()
                .collect(),
            Form::Fixed => grant
                .requirements
                .iter()
                .map(|r| r.action.clone())
                .collect(),
        };
        let resources = grant.statement.resources.iter();
        let condition = grant.requirements.first().and_then(|r| r.condition.clone());
        Block {
            actions,
            resources: resources.map(|r| self.names.filled(r)).collect(),
            conditions: condition
                .map(|mut condition| {
                    self.names.fill(&mut condition.value);
                    condition
                })
                .into_iter()
                .collect(),
        }
    }
}

/// Whether what is granted would be otherwise without the fix.
fn matters(fix: &Fix, grants: &[Grant<'_>]) -> bool {
    fix.changes.iter().any(|(statement, added)| {
        let mut grants = grants.iter().filter(|g| g.statement.id == *statement);
        let of_fix = |r: &&Requirement| added.is_empty() || added.contains(&r.action);
        grants.any(|grant| grant.requirements.iter().any(of_fix))
    })
}
