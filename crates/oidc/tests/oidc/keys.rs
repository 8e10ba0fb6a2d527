//! Keys that change, and how often they are asked for.

use serde_json::json;

use crate::liar::{Liar, identify};

#[tokio::test]
async fn a_new_key_is_fetched_when_it_is_met_and_nobody_hammers_the_provider() {
    let liar = Liar::start();
    let provider = liar.provider();
    let honest = json!({});
    for _ in 0..5 {
        identify(&provider, &honest).await.unwrap();
    }
    assert_eq!(liar.ask("/asked").await, "1");
    liar.ask("/rotate").await;
    identify(&provider, &honest).await.unwrap();
    assert_eq!(liar.ask("/asked").await, "2");
    // Whoever makes up keys has them fetched once in a while only.
    let made_up = json!({"header": {"kid": "made up"}});
    for _ in 0..20 {
        identify(&provider, &made_up).await.unwrap_err();
    }
    assert_eq!(liar.ask("/asked").await, "2");
    liar.clock.go_on(31);
    identify(&provider, &made_up).await.unwrap_err();
    assert_eq!(liar.ask("/asked").await, "3");
}
