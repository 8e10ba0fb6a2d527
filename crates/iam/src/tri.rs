//! Three-valued logic (Kleene): what holds, what does not, and what depends on an unknown key.

/// `No < Unknown < Yes`: "and" is the minimum, "or" the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tri {
    No,
    Unknown,
    Yes,
}

impl Tri {
    pub(crate) fn and(self, other: Tri) -> Tri {
        self.min(other)
    }

    pub(crate) fn or(self, other: Tri) -> Tri {
        self.max(other)
    }

    pub(crate) fn negated(self, really: bool) -> Tri {
        match (self, really) {
            (Tri::Yes, true) => Tri::No,
            (Tri::No, true) => Tri::Yes,
            (same, _) => same,
        }
    }

    /// Whether any holds; stops at the first that surely does.
    pub(crate) fn any(parts: impl IntoIterator<Item = Tri>) -> Tri {
        let mut result = Tri::No;
        for part in parts {
            result = result.or(part);
            if result == Tri::Yes {
                break;
            }
        }
        result
    }

    /// Whether all hold; stops at the first that surely does not.
    pub(crate) fn all(parts: impl IntoIterator<Item = Tri>) -> Tri {
        let mut result = Tri::Yes;
        for part in parts {
            result = result.and(part);
            if result == Tri::No {
                break;
            }
        }
        result
    }
}

impl From<bool> for Tri {
    fn from(value: bool) -> Self {
        if value { Tri::Yes } else { Tri::No }
    }
}
