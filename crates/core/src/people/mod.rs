//! People and machines that may sign in.

mod actor;
mod password;
mod token;
mod user;

pub use actor::{Actor, ActorKind};
pub use password::{MIN_PASSWORD, PasswordHash, PasswordInput};
pub use token::{ApiToken, NewToken, Session, TokenHash, TokenKind};
pub use user::{User, UserId};
