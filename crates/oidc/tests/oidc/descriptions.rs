//! What a provider says about itself.

use commissary_core::ports::{IdentityError, IdentityProvider as _};
use commissary_oidc::look;

use crate::liar::{Liar, challenge};

#[tokio::test]
async fn a_browser_is_sent_with_all_that_the_answer_is_bound_to() {
    let liar = Liar::start();
    let address = liar.provider().address(&challenge()).await.unwrap();
    for part in [
        &format!("{}/authorize?", liar.issuer),
        "response_type=code",
        "client_id=commissary",
        "state=the+state",
        "nonce=the+nonce",
        "code_challenge_method=S256",
        "scope=openid",
        "redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fsign-in%2Foidc%2Fcallback",
    ] {
        assert!(address.contains(part), "no {part} in {address}");
    }
    assert!(!address.contains("verifier+of"), "{address}");
}

#[tokio::test]
async fn what_does_not_describe_itself_as_the_provider_is_not_asked() {
    let liar = Liar::start();
    for (mode, mistaken, told) in [
        ("other-issuer", true, "another name"),
        ("no-json", true, "cannot be read"),
        ("missing", true, "404"),
        // Followed, it would lead to a description that looks right.
        ("redirect", true, "302"),
        ("broken", false, "500"),
        ("endless", false, "larger than"),
    ] {
        liar.ask(&format!("/mode/{mode}")).await;
        let refused = liar.provider().address(&challenge()).await.unwrap_err();
        let is_mistaken = matches!(refused, IdentityError::Mistaken { .. });
        assert_eq!(is_mistaken, mistaken, "{mode}: {refused:?}");
        assert!(refused.to_string().contains(told), "{mode}: {refused}");
        let seen = look(&liar.issuer.parse().unwrap()).await;
        assert_eq!(seen, Err(refused), "{mode}");
    }
}

#[tokio::test]
async fn a_failure_is_remembered_for_a_moment_and_a_description_for_minutes() {
    let liar = Liar::start();
    let provider = liar.provider();
    liar.ask("/mode/broken").await;
    provider.address(&challenge()).await.unwrap_err();
    liar.ask("/mode/honest").await;
    provider.address(&challenge()).await.unwrap_err();
    liar.clock.go_on(4);
    provider.address(&challenge()).await.unwrap();
    liar.ask("/mode/broken").await;
    provider.address(&challenge()).await.unwrap();
    liar.clock.go_on(601);
    provider.address(&challenge()).await.unwrap_err();
}
