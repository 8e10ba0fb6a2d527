//! Forms that are sent after their session: what was typed is on the same page again after the
//! sign-in, but for secrets.

use serde_json::json;

use crate::support::{Answer, Caller, SECRET, World, decoded, key};

/// A form: its address, its page, what is typed, and what of that is on the page then.
struct Typed {
    form: &'static str,
    page: &'static str,
    fields: &'static [(&'static str, &'static str)],
    again: &'static [&'static str],
}

const FORMS: &[Typed] = &[
    Typed {
        form: "/workspaces",
        page: "/",
        fields: &[("name", "team-b")],
        again: &["id=\"name\" name=\"name\" value=\"team-b\""],
    },
    Typed {
        form: "/workspaces/team-a/infrastructure-providers/prod/check",
        page: "/workspaces/team-a/infrastructure-providers/prod",
        fields: &[
            ("ways", "chosen"),
            ("rungs", "policies"),
            ("administrator.accessKeyId", key::READY),
            ("administrator.secretAccessKey", SECRET),
        ],
        again: &[
            key::READY,
            "value=\"policies\" checked",
            "value=\"simulation\"><",
            "<details class=\"lend\" id=\"lend\" open>",
        ],
    },
    Typed {
        form: "/workspaces/team-a/infrastructure-providers/prod/delete",
        page: "/workspaces/team-a/infrastructure-providers/prod/delete",
        fields: &[("confirm", "prod")],
        again: &["name=\"confirm\" value=\"prod\""],
    },
    Typed {
        form: "/workspaces/team-a/make-a-user",
        page: "/workspaces/team-a/make-a-user",
        fields: &[
            ("do", "plan"),
            ("administrator.accessKeyId", key::READY),
            ("administrator.secretAccessKey", SECRET),
            ("userName", "machines"),
            ("policyName", "machines-policy"),
            ("region", "eu-west-1"),
            ("release", "capa-2.11"),
            ("features.capa-2.11", "eks"),
            ("tags", "team=a\nstage=test"),
        ],
        again: &[
            key::READY,
            "value=\"machines\"",
            "value=\"machines-policy\"",
            "value=\"eu-west-1\"",
            "<option value=\"capa-2.11\" selected>",
            "name=\"features.capa-2.11\" value=\"eks\" checked",
            "team=a\nstage=test</textarea>",
        ],
    },
    Typed {
        form: "/workspaces/team-a/take-a-user-back",
        page: "/workspaces/team-a/take-a-user-back",
        fields: &[
            ("do", "plan"),
            ("administrator.secretAccessKey", SECRET),
            ("userName", "machines"),
            ("policyName", "machines-policy"),
            ("region", "eu-west-1"),
            ("provider", "prod"),
        ],
        again: &[
            "value=\"machines\"",
            "value=\"machines-policy\"",
            "value=\"eu-west-1\"",
            "name=\"deleteProvider\" value=\"yes\">",
        ],
    },
    Typed {
        form: "/people",
        page: "/people",
        fields: &[
            ("name", "ada"),
            ("administrator", "yes"),
            ("role", "operator team-a"),
        ],
        again: &[
            "value=\"ada\"",
            "name=\"administrator\" value=\"yes\" checked",
            "<option value=\"operator team-a\" selected>",
        ],
    },
    Typed {
        form: "/people/admin/delete",
        page: "/people/admin",
        fields: &[("confirm", "admin")],
        again: &["name=\"confirm\" value=\"admin\""],
    },
    Typed {
        form: "/workspaces/team-a/people",
        page: "/workspaces/team-a/people",
        fields: &[("name", "ada"), ("role", "operator")],
        again: &[
            "id=\"name\" name=\"name\" value=\"ada\"",
            "name=\"role\"><option>viewer</option><option selected>operator</option>",
        ],
    },
    Typed {
        form: "/workspaces/team-a/people/invite",
        page: "/workspaces/team-a/people",
        fields: &[("name", "ada"), ("role", "operator")],
        again: &[
            "id=\"new-name\" name=\"name\" value=\"ada\"",
            "id=\"name\" name=\"name\" value=\"\"",
        ],
    },
    Typed {
        form: "/account/tokens",
        page: "/account",
        fields: &[
            ("name", "ci"),
            ("scope", "read"),
            ("days", "30"),
            ("workspace", "team-a"),
        ],
        again: &[
            "value=\"ci\"",
            "<option value=\"read\" selected>",
            "<option value=\"30\" selected>",
            "value=\"team-a\" checked",
        ],
    },
    Typed {
        form: "/management-clusters/new",
        page: "/management-clusters/new",
        fields: &[
            ("name", "capi-eu"),
            ("connection", "inCluster"),
            ("kubeconfig", SECRET),
            ("context", "eu"),
            ("capaNamespace", "capa"),
        ],
        again: &[
            "value=\"capi-eu\"",
            "value=\"inCluster\" checked",
            "value=\"eu\"",
            "value=\"capa\"",
        ],
    },
    Typed {
        form: "/policies",
        page: "/policies",
        fields: &[
            ("release", "capa-2.11"),
            ("feature", "eks"),
            ("policy", "{\"Statement\": []}"),
        ],
        again: &[
            "<option value=\"capa-2.11\" selected>",
            "{&#34;Statement&#34;: []}</textarea>",
        ],
    },
];

