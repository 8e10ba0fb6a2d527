//! Identities that must not be believed.

use commissary_core::ports::IdentityError;
use serde_json::{Value, json};

use crate::liar::{Liar, identify};

#[tokio::test]
async fn an_honest_identity_is_believed() {
    let liar = Liar::start();
    let provider = liar.provider();
    for told in [
        json!({}),
        json!({"claims": {"aud": ["commissary"]}}),
        json!({"claims": {"iat": -60, "exp": -30}}),
        json!({"claims": {"iat": 55, "exp": 400, "nbf": 55}}),
        json!({"header": {"typ": null}}),
    ] {
        let known = identify(&provider, &told).await;
        let known = known.unwrap_or_else(|error| panic!("{told}: {error}"));
        assert_eq!(known.subject, "ada");
        assert_eq!(known.groups, ["readers"]);
    }
}

#[tokio::test]
async fn a_lie_is_told_as_what_it_is() {
    let liar = Liar::start();
    let provider = liar.provider();
    let another = "meant for another application";
    let no_key = "not signed with a key";
    let table: &[(Value, &str)] = &[
        (
            json!({"claims": {"nonce": "another"}}),
            "of another sign-in",
        ),
        (json!({"claims": {"nonce": null}}), "of another sign-in"),
        (json!({"claims": {"aud": "another"}}), another),
        (
            json!({"claims": {"aud": ["commissary", "another"]}}),
            another,
        ),
        (
            json!({"claims": {"iss": "https://elsewhere.example"}}),
            "from another provider",
        ),
        (json!({"claims": {"exp": -120}}), "over before it came"),
        (json!({"sign": "none"}), no_key),
        (json!({"sign": "unsigned"}), no_key),
        (json!({"sign": "public-key-as-secret"}), no_key),
        (json!({"sign": "other-key"}), no_key),
        (json!({"header": {"kid": "unknown"}}), no_key),
        (json!({"header": {"crit": ["exp"]}}), "not in the form"),
    ];
    for (told, why) in table {
        match identify(&provider, told).await {
            Err(IdentityError::Untrusted(said)) => assert!(said.contains(why), "{told}: {said}"),
            other => panic!("{told}: {other:?}"),
        }
    }
    // A claim that everything stands on is missing.
    for claim in ["iss", "aud", "sub", "exp", "iat"] {
        let refused = identify(&provider, &json!({"claims": {claim: null}})).await;
        assert!(refused.is_err(), "{claim}");
    }
}

#[tokio::test]
async fn another_time_is_told_with_how_much_it_is() {
    let liar = Liar::start();
    let provider = liar.provider();
    for (told, least) in [
        (json!({"claims": {"iat": 300, "exp": 900}}), 290),
        (json!({"claims": {"iat": -7200, "exp": -3600}}), 7200),
        (json!({"claims": {"nbf": 300}}), 290),
    ] {
        match identify(&provider, &told).await {
            Err(IdentityError::ClockSkew { seconds, .. }) => assert!(seconds >= least, "{told}"),
            other => panic!("{told}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn what_is_told_elsewhere_must_be_of_the_same_person() {
    let liar = Liar::start();
    let provider = liar.provider();
    // The liar answers the question for more with somebody else's groups.
    match identify(&provider, &json!({"claims": {"groups": null}})).await {
        Err(IdentityError::Untrusted(said)) => assert!(said.contains("somebody else"), "{said}"),
        other => panic!("{other:?}"),
    }
    let many = json!({"claims": {"groups": null, "_claim_names": {"groups": "src1"}}});
    let refused = identify(&provider, &many).await;
    assert_eq!(refused, Err(IdentityError::TooManyGroups));
}

#[tokio::test]
async fn a_refusal_at_the_trade_is_told_in_plain_words() {
    let liar = Liar::start();
    let provider = liar.provider();
    let refused = identify(
        &provider,
        &json!({"error": "invalid_client`\n<b>", "status": 401}),
    )
    .await;
    let code = "invalid_client<b>".to_owned();
    assert_eq!(refused, Err(IdentityError::Refused { code }));
    let broken = identify(&provider, &json!({"error": 7, "status": 500})).await;
    assert!(
        matches!(broken, Err(IdentityError::Unavailable { .. })),
        "{broken:?}"
    );
}
