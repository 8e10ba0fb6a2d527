//! The HTTP endpoint: from a request to an answer.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, Response};
use jiff::Timestamp;

use crate::account::Account;
use crate::account::file::AccountFile;
use crate::account::keys::{LastUse, Status};
use crate::account::principal::Principal;
use crate::authorize::{Peer, authorize};
use crate::call::Call;
use crate::fault::{Code, Fault};
use crate::operations::{self, Handler, Operation};
use crate::random::Random;
use crate::sandbox::Order;
use crate::services::{self, Asked, ServiceRow};
use crate::signature::{self, Presented};
use crate::wire::params::Params;
use crate::wire::reply::{self, Dialect, Service};
use crate::wire::xml::Xml;

/// The largest body that is read: several policies of the greatest length, percent-encoded.
const MOST_BODY: usize = 2 * 1024 * 1024;
/// How old a remembered last use may grow before it is written again, in seconds.
const LAST_USE_GRAIN: i64 = 60;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What all requests share.
pub(crate) struct Endpoint {
    pub(crate) account: Mutex<Account>,
    pub(crate) order: Order,
    pub(crate) file: AccountFile,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
}

/// IAM, STS and the other query protocols at `/`; some services have paths.
pub(crate) fn router(endpoint: Arc<Endpoint>) -> Router {
    Router::new().fallback(answer).with_state(endpoint)
}

async fn answer(State(endpoint): State<Arc<Endpoint>>, request: Request) -> Response<Body> {
    let request_id = endpoint.random.request_id();
    let (parts, body) = request.into_parts();
    let dialect = dialect_of(&parts);
    let Ok(body) = to_bytes(body, MOST_BODY).await else {
        let message =
            format!("The request body must arrive whole and have at most {MOST_BODY} bytes.");
        let fault = Fault::new(Code::RequestEntityTooLarge, message);
        return reply::failure(dialect, &fault, &request_id);
    };
    let service = Presented::service_of(&parts.headers);
    if let Some(service) = service.as_deref().and_then(services::find_service) {
        let work = tokio::task::spawn_blocking(move || endpoint.serve(service, &parts, &body));
        return match work.await.unwrap_or_else(|_| Err(internal())) {
            Ok(body) => services::success(service, body, &request_id),
            Err(fault) => services::failure(service, &fault, &request_id),
        };
    }
    // Operations write to disk, which must not hold up other connections.
    let work = tokio::task::spawn_blocking(move || endpoint.handle(&parts, &body));
    let fault = match work.await {
        Ok(Ok((operation, xml))) => {
            return reply::success(operation.service, operation.name, xml, &request_id);
        }
        Ok(Err(fault)) => fault,
        Err(_) => internal(),
    };
    tracing::debug!(code = ?fault.code, message = fault.message, "refused");
    reply::failure(dialect, &fault, &request_id)
}

/// Errors go back in the form the client can read, also to services that are not here.
fn dialect_of(parts: &Parts) -> Dialect {
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let authorization = header("authorization").unwrap_or("");
    let is_json = header("content-type").is_some_and(|kind| kind.contains("json"));
    if is_json || parts.uri.path() != "/" {
        Dialect::Json
    } else if authorization.contains("/sts/aws4_request") {
        Dialect::Query(Service::Sts)
    } else {
        Dialect::Query(Service::Iam)
    }
}

impl Endpoint {
    fn handle(&self, parts: &Parts, body: &Bytes) -> Result<(&'static Operation, Xml), Fault> {
        if !parts.headers.contains_key("authorization") {
            return Err(signature::no_token());
        }
        let query = parts.uri.query().unwrap_or("");
        if parts.uri.path() != "/" {
            return Err(foreign());
        }
        let params = read_params(parts, query, body)?;
        let name = params.get("Action").ok_or_else(|| {
            Fault::new(
                Code::MissingAction,
                "The request names no Action parameter.",
            )
        })?;
        let operation = operations::find(name, params.get("Version"))?;
        let now = (self.clock)();
        let mut account = self.account();
        let (caller, presented) =
            self.caller(&mut account, operation.service.name(), parts, body, now)?;
        let call = Call {
            params: &params,
            caller: &caller,
            now: whole_seconds(now),
            random: &self.random,
        };
        authorize(&account, operation, &call, &peer_of(parts, &presented))?;
        let xml = self.run(&mut account, operation, &call)?;
        tracing::debug!(operation = operation.name, "answered");
        Ok((operation, xml))
    }

