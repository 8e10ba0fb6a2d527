//! The second rung: AWS simulates the requests (IAM API Reference, "SimulatePrincipalPolicy").

mod answer;
mod batch;

use std::collections::VecDeque;

use aws_sdk_iam::types::{ContextEntry, ContextKeyTypeEnum, EvaluationResult};
use commissary_core::domain::Identity;
use commissary_core::ports::CloudError;
use commissary_permissions::{SampleRequest, Samples};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout_at};

use self::answer::answer;
use self::batch::{Batch, batches};
use super::OUT_OF_TIME;
use super::facts::{KeyType, Known, key_type};
use super::judge::Answer;
use crate::AwsSession;
use crate::pages::listed;
use crate::principal::Principal;
use crate::probes::Pace;

/// The right that simulation needs.
pub(super) const ACTION: &str = "iam:SimulatePrincipalPolicy";
/// Simulations under way at a time: IAM limits the rate of its calls.
const AT_A_TIME: u8 = 4;
/// How often in all AWS may ask to slow down. The client of the SDK has waited each time already.
const PATIENCE: u32 = 12;

/// What simulation gave.
pub(super) struct Simulated {
    answers: Vec<(SampleRequest, Answer)>,
    /// The principal that was simulated.
    pub(super) arn: String,
    /// The requests that were to be simulated.
    pub(super) total: usize,
    /// Why it ended early, or the last refusal of a single simulation.
    pub(super) trouble: Option<CloudError>,
}

impl Simulated {
    /// The requests that AWS answered.
    pub(super) fn answered(&self) -> usize {
        self.answers.len()
    }

    /// The answer to a request.
    pub(super) fn answer(&self, sample: &SampleRequest) -> Answer {
        match self.answers.iter().find(|(asked, _)| asked == sample) {
            Some((_, answer)) => answer.clone(),
            None => Answer::Unknown {
                why: match &self.trouble {
                    Some(error) => error.to_string(),
                    None => "AWS's simulation left this request out".to_owned(),
                },
            },
        }
    }
}

/// Simulates every request as `identity`, with the rights of `session`. An error that no further
/// call would overcome ends it; what was answered until then stays. `hear` is told of each answer.
///
/// # Errors
/// AWS refuses the credential of `session`.
pub(super) async fn simulate(
    session: &AwsSession,
    identity: &Identity,
    principal: &Principal,
    known: &Known,
    samples: &[Samples],
    deadline: Instant,
    hear: &(dyn Fn(&Simulated) + Sync),
) -> Result<Simulated, CloudError> {
    let waiting = batches(samples.iter().flat_map(every_request));
    let total = waiting.iter().map(|batch| batch.actions.len()).sum();
    let mut simulated = Simulated {
        answers: Vec::new(),
        arn: source_arn(session, identity, principal, deadline).await?,
        total,
        trouble: None,
    };
    let mut queue = Queue::new(waiting);
    let mut running = JoinSet::new();
    loop {
        while let Some(batch) = queue.next(running.len(), simulated.trouble.as_ref()) {
            let (session, arn) = (session.clone(), simulated.arn.clone());
            let context = context(known, &batch);
            running.spawn(async move {
                let results = simulate_batch(&session, &arn, &batch, &context).await;
                (batch, results)
            });
        }
        if running.is_empty() {
            if queue.is_done(simulated.trouble.as_ref()) {
                break;
            }
            sleep_until(queue.not_before.min(deadline)).await;
        }
        let joined = match timeout_at(deadline, running.join_next()).await {
            Ok(Some(joined)) => joined,
            Ok(None) if Instant::now() < deadline => continue,
            Ok(None) | Err(_) => {
                simulated.trouble = Some(out_of_time());
                break;
            }
        };
        // A task that did not end leaves its requests unanswered, which is told as such.
        let Ok((batch, results)) = joined else {
            continue;
        };
        match results {
            Ok(results) => {
                queue.answered();
                simulated.take(&batch, &results, known);
            }
            Err(error) if error.credential_field().is_some() => return Err(error),
            Err(CloudError::Throttled { .. }) if queue.put_off(batch, running.len()) => continue,
            Err(error) => {
                queue.answered();
                simulated.trouble = Some(worse(simulated.trouble.take(), error));
            }
        }
        hear(&simulated);
    }
    Ok(simulated)
}

/// The simulations that are yet to be asked for, at AWS's pace.
struct Queue {
    waiting: VecDeque<Batch>,
    pace: Pace,
    /// Whether anything was answered. The first goes alone: where simulation is not allowed, one
    /// refused call is enough.
    open: bool,
    /// How often AWS may still ask to slow down.
    patience: u32,
    not_before: Instant,
}

impl Queue {
    fn new(waiting: Vec<Batch>) -> Self {
        Self {
            waiting: waiting.into(),
            pace: Pace::at_most(AT_A_TIME),
            open: false,
            patience: PATIENCE,
            not_before: Instant::now(),
        }
    }

    /// The next to ask for, if it may be asked for now.
    fn next(&mut self, running: usize, trouble: Option<&CloudError>) -> Option<Batch> {
        let most = if self.open { self.pace.window() } else { 1 };
        let may = running < most && !is_fatal(trouble) && Instant::now() >= self.not_before;
        may.then(|| self.waiting.pop_front()).flatten()
    }

