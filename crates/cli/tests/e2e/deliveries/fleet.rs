//! Many providers in one workspace.

use std::collections::BTreeMap;

use futures::{StreamExt as _, stream};
use serde_json::{Value, json};

use crate::support::Server;

/// How many requests are under way at a time.
const AT_A_TIME: usize = 8;

/// The providers `p-0`, `p-1`, … of a workspace.
pub(crate) struct Fleet {
    client: reqwest::Client,
    token: String,
    /// Where they are.
    address: String,
    many: usize,
}

impl Fleet {
    /// Adds so many, with a key that AWS is not asked about.
    pub(crate) async fn add(server: &Server, workspace: &str, many: usize) -> Self {
        let fleet = Self::of(server, workspace, many);
        let all = fleet.each(async |name| {
            let body = json!({
                "name": name,
                "type": "aws",
                "authentication": {
                    "method": "static",
                    "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
                    "secretAccessKey": "k".repeat(40),
                },
                "verify": "later",
            });
            let asked = fleet.client.post(&fleet.address).json(&body);
            let answer = asked.bearer_auth(&fleet.token).send().await.unwrap();
            answer.status().as_u16()
        });
        assert_eq!(counted(all.await), BTreeMap::from([(201, many)]));
        fleet
    }

    /// So many that were added, at a server as it runs now.
    pub(crate) fn of(server: &Server, workspace: &str, many: usize) -> Self {
        let token = std::fs::read_to_string(server.data().join("admin.token")).unwrap();
        let base = &server.base;
        Self {
            client: reqwest::Client::new(),
            token: token.trim().to_owned(),
            address: format!("{base}/api/v1/workspaces/{workspace}/infrastructure-providers"),
            many,
        }
    }

    /// How many deliveries are in each state.
    pub(crate) async fn states(&self) -> BTreeMap<String, usize> {
        let all = self.each(async |name| {
            let asked = self
                .client
                .get(format!("{}/{name}/deliveries", self.address));
            let answer = asked.bearer_auth(&self.token).send().await.unwrap();
            let answer: Value = answer.json().await.unwrap();
            answer["items"][0]["state"].as_str().unwrap().to_owned()
        });
        counted(all.await)
    }

    async fn each<T>(&self, ask: impl AsyncFn(String) -> T) -> Vec<T> {
        let asked = (0..self.many).map(|number| ask(format!("p-{number}")));
        stream::iter(asked)
            .buffer_unordered(AT_A_TIME)
            .collect()
            .await
    }
}

fn counted<T: Ord>(all: Vec<T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts
}
