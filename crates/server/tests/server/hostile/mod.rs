//! Names and texts that were made to break out of a page: in every form, query,
//! path and header, and from an AWS that lies. Each page is read as a browser reads
//! it, and nothing of them may have become markup.

mod forms;
mod page;

use axum::body::Body;
use axum::http::header;
use commissary_server::{Area, routes};
use serde_json::json;

use crate::support::{Answer, Caller, World, key, percent, provider_body};
use forms::FORMS;
use page::faults;

/// Each would leave something behind whose name is `canary`.
const HOSTILE: [&str; 16] = [
    "<canary>",
    "\"><canary x=\"",
    "'><canary x='",
    "\" canary=\"1",
    "' canary='1",
    "x canary=1",
    "</title><canary>",
    "</textarea></select></option><canary>",
    "</script><script>canary()</script>",
    "<svg/onload=canary()>",
    "<!--<canary>",
    "&lt;canary&gt;&#60;canary&#62;",
    "javascript:canary()",
    "{{ 7*7 }}{% canary %}${canary}",
    "\u{202e}\u{2066}yranac<\u{2069}canary>",
    "a\0<canary>\r\nset-cookie: canary=1",
];

/// What was found where.
#[derive(Default)]
struct Sweep {
    pages: usize,
    wrong: Vec<String>,
}

impl Sweep {
    fn look(&mut self, what: &str, answer: &Answer) {
        self.pages += 1;
        let faults = faults(answer).into_iter();
        self.wrong
            .extend(faults.map(|fault| format!("{what}: {fault}")));
    }

    /// How many answers were looked at; nothing broke out of any.
    fn end(self) -> usize {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        self.pages
    }
}

/// The path of a route in these tests.
fn at(path: &str, name: &str) -> String {
    path.replace("{workspace}", name)
        .replace("{name}", name)
        .replace("{user}", name)
        .replace("{id}", name)
        .replace("{file}", name)
        .replace("{release}", name)
        .replace("{check}", name)
}

#[tokio::test]
async fn nothing_that_is_typed_into_a_form_breaks_out() {
    let world = World::with_provider("prod", key::MISSING).await;
    let mut sweep = Sweep::default();
    for (path, fields) in FORMS {
        let path = at(path, "x")
            .replace("/workspaces/x", "/workspaces/team-a")
            .replace(
                "infrastructure-providers/x",
                "infrastructure-providers/prod",
            );
        for hostile in HOSTILE {
            for field in *fields {
                let sent: Vec<(&str, &str)> = fields
                    .iter()
                    .map(|name| match name == field {
                        true => (*name, hostile),
                        false => (*name, "x"),
                    })
                    .collect();
                let answer = world.submit(&path, &sent).await;
                sweep.look(&format!("{path} {field}={hostile:?}"), &answer);
                if answer.status == 303 && answer.cookie("commissary-flash").is_some() {
                    let told = world.follow(&answer).await;
                    sweep.look(&format!("after {path} {field}={hostile:?}"), &told);
                }
            }
        }
    }
    // What was kept of it is shown on these.
    for page in [
        "/",
        "/people",
        "/account",
        "/audit-log",
        "/workspaces/team-a/people",
    ] {
        let answer = world.open(page).await;
        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
        sweep.look(page, &answer);
    }
    println!("{} answers, and nothing broke out", sweep.end());
}

#[tokio::test]
async fn no_path_query_or_header_breaks_out() {
    let world = World::with_provider("prod", key::READY).await;
    let mut sweep = Sweep::default();
    let pages = routes()
        .iter()
        .filter(|route| route.method == "GET" && route.area == Area::Console);
    for route in pages {
        for hostile in HOSTILE {
            let hostile = percent(hostile);
            let query = [
                "cursor",
                "actor",
                "workspace",
                "since",
                "next",
                "tool",
                "userName",
            ];
            let query = query.map(|name| format!("{name}={hostile}"));
            for caller in [Caller::Browser, Caller::Nobody] {
                let path = at(route.path, &hostile);
                sweep.look(&path, &world.as_caller(caller, "GET", &path).await);
                for pair in &query {
                    let path = format!("{}?{pair}", at(route.path, "team-a"));
                    sweep.look(&path, &world.as_caller(caller, "GET", &path).await);
                }
            }
        }
    }
    for hostile in HOSTILE {
        for name in [
            "host",
            "user-agent",
            "x-forwarded-host",
            "referer",
            "cookie",
        ] {
            let request = world.request(Caller::Browser, "GET", "/people");
            let request = request.header(name, hostile.replace(['\0', '\r', '\n'], ""));
            // A header cannot hold everything.
            if let Ok(request) = request.body(Body::empty()) {
                sweep.look(&format!("{name}: {hostile}"), &world.send(request).await);
            }
        }
    }
    println!("{} answers, and nothing broke out", sweep.end());
}