    fn is_done(&self, trouble: Option<&CloudError>) -> bool {
        self.waiting.is_empty() || is_fatal(trouble)
    }

    fn answered(&mut self) {
        self.open = true;
        self.pace.answered();
    }

    /// Puts off a simulation that AWS did not take yet, if it is not for too often.
    fn put_off(&mut self, batch: Batch, running: usize) -> bool {
        let Some(left) = self.patience.checked_sub(1) else {
            return false;
        };
        self.patience = left;
        self.not_before = Instant::now() + self.pace.throttled(running);
        self.waiting.push_back(batch);
        true
    }
}

fn out_of_time() -> CloudError {
    CloudError::Refused {
        code: "Deadline".to_owned(),
        message: OUT_OF_TIME.to_owned(),
    }
}

fn every_request(samples: &Samples) -> impl Iterator<Item = &SampleRequest> {
    samples.every.iter().chain(&samples.alternatives)
}

impl Simulated {
    fn take(&mut self, batch: &Batch, results: &[EvaluationResult], known: &Known) {
        for sample in batch.samples() {
            let mut about = results.iter().filter(|result| {
                result
                    .eval_action_name()
                    .eq_ignore_ascii_case(&sample.action)
                    && result.eval_resource_name().is_none_or(|name| {
                        name == sample.resource
                            || name == "*"
                            || results_name(result, &sample.resource)
                    })
            });
            let answer = match (about.next(), about.next()) {
                (Some(result), None) => answer(result, &sample.resource, known),
                (None, _) => continue,
                (Some(_), Some(_)) => Answer::Unknown {
                    why: "AWS's simulation answered this request twice".to_owned(),
                },
            };
            self.answers.push((sample, answer));
        }
    }
}

fn results_name(result: &EvaluationResult, resource: &str) -> bool {
    let specific = result.resource_specific_results();
    specific
        .iter()
        .any(|specific| specific.eval_resource_name() == resource)
}

/// Whether further calls would meet the same.
fn is_fatal(error: Option<&CloudError>) -> bool {
    match error {
        None => false,
        // AWS does not take this one simulation, for example because of an ARN in it.
        Some(CloudError::Refused { code, .. }) => code == "NoSuchEntity",
        Some(_) => true,
    }
}

fn worse(one: Option<CloudError>, other: CloudError) -> CloudError {
    match one {
        Some(one) if is_fatal(Some(&one)) => one,
        _ => other,
    }
}

/// The ARN to simulate: a role's, where the credential is a session of it. The path of the role is
/// not in the session's ARN; it is asked for, and without the right to know it none is assumed.
async fn source_arn(
    session: &AwsSession,
    identity: &Identity,
    principal: &Principal,
    deadline: Instant,
) -> Result<String, CloudError> {
    let Principal::RoleSession { role } = principal else {
        return Ok(identity.principal_arn.clone());
    };
    let call = session.iam.get_role().role_name(role).send();
    let answer = timeout_at(deadline, session.ask("iam:GetRole", call));
    match answer.await.unwrap_or_else(|_| Err(out_of_time())) {
        Ok(answer) if answer.role().is_some() => Ok(answer
            .role()
            .map(|role| role.arn().to_owned())
            .unwrap_or_default()),
        Err(error) if error.credential_field().is_some() => Err(error),
        _ => Ok(format!(
            "arn:{}:iam::{}:role/{role}",
            identity.partition, identity.account_id
        )),
    }
}

async fn simulate_batch(
    session: &AwsSession,
    arn: &str,
    batch: &Batch,
    context: &[ContextEntry],
) -> Result<Vec<EvaluationResult>, CloudError> {
    let request = session
        .iam
        .simulate_principal_policy()
        .policy_source_arn(arn)
        .set_action_names(Some(batch.actions.clone()))
        .resource_arns(&batch.resource)
        .set_context_entries(Some(context.to_vec()));
    listed!(session, ACTION, request, |page| page
        .evaluation_results
        .unwrap_or_default())
}

/// The context of a batch: its own keys, and what is certain of every request.
fn context(known: &Known, batch: &Batch) -> Vec<ContextEntry> {
    let given = |key: &str| {
        batch
            .context
            .iter()
            .any(|(own, _)| own.eq_ignore_ascii_case(key))
    };
    let certain = known.facts().iter().filter(|fact| !given(&fact.key));
    let certain = certain.map(|fact| entry(&fact.key, &fact.values));
    let own = batch.context.iter().map(|(key, values)| entry(key, values));
    own.chain(certain).collect()
}

fn entry(key: &str, values: &[String]) -> ContextEntry {
    ContextEntry::builder()
        .context_key_name(key)
        .set_context_key_values(Some(values.to_vec()))
        .context_key_type(match key_type(key, values) {
            KeyType::Text => ContextKeyTypeEnum::String,
            KeyType::TextList => ContextKeyTypeEnum::StringList,
            KeyType::Boolean => ContextKeyTypeEnum::Boolean,
        })
        .build()
}
