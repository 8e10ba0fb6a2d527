//! The HTTP endpoint: from a request to an answer.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::Response;
use axum::http::request::Parts;
use jiff::Timestamp;

use crate::account::Account;
use crate::account::file::AccountFile;
use crate::account::keys::LastUse;
use crate::account::scps::ServiceControlPolicies;
use crate::authenticate::{Caller, authenticate};
use crate::authorize::{Gathered, Peer, authorize, policies};
use crate::call::Call;
use crate::controls::{Desk, ServedCall};
use crate::error::SandboxError;
use crate::fault::{Code, Fault};
use crate::operations::{Handler, Operation};
use crate::random::Random;
use crate::route::{self, Routed};
use crate::services::inventory::Inventory;
use crate::services::{self, ServiceCall};
use crate::signature::{self, Presented};
use crate::wire::reply;
use crate::wire::service::Service;
use crate::wire::xml::Xml;

/// The largest body that is read: several policies of the greatest length, percent-encoded.
const MOST_BODY: usize = 2 * 1024 * 1024;
/// How old a last use on disk may grow before it is written again, in seconds.
const LAST_USE_GRAIN: i64 = 60;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What all requests share.
pub(crate) struct Endpoint {
    pub(crate) account: Mutex<Account>,
    pub(crate) file: AccountFile,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) desk: Desk,
    /// The policies of callers by the id of their key, until the account changes.
    pub(crate) rights: Mutex<HashMap<String, Arc<Gathered>>>,
}

/// Everything: an endpoint URL stands for all services.
pub(crate) fn router(endpoint: Arc<Endpoint>) -> Router {
    Router::new().fallback(answer).with_state(endpoint)
}

async fn answer(State(endpoint): State<Arc<Endpoint>>, request: Request) -> Response<Body> {
    let request_id = endpoint.random.request_id();
    let (parts, body) = request.into_parts();
    let seems = route::seemingly(&parts);
    let (_under_way, throttled) = endpoint.desk.take_in();
    if let Some(latency) = endpoint.desk.behaviour().latency {
        tokio::time::sleep(latency).await;
    }
    if throttled {
        let fault = Fault::new(Code::Throttling, "Rate exceeded");
        return endpoint.refuse(seems, None, &fault, &request_id);
    }
    let Ok(body) = to_bytes(body, MOST_BODY).await else {
        let message =
            format!("The request body must arrive whole and have at most {MOST_BODY} bytes.");
        let fault = Fault::new(Code::RequestEntityTooLarge, message);
        return endpoint.refuse(seems, None, &fault, &request_id);
    };
    // Operations write to disk, which must not hold up other connections.
    let worker = Arc::clone(&endpoint);
    let work = tokio::task::spawn_blocking(move || worker.handle(&parts, &body));
    match work.await {
        Ok((Some((service, name)), Ok(result))) => {
            endpoint.desk.note(|| ServedCall {
                action: format!("{}:{name}", service.prefix()),
                status: 200,
                code: None,
            });
            reply::success(service, name, &result, &request_id)
        }
        Ok((routed, outcome)) => {
            let fault = outcome.err().unwrap_or_else(internal);
            let service = routed.map_or(seems, |(service, _)| service);
            endpoint.refuse(service, routed.map(|(_, name)| name), &fault, &request_id)
        }
        Err(_) => endpoint.refuse(seems, None, &internal(), &request_id),
    }
}

