//! People and machines that may sign in.

mod actor;
mod api_token;
mod elsewhere;
mod group_rule;
mod invitation;
mod label;
mod origin;
mod password;
mod refused_elsewhere;
mod rights;
mod role;
mod session;
pub mod throttle;
mod token;
mod user;

pub use actor::{Actor, Who};
pub use api_token::{ApiToken, TokenId, TokensOf};
pub use elsewhere::{
    CameBack, Challenge, Elsewhere, GroupRights, ProviderAnswer, SentAway, SignInUnderWay,
};
pub(crate) use group_rule::Given;
pub use group_rule::{GroupRule, NotARule};
pub use invitation::{Invitation, InvitationId};
pub(crate) use label::shows_as_written;
pub use origin::Origin;
pub use password::{MAX_PASSWORD, MIN_PASSWORD, PasswordHash, PasswordInput};
pub use refused_elsewhere::RefusedElsewhere;
pub use rights::{Reach, Rights, Scope};
pub use role::Role;
pub use session::{Session, SessionId, SignInFrom, SignedIn};
pub use token::{NewToken, TokenHash, TokenKind};
pub use user::{Member, User, UserChange, UserId, WorkspaceNames};
