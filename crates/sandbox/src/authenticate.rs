//! Who signed a request.

use jiff::Timestamp;

use crate::account::Account;
use crate::account::keys::{Status, TokenDigest};
use crate::account::partition::Partition;
use crate::account::principal::Principal;
use crate::fault::{Code, Fault};
use crate::route::Routed;
use crate::signature::{self, Presented};
use crate::wire::service::Service;

/// Who signed.
pub(crate) struct Caller {
    pub(crate) principal: Principal,
    /// Whether with temporary credentials.
    pub(crate) temporary: bool,
}

impl Caller {
    /// Credentials of `GetSessionToken` without a second factor open neither IAM nor STS but for
    /// who they are and taking roles on (IAM User Guide, "Compare AWS STS credentials").
    pub(crate) fn check_service(&self, routed: &Routed) -> Result<(), Fault> {
        let open = matches!(self.principal, Principal::Role(_))
            || match routed.service() {
                Service::Iam => false,
                Service::Sts => ["AssumeRole", "GetCallerIdentity"].contains(&routed.name()),
                _ => true,
            };
        if open { Ok(()) } else { Err(invalid()) }
    }
}

/// Who signed, if the key is known and may be used, and the signature is its own. The keys of one
/// partition are unknown in the regions of another.
pub(crate) fn authenticate(
    account: &Account,
    request: &signature::Request<'_>,
    presented: &Presented,
    now: Timestamp,
) -> Result<Caller, Fault> {
    if Partition::of_region(presented.region()) != account.partition {
        return Err(invalid());
    }
    let token = request.headers.get("x-amz-security-token");
    let Some(token) = token else {
        let known = account.find_key(presented.key_id());
        let (principal, key) = known
            .filter(|(_, key)| key.status == Status::Active)
            .ok_or_else(invalid)?;
        presented.verify(request, &key.secret)?;
        return Ok(Caller {
            principal,
            temporary: false,
        });
    };
    let session = account.session(presented.key_id()).ok_or_else(invalid)?;
    let token = token.to_str().map_err(|_| invalid())?;
    if TokenDigest::of(token) != session.token {
        return Err(invalid());
    }
    presented.verify(request, &session.secret)?;
    if session.expires_at <= now {
        return Err(Fault::new(
            Code::ExpiredToken,
            "The security token included in the request is expired",
        ));
    }
    Ok(Caller {
        principal: session.holder.clone(),
        temporary: true,
    })
}

fn invalid() -> Fault {
    Fault::new(
        Code::InvalidClientTokenId,
        "The security token included in the request is invalid.",
    )
}
