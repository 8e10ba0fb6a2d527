//! What every answer carries, and what no page contains.

use std::collections::HashSet;

use axum::body::Body;
use commissary_server::{Area, routes};

use crate::support::{Answer, Caller, World, key};

/// Its headers are looked at by [`World::send`], as those of every answer in these tests: of each
/// route, done and refused, in `authorization`.
#[tokio::test]
async fn every_answer_has_an_id_of_its_own_and_says_what_it_is() {
    let world = World::with_provider("prod", key::MISSING).await;
    let mut ids = HashSet::new();
    let table = routes().iter().map(|route| {
        let path = route
            .path
            .replace("{workspace}", "team-a")
            .replace("{name}", "prod");
        (route.area, route.method.as_str(), path)
    });
    let beside = [
        (Area::Console, "GET", "/nothing".to_owned()),
        (Area::Console, "PATCH", "/".to_owned()),
        (Area::Api, "GET", "/api".to_owned()),
    ];
    for (area, method, path) in table.chain(beside) {
        for caller in [Caller::Nobody, Caller::Browser] {
            let answer = world.as_caller(caller, method, &path).await;
            let id = answer.header("x-request-id").to_owned();
            assert_eq!(id.len(), 36, "{path}");
            assert!(ids.insert(id), "{path}");
            if area == Area::Console && !answer.body.is_empty() {
                let media_type = answer.header("content-type");
                assert_eq!(media_type, "text/html; charset=utf-8", "{path}");
            }
        }
    }
}

#[tokio::test]
async fn files_are_kept_by_browsers_because_their_names_change() {
    let world = World::before_setup().await;
    let page = world.as_caller(Caller::Nobody, "GET", "/sign-in").await;
    let names: Vec<&str> = page
        .body
        .split('"')
        .filter(|piece| piece.starts_with("/assets/"))
        .collect();
    assert!(names.len() >= 3, "{names:?}");
    for name in names {
        let answer = world.as_caller(Caller::Nobody, "GET", name).await;
        assert_eq!(answer.status, 200, "{name}");
        assert!(!answer.body.is_empty());
    }
    let answer = world
        .as_caller(
            Caller::Nobody,
            "GET",
            "/assets/console-0000000000000000.css",
        )
        .await;
    answer.assert_page(404, &["Not found"]);
}

/// A page that is compressed would tell by its length how much of it stands twice.
#[tokio::test]
async fn files_are_compressed_and_pages_are_not() {
    let world = World::before_setup().await;
    let encoding = async |path: &str| {
        let request = world
            .request(Caller::Nobody, "GET", path)
            .header("accept-encoding", "gzip");
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 200, "{path}");
        let encoded = answer.headers.get("content-encoding").cloned();
        (
            encoded.map(|value| value.to_str().unwrap().to_owned()),
            answer.body,
        )
    };
    let (encoded, page) = encoding("/sign-in").await;
    assert_eq!(encoded, None);
    for file in page
        .split('"')
        .filter(|piece| piece.starts_with("/assets/"))
    {
        assert_eq!(encoding(file).await.0.as_deref(), Some("gzip"), "{file}");
    }
}

/// Pages of every kind, with all that they can show.
async fn pages() -> Vec<(String, Answer)> {
    let mut pages = Vec::new();
    for key in [
        key::READY,
        key::MISSING,
        key::PARTLY,
        key::SILENT,
        key::ROOT,
    ] {
        let world = World::with_provider("prod", key).await;
        for path in [
            "/",
            "/sign-in?next=%2F%22%3E%3Cscript%3E",
            "/audit-log",
            "/nothing",
            "/workspaces/team-a/infrastructure-providers",
            "/workspaces/team-a/infrastructure-providers/new",
            "/workspaces/team-a/infrastructure-providers/prod",
            "/workspaces/team-a/infrastructure-providers/prod/delete",
            "/workspaces/%3Cscript%3Ealert(1)%3C%2Fscript%3E/infrastructure-providers",
            "/workspaces/team-a/infrastructure-providers/%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
            "/workspaces/team-a/infrastructure-providers/%FF",
        ] {
            pages.push((path.to_owned(), world.open(path).await));
        }
        let new = "/workspaces/team-a/infrastructure-providers/new";
        let hostile = [
            ("name", "\"><script>alert(1)</script>"),
            ("region", "\"onfocus=\"alert(1)"),
        ];
        pages.push((new.to_owned(), world.submit(new, &hostile).await));
    }
    let empty = World::with_workspace().await;
    let list = "/workspaces/team-a/infrastructure-providers";
    pages.push((list.to_owned(), empty.open(list).await));
    pages
}

#[tokio::test]
async fn no_page_has_a_script_or_a_style_within() {
    for (path, page) in pages().await {
        assert!(
            page.header("content-type").starts_with("text/html"),
            "{path}"
        );
        let html = page.body.to_lowercase();
        for (piece, allowed) in [("<script", 1), ("<style", 0), ("<img", 1)] {
            let found = html.matches(piece).count();
            assert!(found <= allowed, "{found} times {piece} at {path}");
        }
        // The one script is the file, without a body.
        assert!(
            html.contains("\" defer blocking=\"render\"></script>"),
            "{path}"
        );
        for tag in html.split('<').filter_map(|piece| piece.split('>').next()) {
            let inline = tag.split_whitespace().skip(1).find(|attribute| {
                attribute.starts_with("style=")
                    || attribute.starts_with("on") && attribute.contains('=')
            });
            assert_eq!(inline, None, "<{tag}> at {path}");
            assert!(!tag.contains("javascript:"), "<{tag}> at {path}");
        }
    }
}
