//! `GET …/checks/{check}/events`: what a check does, as server-sent events with
//! ids (WHATWG HTML Standard, "Server-sent events"). They are read from the store,
//! so that it does not matter which process runs the check; who was cut off goes
//! on after its `Last-Event-ID`.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use commissary_core::domain::{Check, CheckEvent, CheckState};
use commissary_core::{Action, Actor, Error};
use tokio::sync::mpsc;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;
use tracing::Instrument as _;

use crate::api::Names;
use crate::api::events::{WAITING, event, keep_alive};
use crate::api::wire::CheckJson;
use crate::describe::{Operation, Tag, headers};
use crate::layers::RequestId;
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How often the store is asked for more.
const LOOK: Duration = Duration::from_millis(200);

/// The id of the last event: the check as it ended.
const END: &str = "end";

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "checkEvents",
        Tag::Checks,
        "What a check does, as server-sent events",
    )
    .about(
        "Each step is a `progress` event with an id; the last event, `end`, has the check as it \
             ended.",
    )
    .takes(Action::ReadProvider)
    .reads(headers::LAST_EVENT_ID)
    .tells::<CheckEvent, CheckJson>()
}

pub(crate) async fn check_events(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name, id)): Names<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let check = app
        .commissary
        .show_check(&actor, &workspace, &name, &id)
        .await?;
    let (tell, told) = mpsc::channel(WAITING);
    let follower = Follower {
        app,
        actor,
        place: (workspace, name),
        after: seen(&headers, check.state),
    };
    let request = RequestId::current();
    let following = async move {
        if let Err(error) = follower.follow(check, &tell).await {
            let problem = Problem::from(error);
            // Whoever hung up does not hear it.
            let _ = tell.send(event("problem", &problem.body(request))).await;
        }
    };
    tokio::spawn(following.in_current_span());
    let stream = ReceiverStream::new(told).map(Ok::<_, Infallible>);
    Ok(Sse::new(stream).keep_alive(keep_alive()).into_response())
}

/// The number of the last event that the caller heard; none is 0.
fn seen(headers: &HeaderMap, state: CheckState) -> u32 {
    let given = headers.get("last-event-id");
    match given.and_then(|value| value.to_str().ok()) {
        Some(END) if state != CheckState::Running => u32::MAX,
        Some(text) => text.parse().unwrap_or_default(),
        None => 0,
    }
}

struct Follower {
    app: App,
    actor: Actor,
    place: (String, String),
    after: u32,
}

impl Follower {
    /// Tells events until the check has ended or nobody listens.
    async fn follow(mut self, check: Check, tell: &mpsc::Sender<Event>) -> Result<(), Error> {
        let product = self.app.commissary.clone();
        let (workspace, name) = self.place;
        let (actor, mut check) = (self.actor, check);
        loop {
            let events = product
                .check_events(&actor, &workspace, &name, check.id, self.after)
                .await?;
            // How it stood before these events were read decides: none comes later.
            let over = check.state != CheckState::Running && events.is_empty();
            for (number, step) in events {
                self.after = number;
                let told = event("progress", &step).id(number.to_string());
                if tell.send(told).await.is_err() {
                    return Ok(());
                }
            }
            if over {
                let last = event("end", &CheckJson::of(&check)).id(END);
                let _ = tell.send(last).await;
                return Ok(());
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                () = tell.closed() => return Ok(()),
            }
            let id = check.id.to_string();
            check = product.show_check(&actor, &workspace, &name, &id).await?;
        }
    }
}
