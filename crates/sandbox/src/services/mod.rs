//! The services that clusters are built with: EC2 and its like, as far as rights go.
//!
//! They hold no state of their own. A call is decided as AWS would decide it, on the resources and
//! in the circumstances that its parameters name. What is allowed and only reads is answered, from
//! a few fixed resources; what is allowed and would change something is refused as unsupported,
//! unless it was only a dry run.

mod circumstances;
mod existing;
mod operation;
mod parameters;
mod read;
mod reply;
mod resources;
mod rest;
mod service;

use commissary_iam::{Outcome, Request, decide};

use crate::account::Account;
use crate::account::principal::Principal;
use crate::authorize::{Peer, policies, refusal};
use crate::fault::{Code, Fault};
use crate::sandbox::Order;
use existing::missing;
use operation::{Operation, operation};
use resources::asked_for;

pub(crate) use parameters::Parameters;
pub(crate) use read::read;
pub(crate) use reply::{failure, success};
pub(crate) use service::{Protocol, ServiceRow, find as find_service};

/// A call of a service, read and authenticated.
pub(crate) struct Asked<'a> {
    pub(crate) service: &'static ServiceRow,
    /// The operation's name, such as `RunInstances`.
    pub(crate) operation: &'a str,
    pub(crate) parameters: &'a Parameters,
    pub(crate) caller: &'a Principal,
    pub(crate) peer: &'a Peer,
    pub(crate) now: jiff::Timestamp,
}

impl Asked<'_> {
    fn action(&self) -> String {
        format!("{}:{}", self.service.prefix, self.operation)
    }

    fn is_dry_run(&self) -> bool {
        self.service.protocol == Protocol::Ec2
            && operation::knows_dry_run(self.operation)
            && self.parameters.is_true("DryRun")
    }
}

/// Decides a call and answers it; the answer is the body in the service's own form.
pub(crate) fn answer(account: &Account, order: Order, asked: &Asked<'_>) -> Result<String, Fault> {
    let operation =
        operation(asked.service.signing, asked.operation).ok_or_else(|| unknown(asked))?;
    lacking(operation, asked)?;
    let missing = missing(operation, asked);
    if let (Order::ResourceFirst, Some(fault)) = (order, &missing) {
        return Err(fault.clone());
    }
    authorize(account, asked)?;
    if asked.is_dry_run() {
        return Err(Fault::new(
            Code::DryRunOperation,
            "Request would have succeeded, but DryRun flag is set.",
        ));
    }
    match missing {
        Some(fault) => Err(fault),
        None if operation.reads => Ok(reply::found(account, asked)),
        None => Err(Fault::new(
            Code::UnsupportedOperation,
            format!(
                "The sandbox decides {} but does not do it: it has no machines and no networks.",
                asked.action()
            ),
        )),
    }
}

fn unknown(asked: &Asked<'_>) -> Fault {
    let names: Vec<&str> = operation::of_service(asked.service.signing).collect();
    Fault::new(
        Code::InvalidAction,
        format!(
            "The action {} is not valid for this web service. The sandbox has: {}.",
            asked.operation,
            names.join(", ")
        ),
    )
}

/// AWS reads a request before it asks for rights.
fn lacking(operation: &Operation, asked: &Asked<'_>) -> Result<(), Fault> {
    let lacking = operation.required.split_whitespace();
    let mut lacking = lacking.filter(|name| !asked.parameters.names(name));
    match lacking.next() {
        None => Ok(()),
        Some(name) => Err(Fault::new(
            asked.service.missing_parameter,
            format!("The request must contain the parameter {name}"),
        )),
    }
}

fn authorize(account: &Account, asked: &Asked<'_>) -> Result<(), Fault> {
    let policies = match asked.caller {
        // The root user needs no policy (IAM User Guide, "AWS account root user").
        Principal::Root => return Ok(()),
        Principal::User(name) => policies::of_user(account, account.user(name)?)?,
    };
    let mut request = Request {
        principal: Some(account.principal_arn(asked.caller)),
        action: asked.action(),
        context: circumstances::of(account, asked),
        resource: String::new(),
    };
    for (action, resource) in asked_for(account, asked)? {
        request.action = action;
        request.resource = resource;
        let decision = decide(&policies.set, &request);
        if decision.outcome != Outcome::Allowed {
            return Err(refusal(&request, &request.resource, &decision).said_by(asked.service));
        }
    }
    Ok(())
}

impl Fault {
    /// A denial in the words of one service.
    fn said_by(self, service: &ServiceRow) -> Fault {
        let message = match service.protocol {
            Protocol::Ec2 => format!(
                "You are not authorized to perform this operation. {}. Encoded authorization \
                 failure message: {}",
                self.message, ENCODED
            ),
            _ => self.message,
        };
        Fault::new(service.denied, message)
    }
}

/// What AWS encodes here only AWS can read (STS API Reference, "DecodeAuthorizationMessage"); this
/// says nothing.
const ENCODED: &str = "c2FuZGJveA";
