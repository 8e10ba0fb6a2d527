//! `GET …/infrastructure-providers/{name}/deliveries`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;

use crate::api::Names;
use crate::api::list::List;
use crate::api::wire::DeliveryJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listDeliveries",
        Tag::Providers,
        "Where a provider can be used, and who uses it there",
    )
    .about("One for each management cluster in which the workspace has namespaces, and for those that it is still being taken out of.")
    .takes(Action::ReadProvider)
    .answers::<List<DeliveryJson>>(StatusCode::OK, "All of them.")
}

pub(crate) async fn list_deliveries(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
) -> Result<Json<List<DeliveryJson>>, Problem> {
    let product = &app.commissary;
    let all = product.list_deliveries(&actor, &workspace, &name).await?;
    Ok(List::whole(all.iter().map(DeliveryJson::of).collect()))
}
