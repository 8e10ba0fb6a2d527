//! What is known about a request while policies are evaluated.

use crate::caller::Caller;
use crate::context::Key;
use crate::{Layer, Request};

/// What a key that is not in the context means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum World {
    /// It is absent.
    Closed,
    /// It may be absent or have any values.
    Open,
}

/// The request as conditions and variables see it.
pub(crate) struct Scope<'a> {
    pub(crate) request: &'a Request,
    pub(crate) caller: Caller<'a>,
    world: World,
}

/// The values of a key: those of the context, or the one derived from the principal.
pub(crate) struct Values<'a> {
    listed: &'a [String],
    derived: Option<&'a str>,
}

impl<'a> Values<'a> {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.listed.iter().map(String::as_str).chain(self.derived)
    }

    /// A "null data set": no value, or only empty ones. Source: "Single-valued vs. multivalued
    /// context keys".
    pub(crate) fn is_null(&self) -> bool {
        self.iter().all(str::is_empty)
    }
}

/// What is known of a key.
pub(crate) enum Given<'a> {
    Values(Values<'a>),
    Absent,
    Unknown,
}

/// What the principal alone says of a key.
pub(crate) enum Derived<'a> {
    Value(&'a str),
    Absent,
    /// It has a value for certain; this is the likely one.
    Likely(&'a str),
    Nothing,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(request: &'a Request, world: World) -> Self {
        Self {
            request,
            caller: Caller::of(request),
            world,
        }
    }

    pub(crate) fn look_up(&self, key: &Key) -> Given<'_> {
        if let Some(listed) = self.request.context.get_folded(&key.folded) {
            return Given::Values(Values {
                listed,
                derived: None,
            });
        }
        match (self.caller.derive(&key.folded), self.world) {
            (Derived::Value(value), _) | (Derived::Likely(value), World::Closed) => {
                Given::Values(Values {
                    listed: &[],
                    derived: Some(value),
                })
            }
            (Derived::Absent, _) | (Derived::Nothing, World::Closed) => Given::Absent,
            (Derived::Likely(_) | Derived::Nothing, World::Open) => Given::Unknown,
        }
    }

    pub(crate) fn is_unknown(&self, key: &Key) -> bool {
        matches!(self.look_up(key), Given::Unknown)
    }

    /// Whether policies of this layer bear on the caller.
    pub(crate) fn bears(&self, layer: Layer) -> bool {
        !matches!(layer, Layer::Scp { .. }) || !self.caller.is_service_linked_role()
    }
}
