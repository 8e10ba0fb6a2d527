//! What is asked.

use crate::Context;

/// One action on one resource by one principal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The ARN of the principal, as `sts:GetCallerIdentity` gives it; or the name of a service
    /// principal, a federated provider or a canonical user id.
    ///
    /// Without one the request is made by an unnamed principal of the resource's account: no
    /// policy can name it, and no context key is derived from it.
    pub principal: Option<String>,
    /// Such as `ec2:RunInstances`; case does not matter.
    pub action: String,
    /// The ARN of the resource, or `*` for an action that has none. It is compared as it stands:
    /// a wildcard in it is a character like any other.
    pub resource: String,
    /// The context keys of the request.
    pub context: Context,
}

impl Request {
    /// A request by an unnamed principal, without context.
    pub fn new(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            resource: resource.into(),
            ..Self::default()
        }
    }

    /// The same request by this principal.
    #[must_use]
    pub fn by(mut self, principal: impl Into<String>) -> Self {
        self.principal = Some(principal.into());
        self
    }

    /// The same request with one more single-valued context key.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.context.set(key, [value.into()]);
        self
    }
}
