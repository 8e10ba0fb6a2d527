//! Who comes in, and what groups give beside what was given by hand.

use serde_json::json;

use super::{audited, person, server, user};
use crate::canary::search::{contains, files};
use crate::support::{Browser, Done, IdentityProvider, Server, commissary, run_with_input};

/// Makes the first administrator, who has a password; their browser.
async fn set_up(server: &Server, name: &str) -> Browser {
    let fields = [
        ("token", server.setup_token()),
        ("name", name),
        ("password", "canary password of who sets up"),
    ];
    let mut browser = Browser::new();
    let form = format!("{}/setup", server.base);
    assert_eq!(browser.submit(&form, &fields).await.status, 303);
    browser
}

#[tokio::test]
async fn the_first_sign_in_makes_the_user_with_what_the_groups_give() {
    for (secret, in_token) in [(false, false), (true, true)] {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("client-secret");
        std::fs::write(&file, "canary secret of the client\n").unwrap();
        let secret_file = ["--oidc-client-secret-file", file.to_str().unwrap()];
        let settings = match secret {
            true => json!({"secret": "canary secret of the client", "groupsInToken": in_token}),
            false => json!({"groupsInToken": in_token}),
        };
        let provider = IdentityProvider::with(&person("ada", &["readers", "others"]), settings);
        let server = server(&provider, if secret { &secret_file } else { &[] });
        let base = &server.base;

        let mut ada = Browser::new();
        ada.open(&format!("{base}/sign-in"))
            .await
            .assert(200, &["Sign in with 127.0.0.1"]);
        let back = ada
            .away_and_back(base, "/workspaces/team-a/people", "ada")
            .await;
        let cookie = ada.cookie(base, "commissary-sign-in").unwrap();
        let page = ada.open(back.as_str()).await;
        page.assert(200, &["You are signed in", "/workspaces/team-a/people"]);
        assert_eq!(page.headers["refresh"], "0; url=/workspaces/team-a/people");
        assert!(ada.cookie(base, "commissary-sign-in").is_none());
        let session = ada.cookie(base, "commissary-session").unwrap();
        let people = ada.open(&format!("{base}/workspaces/team-a/people")).await;
        people.assert(200, &["ada", "(by a group)"]);
        ada.open(&format!("{base}/people")).await.assert(403, &[]);

        let known = user(&server, "ada");
        assert_eq!(known["roles"], json!({"team-a": "viewer"}));
        assert_eq!(known["fromGroups"]["roles"], json!({"team-a": "viewer"}));
        assert_eq!(known["fromGroups"]["issuer"], provider.issuer);
        assert_eq!(
            audited(&server, "user.create"),
            ["ada: viewer in team-a by groups done"]
        );
        assert_eq!(audited(&server, "session.begin"), ["ada by 127.0.0.1 done"]);

        // Nothing that lets somebody in was logged.
        let code = back
            .query_pairs()
            .find(|(name, _)| name == "code")
            .unwrap()
            .1;
        let state = back
            .query_pairs()
            .find(|(name, _)| name == "state")
            .unwrap()
            .1;
        let secrets = [&*code, &*state, &cookie, &session, "canary secret"];
        for told in secrets {
            assert!(!server.log().contains(told), "{told}");
        }
        // A second time nobody is made.
        ada.sign_in(base, "/", "ada").await.assert(200, &[]);
        assert_eq!(audited(&server, "user.create").len(), 1);
        assert_ne!(ada.cookie(base, "commissary-session").unwrap(), session);
        // The session that the browser had is over.
        let mut old = Browser::new();
        old.keep(base, "commissary-session", &session);
        assert_eq!(old.open(&format!("{base}/")).await.status, 303);
        // Nor was it written.
        let left = server.killed();
        let written = files(left.path());
        assert!(written.iter().any(|file| file.ends_with("commissary.db")));
        for file in written {
            let bytes = std::fs::read(&file).unwrap();
            for told in secrets {
                assert!(!contains(&bytes, told), "{told} in {}", file.display());
            }
        }
    }
}

#[tokio::test]
async fn what_groups_give_is_renewed_and_what_was_given_by_hand_stays() {
    let provider = IdentityProvider::start(&person("ada", &["readers"]));
    let server = server(&provider, &[]);
    let base = &server.base;
    let mut ada = Browser::new();
    ada.sign_in(base, "/", "ada").await.assert(200, &[]);
    let remove = ["workspace", "member", "remove", "team-a", "ada"];
    let refused = server.run(&remove);
    assert!(
        refused.err.contains("comes from a group"),
        "{}",
        refused.err
    );
    assert_eq!(refused.code, 7);

    server
        .run(&["workspace", "member", "set", "team-a", "ada", "operator"])
        .with_code(0);
    assert_eq!(user(&server, "ada")["roles"], json!({"team-a": "operator"}));
    provider.knows(&person("ada", &["platform"]));
    ada.sign_in(base, "/", "ada").await.assert(200, &[]);
    let known = user(&server, "ada");
    assert_eq!(known["administrator"], true);
    assert_eq!(known["roles"], json!({"team-a": "operator"}));
    assert_eq!(known["fromGroups"]["roles"], json!({}));

    provider.knows(&person("ada", &[]));
    ada.sign_in(base, "/", "ada").await.assert(200, &[]);
    assert_eq!(user(&server, "ada")["administrator"], false);
    let changed = audited(&server, "user.groups");
    assert_eq!(
        changed,
        [
            "ada: nothing by groups done",
            "ada: global administrator by groups done"
        ]
    );

    // With nothing by hand either, she is told whom to ask, and her session gives nothing.
    server.run(&remove).with_code(0);
    ada.open(&format!("{base}/workspaces/team-a/people"))
        .await
        .assert(404, &[]);
    let told = [
        "nobody gave you a role here",
        "global administrator",
        "no group",
    ];
    ada.sign_in(base, "/", "ada").await.assert(403, &told);
    assert_eq!(
        audited(&server, "session.begin")[0],
        "ada by 127.0.0.1: no role refused"
    );
}

