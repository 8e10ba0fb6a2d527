//! What the API server notes about each request.

use std::path::Path;

use serde_json::Value;

/// A request as the audit log has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Request {
    pub(crate) user: String,
    pub(crate) verb: String,
    /// The resource with its group, for example `secrets` or `awsclusters.infrastructure.…`;
    /// empty for what is about none.
    pub(crate) resource: String,
    pub(crate) status: u64,
}

/// All of them, the oldest first. The last line may be half written.
pub(super) fn read(folder: &Path) -> Vec<Request> {
    let text = std::fs::read_to_string(folder.join("audit.log")).unwrap_or_default();
    let whole = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    // A watch is noted when it begins to be answered as well.
    let over = whole.filter(|entry| entry["stage"] == "ResponseComplete");
    over.map(|entry| request(&entry)).collect()
}

fn request(entry: &Value) -> Request {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let about = &entry["objectRef"];
    let parts = [text(&about["resource"]), text(&about["apiGroup"])];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Request {
        user: text(&entry["user"]["username"]),
        verb: text(&entry["verb"]),
        resource: parts.join("."),
        status: entry["responseStatus"]["code"].as_u64().unwrap_or_default(),
    }
}
