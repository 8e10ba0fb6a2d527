//! Whoever comes back and did not go away, and what the provider says instead of a code.

use reqwest::Url;

use super::{audited, person, server};
use crate::support::{Browser, IdentityProvider};

const STALE: &str = "This sign-in was used already";

fn state_of(url: &Url) -> String {
    let state = url.query_pairs().find(|(name, _)| name == "state");
    state.unwrap().1.into_owned()
}

#[tokio::test]
async fn a_sign_in_ends_once_and_in_the_browser_that_began_it() {
    let provider = IdentityProvider::start(&person("ada", &["readers"]));
    let server = server(&provider, &[]);
    let base = &server.base;
    let mut ada = Browser::new();
    let back = ada.away_and_back(base, "/", "ada").await;

    // Somebody lets another browser open the address that hers was led back to: with no
    // cookie, and with the cookie of a sign-in of its own.
    let mut victim = Browser::new();
    victim.open(back.as_str()).await.assert(403, &[STALE]);
    victim.open(&format!("{base}/sign-in/oidc")).await;
    victim.open(back.as_str()).await.assert(403, &[STALE]);
    assert!(victim.cookie(base, "commissary-session").is_none());

    // Hers still works, and works once.
    ada.open(back.as_str()).await.assert(200, &[]);
    let cookie = ada.cookie(base, "commissary-session");
    ada.open(back.as_str()).await.assert(403, &[STALE]);
    assert_eq!(ada.cookie(base, "commissary-session"), cookie);
    let refused = "by 127.0.0.1: not under way in this browser refused";
    assert_eq!(audited(&server, "session.begin")[0], refused);

    // A sign-in that was begun anew makes the one before it worthless.
    let first = ada.away_and_back(base, "/", "ada").await;
    ada.open(&format!("{base}/sign-in/oidc")).await;
    ada.open(first.as_str()).await.assert(403, &[STALE]);
    ada.forget(base);
    for made_up in ["", "?state=x&code=y", "?code=y"] {
        let url = format!("{base}/sign-in/oidc/callback{made_up}");
        ada.open(&url).await.assert(403, &[STALE]);
    }
}

#[tokio::test]
async fn whoever_comes_back_from_nowhere_again_and_again_is_slowed_down() {
    let provider = IdentityProvider::start(&person("ada", &["readers"]));
    let server = server(&provider, &[]);
    let base = &server.base;
    let mut stranger = Browser::new();
    let url = format!("{base}/sign-in/oidc/callback?state=x&code=y");
    let mut slowed = 0;
    for _ in 0..40 {
        let page = stranger.open(&url).await;
        assert!([403, 429].contains(&page.status), "{}", page.body);
        slowed += usize::from(page.status == 429);
    }
    assert!(slowed > 0);
    // What is slowed down is no entry of the audit log.
    assert_eq!(audited(&server, "session.begin").len(), 40 - slowed);
    // It keeps nobody out who did go away.
    Browser::new()
        .sign_in(base, "/", "ada")
        .await
        .assert(200, &[]);
}

#[tokio::test]
async fn what_the_provider_says_instead_of_a_code_is_told_safely() {
    let provider = IdentityProvider::start(&person("ada", &["readers"]));
    let server = server(&provider, &[]);
    let base = &server.base;
    let mut ada = Browser::new();
    let away = ada
        .open(&format!("{base}/sign-in/oidc"))
        .await
        .location()
        .unwrap();
    let page = ada.open(away.as_str()).await;
    let interaction = page.location().unwrap();
    ada.open(interaction.as_str()).await;
    let mut page = ada.open(&format!("{interaction}/abort")).await;
    while let Some(to) = page.location() {
        page = ada.open(to.as_str()).await;
    }
    page.assert(403, &["declined", "begin again"]);

    for (said, told) in [
        (
            "error=server_error&error_description=%3Cscript%3Ealert(1)%3C/script%3E",
            "&#60;script&#62;",
        ),
        ("error=%3Cb%3Eno%3C/b%3E", "&#60;b&#62;no"),
        (
            "code=x&iss=https://elsewhere.example",
            "another identity provider",
        ),
        ("code=made-up", "invalid_grant"),
    ] {
        let away = ada
            .open(&format!("{base}/sign-in/oidc"))
            .await
            .location()
            .unwrap();
        let url = format!(
            "{base}/sign-in/oidc/callback?state={}&{said}",
            state_of(&away)
        );
        let page = ada.open(&url).await;
        page.assert(403, &[told]);
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<b>"));
    }
    assert!(ada.cookie(base, "commissary-session").is_none());
    // The way on never leads away.
    for outside in [
        "//evil.example",
        "https://evil.example/",
        "/%5Cevil.example",
    ] {
        let page = ada.sign_in(base, outside, "ada").await;
        page.assert(200, &[]);
        assert_eq!(page.headers["refresh"], "0; url=/", "{outside}");
    }
}
