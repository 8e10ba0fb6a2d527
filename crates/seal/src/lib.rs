//! Envelope encryption of secrets.
//!
//! Every secret is encrypted with AES-256-GCM under a data key of its own. The
//! data key is encrypted ("wrapped") in turn under a [`RootKey`], which lives in
//! a file apart from the data, and can be replaced by another one: [`RootKeys`] holds
//! the older ones until nothing is wrapped by them any more. The [`Place`] that a secret belongs to is bound
//! to both as associated data: a sealed secret that was moved to another record
//! or field does not open.
//!
//! What leaves the product for somebody who has a key of their own is sealed for that [`Recipient`]
//! instead, and cannot be opened here any more.
//!
//! This crate does no more than that: it keeps nothing and logs nothing.

mod cipher;
mod key_file;
mod place;
mod recipient;
mod root_key;
mod root_keys;
mod same;
mod sealed;
mod sealer;
mod text;

pub use key_file::RootKeyFileError;
pub use place::Place;
pub use recipient::{NoRecipient, Recipient};
pub use root_key::{RootKey, RootKeyId};
pub use root_keys::RootKeys;
pub use same::same_secret;
pub use sealed::Sealed;
pub use sealer::{SealError, Sealer};
