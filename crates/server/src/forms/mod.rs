//! What holds for every form of the console, whatever it is about: it is answered by leading on to
//! a page (`led_on`), which is kept for a while where the form itself is shown again (`kept`), and
//! what was typed outlives the session that it was typed in (`brought_back`).

mod brought_back;
mod kept;
mod led_on;
mod row;

pub(crate) use brought_back::{BroughtBack, FORM, brought_back, may_be_secret};
pub(crate) use kept::kept;
pub(crate) use led_on::{LedTo, ShownOnce, led_on};
pub(crate) use row::FormRow;
