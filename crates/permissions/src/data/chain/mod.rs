//! A release that builds on another, made whole.

mod change;
mod list;
#[cfg(test)]
mod tests;

pub(super) use change::insert_into;

use super::DataError;
use super::checks::missing;
use super::file::{FeatureFile, FixFile, ParameterFile, ReleaseFile, StatementFile, Versions};
use crate::release::Form;

/// A release with everything that it has from the one it builds on.
pub(super) struct Whole {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) consumer: String,
    pub(super) source: String,
    pub(super) versions: Versions,
    pub(super) form: Form,
    pub(super) inherited: Inherited,
}

/// What a release hands on to those that build on it.
#[derive(Clone, Default)]
pub(super) struct Inherited {
    pub(super) version: String,
    pub(super) features: Vec<FeatureFile>,
    pub(super) parameters: Vec<ParameterFile>,
    pub(super) statements: Vec<StatementFile>,
    pub(super) fixes: Vec<FixFile>,
}

pub(super) fn whole(file: ReleaseFile, known: &[Whole]) -> Result<Whole, DataError> {
    let place = format!("release `{}`", file.id);
    let mut inherited = inherit(&place, file.base.as_deref(), known)?;
    inherited.version = file.version.unwrap_or(inherited.version);
    if inherited.version.is_empty() {
        let what = "version";
        return Err(DataError::Empty { place, what });
    }
    list::put(&place, &mut inherited.features, file.features)?;
    list::put(&place, &mut inherited.parameters, file.parameters)?;
    list::put(&place, &mut inherited.fixes, file.fixes)?;
    change::apply(&place, &file.changes, &mut inherited.statements)?;
    list::put(&place, &mut inherited.statements, file.statements)?;
    Ok(Whole {
        id: file.id,
        title: file.title,
        consumer: file.consumer,
        source: file.source,
        versions: file.versions,
        form: file.form,
        inherited,
    })
}

fn inherit(place: &str, base: Option<&str>, known: &[Whole]) -> Result<Inherited, DataError> {
    let Some(id) = base else {
        return Ok(Inherited::default());
    };
    let mut known = known.iter();
    match known.find(|whole| whole.id == id) {
        Some(whole) => Ok(whole.inherited.clone()),
        None => Err(missing(place, "release", id)),
    }
}

impl Whole {
    /// The statements with every known defect mended.
    pub(super) fn mended(&self) -> Result<Vec<StatementFile>, DataError> {
        let mut statements = self.inherited.statements.clone();
        for fix in &self.inherited.fixes {
            let place = format!("fix `{}` of release `{}`", fix.id, self.id);
            change::apply(&place, &fix.changes, &mut statements)?;
        }
        Ok(statements)
    }
}
