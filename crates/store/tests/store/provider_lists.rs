//! Lists of providers: searched, sorted, counted, page after page.

use commissary_core::domain::{
    CheckSummary, Page, Provider, ProviderOrder, ProviderPlace, ProviderQuery, ProviderSort,
    ProviderStatus, Workspace,
};
use commissary_core::ports::Store as _;
use commissary_store::SqlStore;

use crate::samples::{
    Home, all_providers, event, identity, kept_provider, kept_workspace, key, now, provider,
};

/// Every way in which a provider can stand: refused or not, never checked, and checked with
/// and without something of each verdict.
fn standings(team: &Workspace) -> Vec<Provider> {
    let mut all = Vec::new();
    for refused in [false, true] {
        for counts in 0..=16_usize {
            let mut one = provider(team, &format!("p{}{counts}", u8::from(refused)));
            one.refusal = refused.then(|| "AWS does not know this access key".to_owned());
            let has = |bit: usize| (counts >> bit) & 1;
            one.last_check = (counts < 16).then(|| CheckSummary {
                at: now(),
                allowed: has(0),
                denied: has(1),
                conditional: has(2),
                unverifiable: has(3),
            });
            one.identity = (counts % 3 == 0).then(identity);
            one.key_since = now();
            all.push(one);
        }
    }
    // What was added first is not what comes first by name.
    all.reverse();
    all
}

async fn keep(store: &SqlStore, providers: &[Provider]) {
    for provider in providers {
        let added = event("provider.add");
        let key = key();
        let done = store.insert_provider(provider, &key, &added);
        done.await.unwrap();
    }
}

/// What follows `after`, two at a time.
async fn two(
    store: &SqlStore,
    team: &Workspace,
    query: &ProviderQuery,
    after: Option<&str>,
) -> Page<Provider> {
    let place = after.map(|key| ProviderPlace::parse(key, query.order).unwrap());
    let page = store.providers(team.id, query, place.as_ref(), 2).await;
    let page = page.unwrap();
    assert!(page.items.len() <= 2);
    page
}

async fn paged(store: &SqlStore, team: &Workspace, query: &ProviderQuery) -> Vec<Provider> {
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = two(store, team, query, after.as_deref()).await;
        seen.extend(page.items);
        match page.next {
            Some(next) => after = Some(next),
            None => return seen,
        }
    }
}

fn names(providers: &[Provider]) -> Vec<String> {
    providers.iter().map(|one| one.name.to_string()).collect()
}

#[tokio::test]
async fn every_order_is_kept_over_all_pages_both_ways() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let other = kept_workspace(&store, "team-b").await;
    kept_provider(&store, &other, "elsewhere").await;
    let kept = standings(&team);
    keep(&store, &kept).await;
    let sorted_by = |sort: ProviderSort, one: &Provider| match sort {
        ProviderSort::Name => String::new(),
        ProviderSort::Account => {
            let identity = one.identity.as_ref();
            identity.map_or(String::new(), |who| who.account_id.clone())
        }
        ProviderSort::Status => one.status().word().to_owned(),
        ProviderSort::KeySince => format!("{:.9}", one.key_since),
        ProviderSort::LastCheck => {
            let check = one.last_check;
            check.map_or(String::new(), |check| format!("{:.9}", check.at))
        }
        ProviderSort::Created => format!("{:.9}", one.created_at),
    };
    for by in ProviderSort::ALL {
        let mut expected = kept.clone();
        expected.sort_by_key(|one| (sorted_by(by, one), one.name.to_string()));
        for descending in [false, true] {
            let order = ProviderOrder { by, descending };
            let query = ProviderQuery {
                order,
                ..ProviderQuery::default()
            };
            let seen = paged(&store, &team, &query).await;
            assert_eq!(names(&seen), names(&expected), "{order}");
            expected.reverse();
        }
    }
}

#[tokio::test]
async fn the_database_knows_how_a_provider_stands_as_the_product_does() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = standings(&team);
    keep(&store, &kept).await;
    let mut counts = Vec::new();
    for status in ProviderStatus::ALL {
        let query = ProviderQuery {
            status: Some(status),
            ..ProviderQuery::default()
        };
        let seen = paged(&store, &team, &query).await;
        let mut expected = kept.clone();
        expected.retain(|one| one.status() == status);
        expected.sort_by_key(|one| one.name.to_string());
        assert_eq!(names(&seen), names(&expected), "{}", status.word());
        counts.push((status, seen.len() as u64));
    }
    assert!(counts.iter().all(|(_, count)| *count > 0), "{counts:?}");
    assert_eq!(store.provider_counts(team.id).await.unwrap(), counts);
    let empty = kept_workspace(&store, "team-b").await;
    assert!(store.provider_counts(empty.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_part_of_the_name_or_of_the_account_finds_it() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let mut known = provider(&team, "Prod_EU");
    known.identity = Some(identity());
    keep(
        &store,
        &[
            known,
            provider(&team, "prodXeu"),
            provider(&team, "staging"),
        ],
    )
    .await;
    let account = identity().account_id;
    for (search, found) in [
        ("prod", vec!["Prod_EU", "prodXeu"]),
        ("D_e", vec!["Prod_EU"]),
        ("%", vec![]),
        ("\\", vec![]),
        ("'; DROP TABLE providers; --", vec![]),
        (account.get(2..9).unwrap(), vec!["Prod_EU"]),
    ] {
        let query = ProviderQuery {
            search: Some(search.to_owned()),
            ..ProviderQuery::default()
        };
        assert_eq!(
            names(&paged(&store, &team, &query).await),
            found,
            "{search}"
        );
    }
    assert_eq!(all_providers(&store, &team).await.len(), 3);
}

#[tokio::test]
async fn pages_go_on_by_name_while_providers_come() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    for name in ["b", "C", "a", "D", "E"] {
        kept_provider(&store, &team, name).await;
    }
    let by_name = ProviderQuery::default();
    let first = two(&store, &team, &by_name, None).await;
    // One behind the place is not seen any more, one before it is.
    kept_provider(&store, &team, "A1").await;
    kept_provider(&store, &team, "d1").await;
    let second = two(&store, &team, &by_name, first.next.as_deref()).await;
    let third = two(&store, &team, &by_name, second.next.as_deref()).await;
    let seen = [first.items, second.items, third.items].concat();
    assert_eq!(names(&seen), ["a", "b", "C", "D", "d1", "E"]);
    assert_eq!(third.next, None);
}
