//! Where a request comes from.

/// Where a request comes from: what the audit log tells beside who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The caller's address, `unknown` where there is none, or `local` for the
    /// process itself.
    pub address: String,
    /// The request's id, by which its answer and the log are found again; none
    /// for what no request caused.
    pub request_id: Option<String>,
}

impl Origin {
    /// The process itself.
    pub fn local() -> Self {
        Self::at("local")
    }

    /// An address, with no request's id.
    pub fn at(address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            request_id: None,
        }
    }
}