#[tokio::test]
async fn nobody_is_taken_for_a_user_of_the_same_name() {
    let provider = IdentityProvider::start(&json!({
        "ada": {"preferred_username": "Ada", "email": "ada@example.com", "groups": ["readers"]},
        "eve": {"preferred_username": "Ada", "email": "ada@example.com", "groups": ["readers"]},
        "bob": {"preferred_username": "bob", "groups": ["others"]},
    }));
    let server = server(&provider, &[]);
    let base = &server.base;
    let mut by_password = set_up(&server, "ada").await;

    for (login, name) in [("ada", "Ada (127.0.0.1)"), ("eve", "Ada 3 (127.0.0.1)")] {
        let mut browser = Browser::new();
        browser.sign_in(base, "/", login).await.assert(200, &[]);
        let account = browser.open(&format!("{base}/account")).await;
        account.assert(200, &[name, "commissary login --with-token"]);
        assert!(!account.body.contains("Change your password"));
    }
    let own = by_password.open(&format!("{base}/account")).await;
    own.assert(200, &["Change your password"]);
    assert_eq!(user(&server, "ada")["administrator"], true);
    assert!(user(&server, "ada")["fromGroups"].is_null());

    // Nobody is made for somebody whom no group gives a role.
    let told = [
        "nobody gave you a role here",
        "<code>bob</code>",
        "<code>others</code>",
    ];
    Browser::new()
        .sign_in(base, "/", "bob")
        .await
        .assert(403, &told);
    let listed = server.run(&["user", "list", "-o", "json"]).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn the_last_who_can_administrate_without_the_provider_stays() {
    let provider = IdentityProvider::start(&person("ada", &["platform"]));
    let server = server(&provider, &[]);
    let base = &server.base;
    set_up(&server, "root").await;
    Browser::new()
        .sign_in(base, "/", "ada")
        .await
        .assert(200, &[]);
    server
        .run(&["user", "role", "ada", "administrator"])
        .with_code(0);
    let refused = server.run(&["user", "disable", "root"]);
    assert!(
        refused.err.contains("sign in with a password"),
        "{}",
        refused.err
    );
    assert_eq!(refused.code, 7);

    // Whoever is disabled stays so, whatever the groups say.
    server.run(&["user", "disable", "ada"]).with_code(0);
    Browser::new()
        .sign_in(base, "/", "ada")
        .await
        .assert(403, &["is disabled here"]);
    assert_eq!(
        audited(&server, "session.begin")[0],
        "ada by 127.0.0.1: disabled refused"
    );
    server.run(&["user", "enable", "ada"]).with_code(0);
    Browser::new()
        .sign_in(base, "/", "ada")
        .await
        .assert(200, &[]);
}

#[tokio::test]
async fn whoever_has_no_password_takes_a_token_to_the_command_line() {
    let provider = IdentityProvider::start(&person("ada", &["readers"]));
    let server = server(&provider, &[]);
    let base = &server.base;
    let mut ada = Browser::new();
    ada.sign_in(base, "/account", "ada").await.assert(200, &[]);
    let fields = [("name", "laptop"), ("scope", "all"), ("days", "7")];
    let made = ada.submit(&format!("{base}/account/tokens"), &fields).await;
    let token = made.body.split("cmsa_").nth(1).unwrap();
    let token: String = token.chars().take(49).collect();
    let token = format!("cmsa_{token}");

    let home = tempfile::tempdir().unwrap();
    let login = |input: &str, args: &[&str]| {
        let mut command = commissary(home.path());
        command.args(["--server", base, "login"]).args(args);
        run_with_input(&mut command, input)
    };
    let password = login("any word\n", &["--user", "ada", "--password-file", "-"]);
    assert!(
        password.err.contains("login --with-token"),
        "{}",
        password.err
    );
    assert_eq!(login("cmsa_nonsense\n", &["--with-token=-"]).code, 5);
    let done = login(&format!("{token}\n"), &["--with-token=-"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("as ada (token laptop)"), "{}", done.err);
    assert!(!done.err.contains(&token) && !done.out.contains(&token));
    let mut listing = commissary(home.path());
    listing.args(["--server", base, "workspace", "list", "-o", "json"]);
    let seen = Done::of(listing.output().unwrap()).json();
    assert_eq!(seen["items"].as_array().unwrap().len(), 1);

    // Without a group the token gives nothing either.
    provider.knows(&person("ada", &[]));
    ada.sign_in(base, "/", "ada").await.assert(403, &[]);
    let mut listing = commissary(home.path());
    listing.args(["--server", base, "workspace", "list", "-o", "json"]);
    let seen = Done::of(listing.output().unwrap()).json();
    assert!(seen["items"].as_array().unwrap().is_empty());
}
