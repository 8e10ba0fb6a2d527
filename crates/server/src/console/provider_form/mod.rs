//! The form of an infrastructure provider: to add one and to edit one.

pub(crate) mod edit;
mod form;
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
    messages
}

fn notice(notice: &Notice) -> Message {
    let label = notice.field.as_deref().and_then(form::label);
    Message::attention(match label {
        Some(label) => format!("{label}: {}", notice.message),
        None => notice.message.clone(),
    })
}
