//! Lists that a page shows whole.

use std::mem::take;

use commissary_core::domain::{ManagementCluster, PageRequest};
use commissary_core::people::{Invitation, WorkspaceNames};
use commissary_core::{Actor, Commissary, Error};

/// Every management cluster.
pub(crate) async fn clusters(
    product: &Commissary,
    actor: &Actor,
) -> Result<Vec<ManagementCluster>, Error> {
    let mut page = product.list_clusters(actor, &PageRequest::first()).await?;
    let mut all = take(&mut page.items);
    while let Some(next) = page.following() {
        page = product.list_clusters(actor, &next).await?;
        all.append(&mut page.items);
    }
    Ok(all)
}

/// Every open invitation that the actor sees, with the names of their workspaces.
pub(crate) async fn invitations(
    product: &Commissary,
    actor: &Actor,
) -> Result<(Vec<Invitation>, WorkspaceNames), Error> {
    let mut listed = product
        .list_invitations(actor, &PageRequest::first())
        .await?;
    let (mut all, mut names) = (take(&mut listed.page.items), listed.workspaces);
    while let Some(next) = listed.page.following() {
        listed = product.list_invitations(actor, &next).await?;
        all.append(&mut listed.page.items);
        names.append(&mut listed.workspaces);
    }
    Ok((all, names))
}
