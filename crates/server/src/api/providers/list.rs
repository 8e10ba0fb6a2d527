//! `GET …/infrastructure-providers`: searched, by status, in an order.

use axum::Json;
use axum::extract::State;

use super::query::{PROVIDER_QUERY, take_provider_query};
use crate::api::Names;
use crate::api::list::{DEFAULT_LIMIT, List};
use crate::api::wire::ProviderJson;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn list_providers(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut query: Parameters,
) -> Result<Json<List<ProviderJson>>, Problem> {
    let request = query.take_page(DEFAULT_LIMIT)?;
    let wanted = take_provider_query(&mut query)?;
    query.finish(PROVIDER_QUERY)?;
    let page = app
        .commissary
        .list_providers(&actor, &workspace, &wanted, &request)
        .await?;
    Ok(List::of(&page, ProviderJson::of))
}
