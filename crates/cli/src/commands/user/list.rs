//! `commissary user list`.

use std::process::ExitCode;

use serde_json::Value;

use super::{PATH, rights};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, moment, table, text};

pub(super) async fn run(client: &Client, output: Format) -> Result<ExitCode, Failure> {
    let list = client.list(&[PATH]).await?;
    output.print(&list, |list| {
        let items = list.get("items").and_then(Value::as_array);
        let rows = items.into_iter().flatten().map(row).collect();
        table(
            &["name", "may do", "sign-in", "since"],
            rows,
            "nobody yet; open the setup link that `commissary serve` printed",
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn row(user: &Value) -> Vec<String> {
    let disabled = user.get("disabled").and_then(Value::as_bool);
    let sign_in = match disabled {
        Some(true) => "disabled",
        _ => "enabled",
    };
    vec![
        text(user, "name").to_owned(),
        rights(user),
        sign_in.to_owned(),
        moment(text(user, "createdAt")),
    ]
}
