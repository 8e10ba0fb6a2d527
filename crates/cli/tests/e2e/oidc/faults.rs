//! A provider that is down, comes back with other keys, or has another time.

use serde_json::json;

use super::{audited, person, server};
use crate::support::{Browser, IdentityProvider, Server};

#[tokio::test]
async fn passwords_work_while_the_provider_is_down_and_new_keys_are_taken_when_it_is_back() {
    let provider = IdentityProvider::start(&person("ada", &["readers"]));
    let server = server(&provider, &[]);
    let base = server.base.clone();
    let mut ada = Browser::new();
    ada.sign_in(&base, "/", "ada").await.assert(200, &[]);
    let back = ada.away_and_back(&base, "/", "ada").await;
    let stopped = provider.stopped();
    // It went away while she was there.
    let told = ["cannot be asked just now", "sign in with a password"];
    ada.open(back.as_str()).await.assert(503, &told);
    assert_eq!(
        audited(&server, "session.begin")[0],
        "by 127.0.0.1: the provider cannot be asked refused"
    );

    // A server that starts meanwhile starts, and says why the button leads nowhere.
    let server = server.restarted(&stopped_args(&stopped.issuer()));
    let base = server.base.clone();
    let mut root = Browser::new();
    root.open(&format!("{base}/sign-in"))
        .await
        .assert(200, &["Sign in with"]);
    root.open(&format!("{base}/sign-in/oidc"))
        .await
        .assert(503, &told);
    let wrong = [("name", "ada"), ("password", "any"), ("next", "/")];
    root.submit(&format!("{base}/sign-in"), &wrong)
        .await
        .assert(422, &["password is wrong"]);

    let provider = stopped.again();
    let mut ada = Browser::new();
    // The failure is remembered for a moment, so that nobody hammers a provider that is down.
    for _ in 0..100 {
        if ada.open(&format!("{base}/sign-in/oidc")).await.status == 303 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    ada.sign_in(&base, "/", "ada").await.assert(200, &[]);
    // The keys that the server knows now are not those of the next start.
    let _provider = provider.stopped().again();
    let mut ada = Browser::new();
    ada.sign_in(&base, "/", "ada").await.assert(200, &[]);
}

fn stopped_args(issuer: &str) -> Vec<&str> {
    vec![
        "--oidc-issuer",
        issuer,
        "--oidc-client-id",
        "commissary",
        "--oidc-scopes",
        "profile,groups",
        "--oidc-role",
        "readers=viewer@team-a",
    ]
}

#[tokio::test]
async fn clocks_may_be_a_minute_apart_and_beyond_it_the_clock_is_named() {
    for (ahead, told) in [
        (30, None),
        (-30, None),
        (7200, Some("seconds apart")),
        (-7200, Some("seconds apart")),
    ] {
        let provider =
            IdentityProvider::with(&person("ada", &["readers"]), json!({"clock": ahead}));
        let server: Server = server(&provider, &[]);
        let page = Browser::new().sign_in(&server.base, "/", "ada").await;
        match told {
            None => page.assert(200, &[]),
            Some(told) => {
                page.assert(403, &[told, "clock", "NTP"]);
                assert_eq!(
                    audited(&server, "session.begin"),
                    ["by 127.0.0.1: the clocks are too far apart refused"]
                );
            }
        }
    }
}
