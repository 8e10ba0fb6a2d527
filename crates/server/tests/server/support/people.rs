//! People beside the one whose browser it is.

use commissary_core::people::{PasswordInput, Rights, SignInFrom, Who};
use commissary_core::{Actor, NewInvitation, Origin};

use super::{PASSWORD, World};

/// Who may do everything.
pub(crate) fn root() -> Actor {
    let rights = Rights::administrator();
    Actor::new(Who::Process("test"), rights, Origin::at("test"))
}

/// Somebody is invited and signs in: the token of the session.
pub(crate) async fn come(world: &World, new: NewInvitation) -> String {
    let (link, _) = world.product.invite(&root(), new).await.unwrap();
    let password = PasswordInput::new(PASSWORD.to_owned());
    let from = SignInFrom::new(Origin::at("test"));
    let begun = world
        .product
        .accept_invitation(&link.hand_over(), password, from)
        .await
        .unwrap();
    begun.session.hand_over().to_string()
}
