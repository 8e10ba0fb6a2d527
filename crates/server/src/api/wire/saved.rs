//! A provider that was just saved, with what people should know.

use commissary_core::{Actor, Commissary, Notice, ProviderSaved};
use schemars::JsonSchema;
use serde::Serialize;

use super::ProviderJson;
use crate::problem::Problem;
use crate::urls;

/// A provider as it is kept now, with notices.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProviderSaved")]
pub(crate) struct SavedJson {
    #[serde(flatten)]
    provider: ProviderJson,
    notices: Vec<Notice>,
    /// Where it is.
    #[serde(skip)]
    pub(crate) address: String,
}

impl SavedJson {
    /// Reads it as it is kept, so that its entity tag is the one that a reader gets.
    pub(crate) async fn read(
        product: &Commissary,
        actor: &Actor,
        workspace: &str,
        saved: ProviderSaved,
    ) -> Result<Self, Problem> {
        let name = saved.provider.name.as_str();
        let provider = product.show_provider(actor, workspace, name).await?;
        Ok(Self {
            provider: ProviderJson::of(&provider),
            notices: saved.notices,
            address: urls::api_provider(workspace, name),
        })
    }

    /// Its entity tag.
    pub(crate) fn etag(&self) -> String {
        self.provider.etag.clone()
    }
}
