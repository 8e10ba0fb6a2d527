//! `/api/v1/workspaces/{workspace}/bootstrap`: a user is made in an account, and taken back, with
//! an administrator's keys that are lent and not kept.

mod input;
pub(crate) mod make;
pub(crate) mod plan;
pub(crate) mod undo;
pub(crate) mod wish;

use commissary_core::domain::Words;

pub(crate) use input::tags_of;
pub(crate) use make::make_user;
pub(crate) use plan::plan_user;
pub(crate) use undo::undo_user;

/// The choices as they are called here.
const WORDS: Words = Words {
    undo: "`bootstrap/undo`",
    change_others: "`changeOthers`",
    user_name: "`userName`",
    another_key: "`newKey`",
    replace_key: ["`\"replaceKey\": \"", "\"`"],
    kept_key: "is sealed as the infrastructure provider already",
};
