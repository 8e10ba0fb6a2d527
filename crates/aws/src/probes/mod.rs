//! Probes: calls with the credential itself that can change nothing, and what their answers prove.
//!
//! All of them stand in one table. Those of EC2 are dry runs, wherever EC2 has these; the others
//! only read. A call that could change anything, if something about it were believed wrongly, is
//! not there.

mod existing;
mod pace;
mod proof;
mod reach;
mod request;
mod run;
mod table;

pub(crate) use self::pace::Pace;
pub(crate) use self::proof::Proof;
pub(crate) use self::run::{LEFT_OUT, Probing, Rules, Step, Wanted, run};
