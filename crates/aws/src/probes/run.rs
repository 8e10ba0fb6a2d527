//! Sending the probes: a few at a time, within a deadline, with what AWS's limits allow.

use std::collections::{BTreeMap, VecDeque};

use commissary_iam::reference::Reference;
use commissary_permissions::Scope;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::existing::Named;
use super::pace::Pace;
use super::proof::{Asked, Proof, weigh};
use super::reach::Reach;
use super::request::{list, request};
use super::table::{Probe, probe};
use crate::signed::{Answer, CallFault, SignedCall, SignedClient};

/// How often a call is sent that AWS puts off.
const MOST_PUT_OFF: u32 = 8;
/// How often a call is sent that nothing answers.
const MOST_SILENT: u32 = 2;

/// What the probes found.
#[derive(Debug, Default)]
pub(crate) struct Probing {
    /// By action.
    pub(crate) proofs: BTreeMap<String, Proof>,
    /// The calls that were answered, lists of what exists among them.
    pub(crate) answered: usize,
    /// Whether dry runs were left out because the endpoint is not AWS's own.
    pub(crate) without_dry_runs: bool,
    /// Whether the deadline ended it.
    pub(crate) out_of_time: bool,
}

/// What may be probed and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// Whether dry runs are made where AWS is not asked itself.
    pub(crate) dry_run_elsewhere: bool,
    /// Whether what the account has is named.
    pub(crate) probe_existing: bool,
    /// When everything ends.
    pub(crate) deadline: Instant,
}

/// Why dry runs are left out.
pub(crate) const LEFT_OUT: &str = "dry runs are off, because the endpoint is not AWS's own and some emulators do what they were only to pretend";
const TOO_LATE: &str = "AWS was not asked before the time for the check ran out";
const BROKEN_OFF: &str = "what answers does dry runs in earnest, so that nothing more was asked";
const NO_PROBE: &str = "no call that changes nothing tells it";

/// The actions to probe, each with the resources that it is asked about.
pub(crate) type Wanted = BTreeMap<String, Vec<String>>;

/// A probe was answered.
#[derive(Clone, Copy)]
pub(crate) struct Step<'a> {
    /// Probes answered.
    pub(crate) done: usize,
    /// Probes to be answered.
    pub(crate) total: usize,
    pub(crate) action: &'a str,
    pub(crate) proof: &'a Proof,
}

/// Probes each of the actions; `hear` is told of each answer.
pub(crate) async fn run(
    client: &SignedClient,
    scope: &Scope,
    wanted: &Wanted,
    rules: Rules,
    hear: &(dyn Fn(Step<'_>) + Sync),
) -> Probing {
    let mut probing = Probing::default();
    let mut probes = Vec::new();
    for action in wanted.keys() {
        let proof = match probe(action) {
            None => NO_PROBE,
            Some(probe) if left_out(client, probe, rules) => {
                probing.without_dry_runs = true;
                LEFT_OUT
            }
            Some(probe) => {
                probes.push(probe);
                continue;
            }
        };
        let why = proof.to_owned();
        probing
            .proofs
            .insert(action.clone(), Proof::Nothing { why });
    }
    probes.sort_by_key(|probe| (probe.is_dry_run(), !probe.only_reads(), probe.action()));
    probes.dedup();
    let mut sending = Sending {
        client,
        scope,
        wanted,
        rules,
        pace: Pace::default(),
        hear,
    };
    let named = match rules.probe_existing && probes.iter().any(|probe| probe.names_ids()) {
        true => sending.existing(&mut probing).await,
        false => Named::made_up(),
    };
    sending.probe(probes, &named, &mut probing).await;
    probing
}

fn left_out(client: &SignedClient, probe: &Probe, rules: Rules) -> bool {
    probe.is_dry_run() && !rules.dry_run_elsewhere && !client.asks_aws(&probe.service.service)
}

struct Sending<'a> {
    client: &'a SignedClient,
    scope: &'a Scope,
    wanted: &'a Wanted,
    rules: Rules,
    pace: Pace,
    hear: &'a (dyn Fn(Step<'_>) + Sync),
}

/// A call that is yet to be sent.
struct Waiting<T> {
    what: T,
    call: SignedCall,
    put_off: u32,
    silent: u32,
}

impl<T> Waiting<T> {
    fn new(what: T, call: SignedCall) -> Self {
        Self {
            what,
            call,
            put_off: 0,
            silent: 0,
        }
    }
}

