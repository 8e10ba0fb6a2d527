//! One authenticated request, as an operation sees it.

use jiff::Timestamp;

use crate::account::principal::Principal;
use crate::random::Random;
use crate::wire::params::Params;

/// What an operation is told besides the account.
pub(crate) struct Call<'a> {
    pub(crate) params: &'a Params,
    pub(crate) caller: &'a Principal,
    /// In whole seconds, as AWS keeps its dates.
    pub(crate) now: Timestamp,
    pub(crate) random: &'a Random,
}
