//! Who asks.

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// The administrator of the installation.
    Administrator,
    /// Nobody in particular.
    Anonymous,
}

/// Who asks for an operation, and from where. Every operation takes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    kind: ActorKind,
    name: String,
    from: String,
}

impl Actor {
    /// The administrator, known by `name` (a user, or `token` and its name),
    /// asking from `from` (an address, or `local`).
    pub fn administrator(name: impl Into<String>, from: impl Into<String>) -> Self {
        Self {
            kind: ActorKind::Administrator,
            name: name.into(),
            from: from.into(),
        }
    }

    /// Somebody who has not signed in.
    pub fn anonymous() -> Self {
        Self {
            kind: ActorKind::Anonymous,
            name: "anonymous".to_owned(),
            from: "unknown".to_owned(),
        }
    }

    /// What the actor is.
    pub fn kind(&self) -> ActorKind {
        self.kind
    }

    /// The name that the audit log shows.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the request came from.
    pub fn from(&self) -> &str {
        &self.from
    }
}