impl Sending<'_> {
    /// What the account has of each kind.
    async fn existing(&mut self, probing: &mut Probing) -> Named {
        let lists = Named::lists().into_iter();
        let lists = lists.map(|operation| Waiting::new(operation, list(operation)));
        let mut named = Named::made_up();
        let mut answered = 0;
        self.send(lists.collect(), |operation, answer| {
            answered += usize::from(answer.is_ok());
            if let Ok(Answer::Done(body)) = answer {
                named.take(operation, &body);
            }
            true
        })
        .await;
        probing.answered += answered;
        named
    }

    async fn probe(&mut self, probes: Vec<&'static Probe>, named: &Named, probing: &mut Probing) {
        let mut weighed: BTreeMap<String, Proof> = BTreeMap::new();
        let (scope, wanted) = (self.scope, self.wanted);
        let about = |probe: &Probe| wanted.get(&probe.action()).map_or(&[][..], Vec::as_slice);
        let waiting = probes.iter().map(|probe| {
            let call = request(probe, scope, named, about(probe));
            Waiting::new(*probe, call)
        });
        let (mut done, total, hear) = (0, probes.len(), self.hear);
        let (mut answered, mut honoured) = (0, true);
        self.send(waiting.collect(), |probe, answer| {
            done += 1;
            answered += usize::from(answer.is_ok());
            honoured = !did_a_dry_run(probe, &answer);
            let asked = Asked {
                probe,
                named,
                about: about(probe),
                is_exact: is_exact(probe),
                reach: Reach::of(probe, scope, named, about(probe)),
            };
            let (action, proof) = (probe.action(), weigh(asked, &answer));
            hear(Step {
                done,
                total,
                action: &action,
                proof: &proof,
            });
            weighed.insert(action, proof);
            honoured
        })
        .await;
        probing.answered += answered;
        for probe in probes {
            let proof = weighed.remove(&probe.action()).unwrap_or_else(|| {
                probing.out_of_time |= honoured;
                let why = if honoured { TOO_LATE } else { BROKEN_OFF };
                Proof::Nothing {
                    why: why.to_owned(),
                }
            });
            probing.proofs.insert(probe.action(), proof);
        }
    }

    /// Sends calls until all are answered, `take` says no, or the deadline has come.
    async fn send<T: Copy + Send + 'static>(
        &mut self,
        mut waiting: VecDeque<Waiting<T>>,
        mut take: impl FnMut(T, Result<Answer, CallFault>) -> bool,
    ) {
        let deadline = self.rules.deadline;
        let mut running = JoinSet::new();
        let mut not_before = Instant::now();
        loop {
            while running.len() < self.pace.window() && Instant::now() >= not_before {
                let Some(next) = waiting.pop_front() else {
                    break;
                };
                let client = self.client.clone();
                running.spawn(async move {
                    let answer = client.send(&next.call).await;
                    (next, answer)
                });
            }
            if running.is_empty() {
                if waiting.is_empty() || Instant::now() >= deadline {
                    return;
                }
                sleep_until(not_before.min(deadline)).await;
                continue;
            }
            let Ok(joined) = timeout_at(deadline, running.join_next()).await else {
                return;
            };
            let Some(Ok((mut call, answer))) = joined else {
                continue;
            };
            match &answer {
                Err(CallFault::Throttled) if call.put_off < MOST_PUT_OFF => {
                    call.put_off += 1;
                    let pause = self.pace.throttled(running.len());
                    not_before = Instant::now() + pause;
                    waiting.push_back(call);
                    continue;
                }
                Err(CallFault::Silence(_)) if call.silent + 1 < MOST_SILENT => {
                    call.silent += 1;
                    waiting.push_back(call);
                    continue;
                }
                // Silence is no sign that more would be answered.
                Err(_) => {}
                Ok(_) => self.pace.answered(),
            }
            if !take(call.what, answer) {
                return;
            }
        }
    }
}

/// Whether what answered did a dry run that changes something: then it is to be left alone.
fn did_a_dry_run(probe: &Probe, answer: &Result<Answer, CallFault>) -> bool {
    let done = matches!(answer, Ok(Answer::Done(_)));
    done && probe.is_dry_run() && !probe.only_reads()
}

/// Whether the action takes no resources, so that its right cannot hang on one. What the reference
/// data does not know may.
fn is_exact(probe: &Probe) -> bool {
    let action = Reference::bundled()
        .ok()
        .and_then(|reference| reference.action(&probe.action()));
    action.is_some_and(|action| action.resources().is_empty())
}