    /// A call of one of the services that clusters are built with.
    fn serve(
        &self,
        service: &'static ServiceRow,
        parts: &Parts,
        body: &Bytes,
    ) -> Result<String, Fault> {
        let now = (self.clock)();
        let mut account = self.account();
        let (caller, presented) = self.caller(&mut account, service.signing, parts, body, now)?;
        let (operation, parameters) = services::read(service, parts, body)?;
        let asked = Asked {
            service,
            operation: &operation,
            parameters: &parameters,
            caller: &caller,
            peer: &peer_of(parts, &presented),
            now: whole_seconds(now),
        };
        services::answer(&account, self.order, &asked)
    }

    /// Who signed, for a service.
    fn caller(
        &self,
        account: &mut Account,
        service: &str,
        parts: &Parts,
        body: &Bytes,
        now: Timestamp,
    ) -> Result<(Principal, Presented), Fault> {
        let request = signature::Request {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or(""),
            headers: &parts.headers,
            body,
        };
        let presented = Presented::read(&request, service, now)?;
        let caller = authenticate(account, &request, &presented)?;
        self.note_use(account, service, &presented, now)?;
        Ok((caller, presented))
    }

    /// Changes are made on a copy, which takes the account's place once it is on disk.
    fn run(
        &self,
        account: &mut Account,
        operation: &Operation,
        call: &Call<'_>,
    ) -> Result<Xml, Fault> {
        let mut xml = Xml::default();
        match operation.handler {
            Handler::Read(handler) => handler(account, call, &mut xml)?,
            Handler::Write(handler) => {
                let mut changed = account.clone();
                handler(&mut changed, call, &mut xml)?;
                self.replace(account, changed)?;
            }
        }
        Ok(xml)
    }

    /// Remembers that a key signed; AWS too keeps this only roughly up to date.
    fn note_use(
        &self,
        account: &mut Account,
        service: &str,
        presented: &Presented,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let now_used = LastUse {
            at: whole_seconds(now),
            region: presented.region().to_owned(),
            service: service.to_owned(),
        };
        let known = account.find_key(presented.key_id());
        let fresh = known
            .and_then(|(_, key)| key.last_use.as_ref())
            .is_some_and(|last| {
                let age = now_used.at.as_second() - last.at.as_second();
                age < LAST_USE_GRAIN
                    && last.region == now_used.region
                    && last.service == now_used.service
            });
        if fresh {
            return Ok(());
        }
        let mut changed = account.clone();
        if let Some(key) = changed.find_key_mut(presented.key_id()) {
            key.last_use = Some(now_used);
        }
        self.replace(account, changed)
    }

    fn replace(&self, account: &mut Account, changed: Account) -> Result<(), Fault> {
        self.file.save(&changed).map_err(|error| {
            tracing::error!(%error, "the account was not changed");
            internal()
        })?;
        *account = changed;
        Ok(())
    }

    /// The account is only ever replaced whole, so that a panic elsewhere cannot have spoilt it.
    pub(crate) fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_params(parts: &Parts, query: &str, body: &Bytes) -> Result<Params, Fault> {
    match parts.method {
        Method::GET if body.is_empty() => Params::parse(query, b""),
        Method::POST if dialect_of(parts) != Dialect::Json => Params::parse(query, body),
        _ => Err(foreign()),
    }
}

/// Who signed, if the key is known and active and the signature is its own. The sandbox gives out
/// no temporary credentials, so that any session token is a wrong one.
fn authenticate(
    account: &Account,
    request: &signature::Request<'_>,
    presented: &Presented,
) -> Result<Principal, Fault> {
    let known = account
        .find_key(presented.key_id())
        .filter(|(_, key)| key.status == Status::Active)
        .filter(|_| !request.headers.contains_key("x-amz-security-token"));
    let (principal, key) = known.ok_or_else(|| {
        Fault::new(
            Code::InvalidClientTokenId,
            "The security token included in the request is invalid.",
        )
    })?;
    presented.verify(request, &key.secret)?;
    Ok(principal)
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

fn foreign() -> Fault {
    Fault::new(
        Code::InvalidAction,
        format!(
            "The sandbox does not have this service. Of IAM and STS it answers the AWS query \
             protocol at the path /, with GET or POST. {}",
            operations::inventory()
        ),
    )
}

fn internal() -> Fault {
    Fault::new(
        Code::InternalFailure,
        "The sandbox failed and changed nothing. Its log tells why.",
    )
}
