//! Every route against every role, as data.

mod columns;
mod table;

use std::collections::BTreeSet;

use commissary_server::{Area, openapi_text, routes};

use crate::support::{Answer, Caller, World, key};
use columns::{COLUMNS, Column};
use table::{Expected, Expected::*, ROWS, Row};

#[tokio::test]
async fn every_route_answers_every_role_as_the_table_says() {
    let rows: BTreeSet<(&str, &str)> = ROWS.iter().map(|row| (row.method, row.path)).collect();
    let missing: Vec<String> = routes()
        .iter()
        .filter(|route| !rows.contains(&(route.method.as_str(), route.path)))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    assert!(
        missing.is_empty(),
        "add a row to crates/server/tests/server/authorization/table.rs for: {missing:#?}"
    );
    assert_eq!(rows.len(), ROWS.len(), "a route has two rows");
    assert_eq!(rows.len(), routes().len(), "a row is of no route");

    let world = World::with_provider("prod", key::READY).await;
    let people = columns::arrive(&world).await;
    let mut wrong = Vec::new();
    for (number, row) in ROWS.iter().enumerate() {
        for (column, expected) in COLUMNS.iter().zip(row.rule) {
            let unique = format!("{number}-{}", *column as usize);
            let targets = people.targets(&world, &unique).await;
            let answer = people.ask(&world, *column, row, &unique, &targets).await;
            let found = outcome(row, &answer);
            if found != Some(expected) {
                wrong.push(format!(
                    "{} {} by {column:?}: {expected:?} expected, answered {} {}",
                    row.method, row.path, answer.status, answer.body
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!(
        "{} routes x {} roles: {} answers as the table says",
        ROWS.len(),
        COLUMNS.len(),
        ROWS.len() * COLUMNS.len()
    );
}

/// What an answer means; none for one that nobody should get.
fn outcome(row: &Row, answer: &Answer) -> Option<Expected> {
    let to_sign_in = answer.header("location").starts_with("/sign-in");
    // Signing out leads there as well.
    let leads_there = row.path == "/sign-out" && answer.cookie("commissary-session").is_some();
    match answer.status.as_u16() {
        401 => Some(SignIn),
        303 if to_sign_in && !leads_there => Some(SignIn),
        403 => Some(Forbidden),
        404 => Some(NotFound),
        status if status < 500 => Some(Allowed),
        _ => None,
    }
}

/// Whatever would change something and comes by browser from another site is
/// refused before anything else, on every route.
#[tokio::test]
async fn no_route_lets_another_site_change_anything() {
    let world = World::with_provider("prod", key::READY).await;
    let people = columns::arrive(&world).await;
    let mut refused = 0;
    for row in ROWS.iter().filter(|row| row.method != "GET") {
        let targets = people.targets(&world, "x").await;
        for header in [
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://evil.example"),
            ("origin", "null"),
        ] {
            let request = people.request(&world, Column::Global, row, "x", &targets);
            let (mut parts, body) = request.into_parts();
            parts.headers.remove("sec-fetch-site");
            parts.headers.insert(header.0, header.1.parse().unwrap());
            let answer = world
                .send(axum::http::Request::from_parts(parts, body))
                .await;
            assert_eq!(answer.status, 403, "{} {} {header:?}", row.method, row.path);
            assert!(answer.body.contains("another site"), "{}", answer.body);
            refused += 1;
        }
    }
    println!("{refused} requests from another site refused");
}

/// What a stranger sees on each route.
#[tokio::test]
async fn a_stranger_sees_what_is_public_and_nothing_else() {
    let world = World::with_provider("prod", key::READY).await;
    for route in routes() {
        let path = route
            .path
            .replace("{workspace}", "team-a")
            .replace("{name}", "prod");
        let answer = world
            .as_caller(Caller::Nobody, route.method.as_str(), &path)
            .await;
        if path == "/api/openapi.json" {
            // Its examples are the same everywhere.
            assert_eq!(answer.body, openapi_text());
            continue;
        }
        for inside in ["team-a", "AKIA", "123456789012"] {
            let shown = answer.body.replace(&path, "");
            assert!(
                !shown.contains(inside),
                "{} {path}: {}",
                route.method,
                answer.body
            );
        }
        let area = match route.area {
            Area::Api => "API",
            Area::Console => "console",
        };
        println!(
            "{area:8} {:6} {:70} {}",
            route.method, route.path, answer.status
        );
    }
}
