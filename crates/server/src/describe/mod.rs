//! The API as a document: OpenAPI 3.1, made from the code.
//!
//! The table of routes names the description of each endpoint, which stands in
//! the file of its handler. Answers are described by the types that are written
//! (`schemars`), bodies and queries by running their readers and noting what they
//! ask for, refusals by the table of codes.

mod answers;
mod document;
mod events;
mod field;
pub(crate) mod headers;
mod operation;
mod path;
mod refusals;
mod shape;
mod tag;
#[cfg(test)]
mod tests;

pub use document::{openapi, openapi_text};
pub(crate) use field::Field;
pub(crate) use operation::Operation;
pub(crate) use shape::{Asked, Kind};
pub(crate) use tag::Tag;
