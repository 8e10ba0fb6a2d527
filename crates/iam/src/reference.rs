//! Which services, actions, resource types and condition keys AWS has.
//!
//! The data is that of AWS's "Service Authorization Reference", as two published packages hold
//! it; `data/README.md` names them. Nothing of it is read before [`Reference::bundled`] is called,
//! and decisions never ask it: AWS has actions and keys that it does not document.
//!
//! ```
//! use commissary_iam::reference::Reference;
//!
//! let reference = Reference::bundled()?;
//! let action = reference.action("ec2:DeleteVpc").ok_or("not listed")?;
//! assert_eq!(action.resources()[0].resource_type(), "vpc");
//! assert!(reference.action("ec2:DeleteVPCs").is_none());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod distance;
mod model;
mod overrides;
mod parse;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub use model::{
    AccessLevel, Action, ActionResource, ConditionKey, KeyType, ResourceType, Service,
};

use distance::nearest;
use model::fits_template;

static COMPRESSED: &[u8] = include_bytes!("../data/reference.txt.zlib");
static OVERRIDES: &str = include_str!("../data/overrides.json");

/// Twice what the data takes unpacked, so that a damaged file cannot fill the memory.
const MOST_BYTES: usize = 2 << 20;

/// The services by their prefix, and the condition keys that all of them know.
#[derive(Debug)]
pub struct Reference {
    origin: String,
    services: BTreeMap<String, Service>,
    global_keys: Vec<ConditionKey>,
}

/// The reference data cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// The compressed file is damaged.
    #[error("the bundled reference data is damaged: it does not unpack")]
    Packed,
    /// A line is not of the format.
    #[error("line {line} of the reference data cannot be read: {reason}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The table of overrides does not fit the data.
    #[error("the overrides of the reference data cannot be read: {0}")]
    Overrides(String),
}

impl Reference {
    /// The data that comes with this crate. It is unpacked at the first call, which takes some
    /// milliseconds, and kept.
    ///
    /// # Errors
    /// When the data in the binary is damaged.
    pub fn bundled() -> Result<&'static Self, ReferenceError> {
        static BUNDLED: LazyLock<Result<Reference, ReferenceError>> = LazyLock::new(|| {
            let bytes =
                miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(COMPRESSED, MOST_BYTES)
                    .map_err(|_| ReferenceError::Packed)?;
            let text = String::from_utf8(bytes).map_err(|_| ReferenceError::Packed)?;
            Reference::parse(&text, OVERRIDES)
        });
        BUNDLED.as_ref().map_err(Clone::clone)
    }

    /// Reads data of your own: the text in the format that `data/README.md` describes, and the
    /// overrides as JSON.
    ///
    /// # Errors
    /// When either is not of its format, or an override names what the text lacks.
    pub fn parse(text: &str, overrides: &str) -> Result<Self, ReferenceError> {
        let mut reference = parse::parse(text)?;
        overrides::apply(&mut reference, overrides)?;
        Ok(reference)
    }

    /// The packages and versions that the data was made from, for people.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// All services, by prefix.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.services.values()
    }

    /// The service with that prefix, such as `ec2`; case does not matter.
    pub fn service(&self, prefix: &str) -> Option<&Service> {
        self.services.get(&prefix.to_ascii_lowercase())
    }

    /// The action of that name, such as `ec2:RunInstances`; case does not matter.
    pub fn action(&self, name: &str) -> Option<&Action> {
        let (prefix, action) = name.split_once(':')?;
        self.service(prefix)?.action(action)
    }

    /// The keys that every service knows, `aws:SourceIp` and its like.
    pub fn global_keys(&self) -> &[ConditionKey] {
        &self.global_keys
    }

    /// The condition key of that name, whichever service has it; case does not matter, and
    /// `aws:ResourceTag/team` is found as `aws:ResourceTag/${TagKey}`.
    pub fn key(&self, name: &str) -> Option<&ConditionKey> {
        let (prefix, _) = name.split_once(':')?;
        let of = |keys: &'_ [ConditionKey]| -> Option<usize> {
            keys.iter().position(|key| fits_template(name, key.name()))
        };
        if let Some(found) = of(&self.global_keys) {
            return self.global_keys.get(found);
        }
        // The key's own service first; some keys, such as those of SAML, are listed elsewhere.
        let own = self.service(prefix).into_iter();
        own.chain(self.services())
            .find_map(|service| of(service.keys()).and_then(|found| service.keys().get(found)))
    }

    /// The prefix of a service that `prefix` may be a misspelling of.
    pub fn nearest_service(&self, prefix: &str) -> Option<&str> {
        nearest(prefix, self.services.keys().map(String::as_str))
    }

    /// The key that `name` may be a misspelling of: one of its service, or a global one.
    pub fn nearest_key(&self, name: &str) -> Option<&str> {
        let prefix = name.split(':').next().unwrap_or_default();
        let own = self.service(prefix).map_or(&[][..], Service::keys);
        let keys = self.global_keys.iter().chain(own);
        nearest(name, keys.map(ConditionKey::name))
    }
}
