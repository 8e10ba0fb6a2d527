//! People and machines that may sign in.

mod actor;
mod origin;
mod password;
mod rights;
mod role;
mod token;
mod user;

pub use actor::{Actor, Who};
pub use origin::Origin;
pub use password::{MIN_PASSWORD, PasswordHash, PasswordInput};
pub use rights::{Reach, Rights, Scope};
pub use role::Role;
pub use token::{ApiToken, NewToken, Session, TokenHash, TokenKind};
pub use user::{User, UserId};