/// The operation that was told, and the inside of its answer.
type Handled = (Option<(Service, &'static str)>, Result<String, Fault>);

impl Endpoint {
    fn refuse(
        &self,
        service: Service,
        name: Option<&str>,
        fault: &Fault,
        request_id: &str,
    ) -> Response<Body> {
        tracing::debug!(code = ?fault.code, message = fault.message, "refused");
        let (code, status) = reply::wire_code(service, fault);
        self.desk.note(|| ServedCall {
            action: match name {
                Some(name) => format!("{}:{name}", service.prefix()),
                None => service.prefix().to_owned(),
            },
            status,
            code: Some(code.to_owned()),
        });
        reply::failure(service, fault, request_id)
    }

    fn handle(&self, parts: &Parts, body: &Bytes) -> Handled {
        if !parts.headers.contains_key("authorization") {
            return (None, Err(signature::no_token()));
        }
        let routed = match route::find(parts, body) {
            Ok(routed) => routed,
            Err(fault) => return (None, Err(fault)),
        };
        let known = (routed.service(), routed.name());
        let result = self.serve(&routed, parts, body);
        if result.is_ok() {
            tracing::debug!(operation = known.1, "answered");
        }
        (Some(known), result)
    }

    fn serve(&self, routed: &Routed, parts: &Parts, body: &Bytes) -> Result<String, Fault> {
        let service = routed.service();
        let request = signature::Request {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or(""),
            headers: &parts.headers,
            body,
        };
        let now = (self.clock)();
        let presented = Presented::read(&request, service.scope(), now)?;
        let mut account = self.account();
        let caller = authenticate(&account, &request, &presented, now)?;
        self.note_use(&mut account, service, &presented, now)?;
        if caller.temporary {
            caller.check_service(routed)?;
        }
        let policies = self.rights(&account, &presented, &caller)?;
        let peer = peer_of(parts, &presented);
        match routed {
            Routed::Operation(operation, params) => {
                let call = Call {
                    params,
                    caller: &caller.principal,
                    now: whole_seconds(now),
                    random: &self.random,
                };
                authorize(&account, operation, &call, &peer, &policies)?;
                self.run(&mut account, operation, &call)
            }
            Routed::Row(row, inputs) => {
                let behaviour = self.desk.behaviour();
                services::run(&ServiceCall {
                    account: &account,
                    row,
                    inputs,
                    caller: &caller.principal,
                    policies: &policies,
                    peer: &peer,
                    now: whole_seconds(now),
                    random: &self.random,
                    order: behaviour.order,
                    inventory: Inventory {
                        stocked: behaviour.resources,
                    },
                })
            }
        }
    }

    /// The policies of a caller. They are read once for as long as the account stays as it is.
    fn rights(
        &self,
        account: &Account,
        presented: &Presented,
        caller: &Caller,
    ) -> Result<Arc<Gathered>, Fault> {
        let mut rights = self.rights.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = rights.get(presented.key_id()) {
            return Ok(Arc::clone(known));
        }
        let gathered = Arc::new(policies::of_caller(account, &caller.principal)?);
        rights.insert(presented.key_id().to_owned(), Arc::clone(&gathered));
        Ok(gathered)
    }

    /// Changes are made on a copy, which takes the account's place once it is on disk.
    fn run(
        &self,
        account: &mut Account,
        operation: &Operation,
        call: &Call<'_>,
    ) -> Result<String, Fault> {
        let mut xml = Xml::default();
        match operation.handler {
            Handler::Read(handler) => handler(account, call, &mut xml)?,
            Handler::Write(handler) => {
                let mut changed = account.clone();
                handler(&mut changed, call, &mut xml)?;
                self.replace(account, changed)?;
            }
        }
        Ok(xml.into_string())
    }

    /// Remembers that a key signed. It comes to disk once in a while, for AWS too keeps it only
    /// roughly up to date; temporary keys are not followed.
    fn note_use(
        &self,
        account: &mut Account,
        service: Service,
        presented: &Presented,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let Some(key) = account.find_key_mut(presented.key_id()) else {
            return Ok(());
        };
        let at = whole_seconds(now);
        key.last_use = Some(LastUse {
            at,
            region: presented.region().to_owned(),
            service: service.scope().to_owned(),
        });
        let age = |saved: Timestamp| at.as_second() - saved.as_second();
        if key
            .use_saved_at
            .is_some_and(|saved| age(saved) < LAST_USE_GRAIN)
        {
            return Ok(());
        }
        self.save(account)?;
        if let Some(key) = account.find_key_mut(presented.key_id()) {
            key.use_saved_at = Some(at);
        }
        Ok(())
    }

    fn replace(&self, account: &mut Account, changed: Account) -> Result<(), Fault> {
        self.save(&changed)?;
        *account = changed;
        let mut rights = self.rights.lock().unwrap_or_else(PoisonError::into_inner);
        rights.clear();
        Ok(())
    }

    fn save(&self, account: &Account) -> Result<(), Fault> {
        self.file.save(account).map_err(|error| {
            tracing::error!(%error, "the account was not changed");
            internal()
        })
    }

    /// Replaces what the organisation leaves the account.
    pub(crate) fn set_scps(&self, scps: ServiceControlPolicies) -> Result<(), SandboxError> {
        let mut account = self.account();
        let mut changed = account.clone();
        changed.scps = scps;
        self.file.save(&changed)?;
        *account = changed;
        let mut rights = self.rights.lock().unwrap_or_else(PoisonError::into_inner);
        rights.clear();
        Ok(())
    }

    /// Changes take the account's place whole, so that a panic elsewhere cannot have spoilt it.
    pub(crate) fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn peer_of(parts: &Parts, presented: &Presented) -> Peer {
    let address = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let agent = parts.headers.get("user-agent");
    Peer {
        address: address.map(|ConnectInfo(address)| address.ip()),
        user_agent: agent
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
        region: presented.region().to_owned(),
    }
}

/// AWS keeps its dates in whole seconds.
fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

fn internal() -> Fault {
    Fault::new(
        Code::InternalFailure,
        "The sandbox failed and changed nothing. Its log tells why.",
    )
}