#[tokio::test]
async fn names_that_were_kept_do_not_break_out() {
    let world = World::with_provider("prod", key::READY).await;
    let mut sweep = Sweep::default();
    let mut kept = 0;
    for hostile in HOSTILE {
        let invited =
            json!({"name": hostile, "roles": {"team-a": "viewer"}, "administrator": false});
        let invited = world.post_json("/api/v1/invitations", &invited).await;
        if invited.status == 201 {
            kept += 1;
            let link = invited.json()["path"].as_str().unwrap().to_owned();
            let page = world.as_caller(Caller::Nobody, "GET", &link).await;
            sweep.look("the invitation", &page);
            let token = link.split("token=").nth(1).unwrap();
            // From a browser that says something as hostile of itself.
            let form = format!("token={token}&password=a+long+enough+password");
            let request = world
                .request(Caller::Nobody, "POST", "/invitation")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::USER_AGENT, hostile);
            let begun = world.send(request.body(Body::from(form)).unwrap()).await;
            assert_eq!(begun.status, 303, "{}", begun.body);
            let session = begun.cookie("commissary-session").unwrap();
            for page in ["/account", "/", "/workspaces/team-a/people"] {
                let request = world
                    .request(Caller::Nobody, "GET", page)
                    .header(header::COOKIE, format!("commissary-session={session}"));
                let answer = world.send(request.body(Body::empty()).unwrap()).await;
                assert_eq!(answer.status, 200, "{}", answer.body);
                sweep.look(page, &answer);
            }
            let page = format!("/people/{}", percent(hostile));
            let answer = world.open(&page).await;
            assert_eq!(answer.status, 200, "{page}: {}", answer.body);
            sweep.look(&page, &answer);
        }
        let request = world
            .request(Caller::Browser, "POST", "/api/v1/tokens")
            .header(header::CONTENT_TYPE, "application/json");
        let body = json!({"name": hostile}).to_string();
        let made = world.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(made.status == 201, invited.status == 201, "{hostile:?}");
    }
    // All but those with characters that hide something.
    assert_eq!(kept, HOSTILE.len() - 2);
    for page in [
        "/people",
        "/account",
        "/audit-log",
        "/workspaces/team-a/people",
    ] {
        let answer = world.open(page).await;
        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
        sweep.look(page, &answer);
    }
    println!("{} answers, and nothing broke out", sweep.end());
}

#[tokio::test]
async fn what_a_lying_aws_says_does_not_break_out() {
    let mut sweep = Sweep::default();
    for hostile in HOSTILE {
        let world = World::with_workspace().await;
        *world.cloud.lie.lock().unwrap() = Some(hostile);
        let added = world.add(provider_body("prod", key::MISSING)).await;
        assert_eq!(added.status, 201, "{}", added.body);
        let provider = "/workspaces/team-a/infrastructure-providers/prod";
        for page in [provider, "/workspaces/team-a/infrastructure-providers"] {
            let answer = world.open(page).await;
            assert_eq!(answer.status, 200, "{page}: {}", answer.body);
            sweep.look(&format!("{page} with {hostile:?}"), &answer);
        }
        let edit = world.open(&format!("{provider}/edit")).await;
        sweep.look("the form", &edit);
        // It does not say who it is, but why it says nothing.
        let refused = provider_body("refused", key::REFUSED);
        let fields = [
            ("name", "refused"),
            ("accessKeyId", key::REFUSED),
            ("secretAccessKey", crate::support::SECRET),
            ("region", "us-east-1"),
            ("release", "kommander-2.2"),
        ];
        let new = "/workspaces/team-a/infrastructure-providers/new";
        sweep.look("a refusal", &world.submit(new, &fields).await);
        sweep.look("a refusal", &world.add(refused).await);
    }
    println!("{} answers, and nothing broke out", sweep.end());
}

/// Ways back that lead elsewhere, as they were found in other products.
const OUTSIDE: [&str; 16] = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https:evil.example",
    "javascript:canary()",
    "data:text/html,x",
    "/%0d%0alocation:%20https://evil.example\r\nx: y",
    "@evil.example",
];

#[tokio::test]
async fn no_way_back_leads_to_another_site() {
    let world = World::new().await;
    let mut sweep = Sweep::default();
    for next in OUTSIDE {
        let page = format!("/sign-in?next={}", percent(next));
        let page = world.as_caller(Caller::Nobody, "GET", &page).await;
        sweep.look(next, &page);
        let fields = [
            ("name", "admin"),
            ("password", crate::support::PASSWORD),
            ("next", next),
        ];
        let begun = world.submit_as(Caller::Nobody, "/sign-in", &fields).await;
        assert_eq!(begun.status, 303, "{next}: {}", begun.body);
        let location = begun.header("location");
        assert!(
            location == "/" || location.starts_with("/%0d%0a"),
            "{next} leads to {location}"
        );
        sweep.look(next, &begun);
    }
    println!("{} answers, and nothing broke out", sweep.end());
}
