//! Nothing answers without sign-in but what the table says.

use axum::body::Body;
use axum::http::{Method, header};
use commissary_server::{Access, Area, RouteInfo, routes};

use crate::support::{Caller, World, key};

/// The path of a route, filled in with a workspace and a provider that exist.
fn filled(route: &RouteInfo) -> String {
    route
        .path
        .replace("{workspace}", "team-a")
        .replace("{name}", "prod")
        .replace("{user}", "admin")
        .replace("{id}", "0198c0de-0000-7000-8000-000000000001")
        .replace("{release}", "kommander-2.2")
        .replace("{file}", "none.css")
}

#[tokio::test]
async fn everything_but_the_public_routes_asks_for_sign_in() {
    let world = World::with_provider("prod", key::READY).await;
    for route in routes()
        .iter()
        .filter(|route| route.access == Access::SignedIn)
    {
        let path = filled(route);
        let answer = world
            .as_caller(Caller::Nobody, route.method.as_str(), &path)
            .await;
        match route.area {
            Area::Api => {
                answer.assert_problem(401, "not-signed-in", &[]);
                assert_eq!(answer.header("www-authenticate"), "Bearer", "{path}");
            }
            Area::Console => {
                assert_eq!(answer.status, 303, "{path}");
                assert!(answer.header("location").starts_with("/sign-in"), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn credentials_that_are_no_credentials_open_nothing() {
    let world = World::new().await;
    let session = format!("Bearer {}", world.session);
    let token = format!("commissary-session={}", world.token);
    for (name, value) in [
        ("authorization", "Bearer nonsense"),
        ("authorization", "Bearer "),
        ("authorization", "Basic YWRtaW46YWRtaW4="),
        // A session is no API token, and a token is no session.
        ("authorization", session.as_str()),
        ("cookie", token.as_str()),
        ("cookie", "commissary-session="),
    ] {
        let request = world
            .request(Caller::Nobody, "GET", "/api/v1/workspaces")
            .header(name, value);
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        answer.assert_problem(401, "not-signed-in", &[]);
    }
}

#[tokio::test]
async fn an_authorization_that_is_presented_decides_alone() {
    let world = World::new().await;
    // A browser adds a basic authorization by itself, also for another site's
    // request, and whatever has one is past the same-origin rule.
    for authorization in ["Bearer nonsense", "Basic YWRtaW46YWRtaW4=", "Bearer", ""] {
        let request = world
            .request(Caller::Browser, "GET", "/api/v1/workspaces")
            .header(header::AUTHORIZATION, authorization);
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        answer.assert_problem(401, "not-signed-in", &[]);
    }
}

#[test]
fn only_these_are_public() {
    let public: Vec<(&Method, &str)> = routes()
        .iter()
        .filter(|route| route.access == Access::Public)
        .map(|route| (&route.method, route.path))
        .collect();
    assert_eq!(
        public,
        [
            (&Method::GET, "/healthz"),
            (&Method::GET, "/readyz"),
            (&Method::GET, "/api/openapi.json"),
            (&Method::POST, "/api/v1/login"),
            (&Method::GET, "/assets/{file}"),
            (&Method::GET, "/setup"),
            (&Method::POST, "/setup"),
            (&Method::GET, "/sign-in"),
            (&Method::POST, "/sign-in"),
            (&Method::GET, "/sign-in/oidc"),
            (&Method::GET, "/sign-in/oidc/callback"),
            (&Method::GET, "/invitation"),
            (&Method::POST, "/invitation"),
        ]
    );
}

#[tokio::test]
async fn every_route_of_the_table_answers_its_method() {
    let world = World::with_provider("prod", key::READY).await;
    for route in routes() {
        let answer = world
            .as_caller(Caller::Program, route.method.as_str(), &filled(route))
            .await;
        assert_ne!(answer.status, 405, "{} {}", route.method, route.path);
        assert_ne!(answer.status, 500, "{} {}", route.method, route.path);
        assert!(
            !answer.body.contains("nothing at this address"),
            "{}",
            route.path
        );
    }
}

#[tokio::test]
async fn what_is_not_in_the_table_is_not_there() {
    let world = World::new().await;
    for (method, path) in [
        ("GET", "/api/v1"),
        ("GET", "/api/v1/nothing"),
        ("GET", "/api/v2/workspaces"),
        ("PUT", "/api/nothing"),
    ] {
        let answer = world.as_caller(Caller::Program, method, path).await;
        answer.assert_problem(404, "not-found", &[]);
    }
    let answer = world
        .as_caller(Caller::Program, "PUT", "/api/v1/workspaces")
        .await;
    answer.assert_problem(405, "method-not-allowed", &[]);
    assert_eq!(answer.header("allow"), "GET,HEAD,POST");
    world
        .open("/nothing")
        .await
        .assert_page(404, &["Not found"]);
    let answer = world.as_caller(Caller::Nobody, "PATCH", "/sign-in").await;
    answer.assert_page(405, &["Method not allowed"]);
    assert_eq!(answer.header("allow"), "GET,HEAD,POST");
}

#[tokio::test]
async fn health_needs_no_sign_in() {
    let world = World::before_setup().await;
    for path in ["/healthz", "/readyz"] {
        let answer = world.as_caller(Caller::Nobody, "GET", path).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.json()["status"].is_string());
    }
}
