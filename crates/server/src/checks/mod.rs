//! Checks as this process runs them: one task each, that tells the store what
//! happens and that it still runs. Everything that another process must know
//! about a check is in the store.

mod run;
mod runs;

use commissary_core::{Actor, BegunCheck, CheckHow, Error};

use crate::options::App;
use crate::problem::Problem;
use crate::urls;

pub(crate) use run::{run, start};
pub use runs::Runs;

/// Begins a check; where one runs already the problem says where that one is.
pub(crate) async fn begin(
    app: &App,
    actor: &Actor,
    workspace: &str,
    name: &str,
    how: CheckHow,
) -> Result<BegunCheck, Problem> {
    let begun = app.commissary.begin_check(actor, workspace, name, how);
    begun.await.map_err(|error| {
        let running = match &error {
            Error::CheckRunning { id, .. } => Some(urls::api_check_run(workspace, name, *id)),
            _ => None,
        };
        Problem {
            location: running,
            ..Problem::from(error)
        }
    })
}
