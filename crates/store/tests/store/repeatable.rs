//! Requests that may be sent again.

use commissary_core::domain::{KeptAnswer, RepeatableRequest, Repeated};
use commissary_core::ports::Store as _;
use jiff::{SignedDuration, Timestamp};

use crate::samples::{Home, event, new_id, now};

/// What a hash of a request looks like; it must not be found in the file.
const CONTENT: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

fn request(at: Timestamp, content: &str) -> RepeatableRequest {
    RepeatableRequest {
        id: new_id(),
        caller: "token:1".to_owned(),
        key: "key".to_owned(),
        content: content.into(),
        began_at: at,
        lease_until: at + SignedDuration::from_secs(30),
        expires_at: at + SignedDuration::from_hours(24),
    }
}

fn answer() -> KeptAnswer {
    KeptAnswer {
        status: 201,
        headers: vec![("location".to_owned(), "/x".to_owned())],
        body: b"{\"name\":\"x\"}".to_vec(),
    }
}

#[tokio::test]
async fn a_request_is_known_again_until_it_expires() {
    let home = Home::new();
    let store = home.open().await;
    let at = now();
    let first = request(at, CONTENT);
    let begin = async |request: &RepeatableRequest| store.begin_request(request).await.unwrap();
    assert_eq!(begin(&first).await, Repeated::First);
    assert_eq!(begin(&request(at, CONTENT)).await, Repeated::Running);
    assert_eq!(begin(&request(at, "another")).await, Repeated::Other);
    let elsewhere = RepeatableRequest {
        caller: "token:2".to_owned(),
        ..request(at, CONTENT)
    };
    assert_eq!(begin(&elsewhere).await, Repeated::First);

    // Nobody says that it is being done; then somebody does after all.
    let later = at + SignedDuration::from_mins(1);
    assert_eq!(begin(&request(later, CONTENT)).await, Repeated::Lost);
    let until = later + SignedDuration::from_secs(30);
    store.renew_request(first.id, until).await.unwrap();
    assert_eq!(begin(&request(later, CONTENT)).await, Repeated::Running);
    store.keep_answer(first.id, &answer()).await.unwrap();
    let answered = Repeated::Answered(answer());
    assert_eq!(begin(&request(later, CONTENT)).await, answered);
    assert_eq!(begin(&request(later, "another")).await, Repeated::Other);

    // A new root key changes nothing for it.
    store
        .begin_key_rotation(&event("key.rotate"))
        .await
        .unwrap();
    loop {
        let step = event("key.rotate");
        let left = store.continue_key_rotation(100, &step).await.unwrap().older;
        if left.is_empty() {
            break;
        }
    }
    assert_eq!(begin(&request(later, CONTENT)).await, answered);

    let expired = at + SignedDuration::from_hours(24);
    let anew = request(expired, "another");
    assert_eq!(begin(&anew).await, Repeated::First);
    store.forget_request(anew.id).await.unwrap();
    assert_eq!(begin(&request(expired, CONTENT)).await, Repeated::First);
}

#[tokio::test]
async fn what_was_asked_lies_nowhere_in_the_open() {
    let home = Home::new();
    let store = home.open().await;
    let first = request(now(), CONTENT);
    store.begin_request(&first).await.unwrap();
    store.keep_answer(first.id, &answer()).await.unwrap();
    store.close().await;
    for file in std::fs::read_dir(home.dir()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let found = bytes
            .windows(CONTENT.len())
            .any(|window| window == CONTENT.as_bytes());
        assert!(!found, "{}", path.display());
    }
}
