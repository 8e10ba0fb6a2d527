//! One check, from its begin to its end.

use std::sync::Arc;
use std::time::Duration;

use commissary_core::domain::{CheckEvent, CheckFailure, CheckState, PermissionReport};
use commissary_core::ports::{Progress, Silent};
use commissary_core::{Beat, BegunCheck, Commissary, Error, LEASE};
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinHandle};
use tracing::Instrument as _;

use super::runs::Running;
use crate::options::App;
use crate::problem::{Code, Problem};

/// How often a check says that it runs, and hears whether it is to be cancelled.
const BEAT: Duration = Duration::from_secs(1);
const _: () = assert!(BEAT.as_secs() * 10 < LEASE.as_secs().unsigned_abs());

/// Events that wait to be kept; further ones are left out, as the next tells as much.
const WAITING: usize = 256;

/// Runs a check in a task of its own and leaves it alone.
pub(crate) fn start(app: &App, begun: BegunCheck) {
    let (app, span) = (app.clone(), tracing::Span::current());
    let running = async move {
        // Whoever wants to know looks at the check.
        let _ = run(&app, begun, Arc::new(Silent)).await;
    };
    tokio::spawn(running.instrument(span));
}

/// Runs a check to its end and keeps in the store how it goes.
pub(crate) async fn run(
    app: &App,
    begun: BegunCheck,
    listener: Arc<dyn Progress>,
) -> Result<PermissionReport, Problem> {
    // Held until all of it is noted.
    let mut running = app.options.runs.enter();
    let product = app.commissary.clone();
    let id = begun.id();
    let begun = Arc::new(begun);
    tracing::info!(check = %id, "check begun");
    let (tell, heard) = mpsc::channel(WAITING);
    let teller = Teller { tell, listener };
    let ladder = {
        let (product, begun) = (product.clone(), begun.clone());
        // A task of its own: what is written about the check must not wait for
        // what the check itself is writing.
        let ladder = async move { product.run_begun_check(&begun, &teller).await };
        tokio::spawn(ladder.in_current_span())
    };
    let keeper = Keeper {
        product: &product,
        begun: &begun,
        heard,
        kept: 0,
    };
    let ended = keeper.watch(ladder, &mut running).await;
    let state = match &ended {
        Ended::Report(_) => CheckState::Done,
        Ended::Failed(_) => CheckState::Failed,
        Ended::Cancelled => CheckState::Cancelled,
        Ended::Interrupted | Ended::Lost => CheckState::Interrupted,
    };
    tracing::info!(check = %id, state = state.name(), "check ended");
    let failure = match &ended {
        Ended::Failed(error) => Some(CheckFailure::of(error)),
        Ended::Lost => product.failure_of_check(&begun).await?,
        _ => None,
    };
    if !matches!(ended, Ended::Report(_) | Ended::Lost) {
        product.end_check(&begun, state, failure.as_ref()).await?;
    }
    match ended {
        Ended::Report(report) => Ok(*report),
        Ended::Failed(error) => Err(error.into()),
        Ended::Cancelled => Err(Problem::new(Code::Conflict, "the check was cancelled")),
        Ended::Interrupted | Ended::Lost => Err(failure.map_or_else(
            || {
                Problem::new(
                    Code::NotReady,
                    "the check was interrupted: the server stops; start the check again",
                )
            },
            // A change of the provider ended it, and noted so.
            Problem::from,
        )),
    }
}

/// How a check ended.
enum Ended {
    Report(Box<PermissionReport>),
    Failed(Error),
    Cancelled,
    Interrupted,
    /// It was ended by somebody else: a change of its provider, or another process
    /// that took it to be over.
    Lost,
}

/// Tells each step to whoever waits, and to the store.
struct Teller {
    tell: mpsc::Sender<CheckEvent>,
    listener: Arc<dyn Progress>,
}

impl Progress for Teller {
    fn tell(&self, event: CheckEvent) {
        self.listener.tell(event.clone());
        // A full channel is a slow disk: the next step tells as much.
        let _ = self.tell.try_send(event);
    }
}

/// Keeps the store up to date about a check that runs.
struct Keeper<'a> {
    product: &'a Commissary,
    begun: &'a BegunCheck,
    heard: mpsc::Receiver<CheckEvent>,
    /// How many events are kept.
    kept: u32,
}

type Ladder = JoinHandle<Result<PermissionReport, Error>>;
type Climbed = Result<Result<PermissionReport, Error>, JoinError>;

impl Keeper<'_> {
    async fn watch(mut self, mut ladder: Ladder, running: &mut Running) -> Ended {
        let mut beats = tokio::time::interval(BEAT);
        let mut steps = Vec::new();
        loop {
            let asked = tokio::select! {
                done = &mut ladder => return self.finished(done).await,
                _ = beats.tick() => match self.product.beat_check(self.begun.id()).await {
                    Ok(Beat::GoOn) => continue,
                    Ok(Beat::Cancel) => Ended::Cancelled,
                    Ok(Beat::Lost) => Ended::Lost,
                    Err(error) => {
                        // The lease is longer than a few beats.
                        tracing::warn!(%error, "a check could not say that it runs");
                        continue;
                    }
                },
                count = self.heard.recv_many(&mut steps, WAITING), if !self.heard.is_closed() => {
                    if count > 0 {
                        self.keep(&std::mem::take(&mut steps)).await;
                    }
                    continue;
                }
                () = running.interrupted() => Ended::Interrupted,
            };
            ladder.abort();
            // It may have come to its end in that moment.
            return match ladder.await {
                Ok(done) if done.is_ok() => self.finished(Ok(done)).await,
                _ => asked,
            };
        }
    }

    /// Ends the check with its report, once all that it told is kept: whoever
    /// follows it hears nothing after its end.
    async fn finished(mut self, done: Climbed) -> Ended {
        self.keep_rest().await;
        match done {
            Ok(Ok(report)) => match self.product.finish_check(self.begun, &report).await {
                Ok(()) => Ended::Report(Box::new(report)),
                Err(error) => Ended::Failed(error),
            },
            Ok(Err(error)) => Ended::Failed(error),
            Err(error) => {
                tracing::error!(%error, "a check broke off");
                Ended::Interrupted
            }
        }
    }

    async fn keep_rest(&mut self) {
        let mut rest = Vec::new();
        while let Ok(step) = self.heard.try_recv() {
            rest.push(step);
        }
        if !rest.is_empty() {
            self.keep(&rest).await;
        }
    }

    async fn keep(&mut self, steps: &[CheckEvent]) {
        let first = self.kept + 1;
        match self.product.tell_check(self.begun.id(), first, steps).await {
            Ok(()) => self.kept += u32::try_from(steps.len()).unwrap_or(u32::MAX),
            Err(error) => tracing::warn!(%error, "what a check does could not be kept"),
        }
    }
}