async fn away(world: &World, form: &str, fields: &[(&str, &str)]) -> (Answer, String) {
    let away = world.post_form(Caller::Nobody, form, fields).await;
    let to = away.header("location");
    let next = to
        .strip_prefix("/sign-in?next=")
        .unwrap_or_else(|| panic!("{form} leads to {to}"));
    let next = decoded(next);
    (away, next)
}

#[tokio::test]
async fn what_was_typed_is_on_the_page_again() {
    let world = World::with_provider("prod", key::READY).await;
    for typed in FORMS {
        let (away, next) = away(&world, typed.form, typed.fields).await;
        assert!(!next.contains(SECRET) && !decoded(&next).contains(SECRET));
        assert_eq!(next.split('?').next().unwrap(), typed.page, "{next}");
        // The page shows what is told.
        let request = world.follow_to(&away, &next).await;
        request.assert_page(200, typed.again);
        request.assert_page(200, &["Your session had ended, so that nothing was done"]);
        assert!(request.cookie("commissary-flash").is_some(), "{next}");
    }
}

#[tokio::test]
async fn what_is_nobodys_to_type_leads_to_its_page() {
    let world = World::with_provider("prod", key::READY).await;
    let id = "0198c0de-0000-7000-8000-000000000001";
    for (form, page) in [
        (format!("/people/invitations/{id}/revoke"), "/people"),
        ("/people/admin".to_owned(), "/people/admin"),
        (format!("/account/tokens/{id}/revoke"), "/account"),
        (format!("/account/sessions/{id}/end"), "/account"),
        (
            "/management-clusters/capi/check".to_owned(),
            "/management-clusters/capi",
        ),
    ] {
        let (_, next) = away(&world, &form, &[("do", "disable")]).await;
        assert_eq!(next, page);
    }
    // A secret alone is not brought back, and that is told.
    let fields = [("currentPassword", SECRET), ("password", SECRET)];
    let (away, next) = away(&world, "/account/password", &fields).await;
    assert_eq!(next, "/account");
    let page = world.follow_to(&away, &next).await;
    page.assert_page(200, &["was not kept, because it is secret"]);
}

#[tokio::test]
async fn a_cluster_that_changed_meanwhile_is_not_overwritten() {
    let world = World::new().await;
    let cluster = json!({"name": "capi", "connection": {"method": "inCluster"}, "verify": "later"});
    let made = world
        .post_json("/api/v1/management-clusters", &cluster)
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let edit = "/management-clusters/capi/edit";
    let fields = [
        ("name", "capi-eu"),
        ("seen", "7"),
        ("capaNamespace", "capa"),
    ];
    let (_, next) = away(&world, edit, &fields).await;
    let page = world.open(&next).await;
    page.assert_page(200, &["name=\"seen\" value=\"7\"", "value=\"capi-eu\""]);
}
