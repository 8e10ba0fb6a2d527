//! What the choice of release and features needs: the policy, and ways to a user that has it.

use commissary_core::domain::{Region, UserWish};
use commissary_permissions::Selection;

use super::form::Typed;
use crate::console::policy::{PolicyView, Printed, printed};

/// What is needed, as it stands beside the form.
pub(super) struct Needed {
    pub(super) policy: PolicyView,
    /// A user with the policy, in the words of each tool.
    pub(super) tools: Vec<Printed>,
}

impl Needed {
    pub(super) fn of(typed: &Typed, selection: &Selection<'static>) -> Self {
        Self {
            policy: PolicyView::of(selection),
            tools: tools(typed).unwrap_or_default(),
        }
    }
}

/// The user is called as the provider, and otherwise as by default where IAM takes no such name.
fn tools(typed: &Typed) -> Option<Vec<Printed>> {
    let region = Region::parse(&typed.region)
        .or_else(|_| Region::parse(Region::DEFAULT))
        .ok()?;
    let features = typed.features.as_deref().unwrap_or_default();
    let called = |user_name: &str| {
        let wish = UserWish {
            user_name: user_name.to_owned(),
            policy_name: UserWish::POLICY_NAME.to_owned(),
            path: None,
            permissions_boundary: None,
            tags: Vec::new(),
            self_check: true,
            node_roles: false,
        };
        printed(&wish, &typed.release, features, &region).ok()
    };
    called(typed.name.trim()).or_else(|| called(UserWish::USER_NAME))
}
