//! The form of an infrastructure provider: to add one and to edit one.

pub(crate) mod check;
pub(crate) mod edit;
mod form;
mod needed;
pub(crate) mod new;
mod page;
mod seen;

use commissary_core::{Notice, ProviderSaved};

use super::flash::Message;

/// What the next page tells of a provider that was saved.
fn messages(saved: &ProviderSaved) -> Vec<Message> {
    let mut messages = vec![Message::done(format!(
        "the infrastructure provider `{}` is saved",
        saved.provider.name
    ))];
    messages.extend(saved.notices.iter().map(notice));
    let missing = saved.provider.last_check.map_or(0, |check| check.denied);
    if missing > 0 {
        let permissions = match missing {
            1 => "a permission is missing, which is shown".to_owned(),
            missing => format!("{missing} permissions are missing, which are shown"),
        };
        messages.push(Message::attention(format!(
            "{permissions} below with the policy that mends it"
        )));
    }
    messages
}

fn notice(notice: &Notice) -> Message {
    let label = notice.field.as_deref().and_then(form::label);
    Message::attention(match label {
        Some(label) => format!("{label}: {}", notice.message),
        None => notice.message.clone(),
    })
}
