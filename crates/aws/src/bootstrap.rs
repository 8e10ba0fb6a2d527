//! From an administrator's session to a user that clusters can be built with: the user, its
//! policies, an access key, and the roles that machines run with. And the way back.
//!
//! What is to be there is a [`Blueprint`](commissary_permissions::Blueprint). The account is looked
//! at first (`inspect`), and what is missing becomes a plan (`plan`, `undo`; pure). Everything that
//! stands in the way is said before anything is changed. A plan is a list of single calls, each of
//! which leaves a state that the next run understands, so that a run that was killed between any
//! two of them goes on when it is run again. The words are the domain's; [`AwsCloud`](crate::AwsCloud)
//! does it all for a server (`lent`).

mod account;
mod apply;
mod inspect;
mod key_plan;
mod keys;
mod lent;
mod line;
mod obstacles;
mod plan;
mod role_plan;
mod undo;
mod usable;

pub use self::apply::delete_key;
pub use self::plan::BootstrapPlan;
pub use self::undo::UndoPlan;
pub use self::usable::{Patience, wait_until_usable};
