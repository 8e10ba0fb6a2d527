//! `POST …/deliveries/{cluster}/again`: has the provider delivered there at once, whatever came of
//! it before.

use axum::extract::State;
use axum::response::Response;
use commissary_core::DeliveryOrder;

use crate::api::Names;
use crate::console::flash::Message;
use crate::console::render::go_and_tell;
use crate::console::shell::Visitor;
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::urls;

pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names((workspace, name, cluster)): Names<(String, String, String)>,
) -> Result<Response, Problem> {
    let order = DeliveryOrder {
        cluster,
        ..DeliveryOrder::default()
    };
    let product = &app.commissary;
    let ordered = product.order_delivery(&visitor.actor, &workspace, &name, order);
    let message = match ordered.await.map_err(Problem::from) {
        Ok(status) => Message::done(format!("it is delivered to `{}` again", status.cluster)),
        Err(problem) if problem.code == Code::Conflict => Message::attention(problem.detail),
        Err(problem) => return Err(problem),
    };
    go_and_tell(&urls::places(&workspace, &name), &[message])
}
