//! `commissary token list`.

use std::process::ExitCode;

use serde_json::Value;

use super::{PATH, scope};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, moment, or_dash, table, text};

pub(super) async fn run(client: &Client, output: Format) -> Result<ExitCode, Failure> {
    let list = client.list(&[PATH]).await?;
    output.print(&list, |list| {
        let items = list.get("items").and_then(Value::as_array);
        let rows = items.into_iter().flatten().map(row).collect();
        table(
            &["name", "owner", "may do", "last used", "expires", "id"],
            rows,
            "no tokens; make one with `commissary token create NAME`",
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

fn row(token: &Value) -> Vec<String> {
    vec![
        text(token, "name").to_owned(),
        or_dash(text(token, "owner")),
        scope(token),
        or_dash(&moment(text(token, "lastUsedAt"))),
        or_dash(&moment(text(token, "expiresAt"))),
        text(token, "id").to_owned(),
    ]
}
