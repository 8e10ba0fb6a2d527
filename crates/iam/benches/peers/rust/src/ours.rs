//! commissary-iam.

use std::hint::black_box;
use std::rc::Rc;

use anyhow::Result;
use commissary_iam::{Context, Engine, NamedPolicy, Outcome, Policy, PolicySet, Request, decide};

use crate::timing::Contender;
use crate::workload::{Asked, Workload};

pub(crate) fn contenders(workload: &Workload) -> Result<Vec<Contender<'static>>> {
    let policy = Policy::parse(&workload.policy.to_string())?;
    let engine = Rc::new(Engine::new(PolicySet {
        identity: vec![NamedPolicy::new("policy", policy)],
        ..PolicySet::default()
    }));
    let request = |asked| request(asked, &workload.principal);
    let requests: Rc<[Request]> = workload.requests.iter().map(request).collect();
    let asked = || (Rc::clone(&engine), Rc::clone(&requests));

    let (e, r) = asked();
    let outcome = move |number: usize| e.outcome(&r[number]) == Outcome::Allowed;
    let (e, r) = asked();
    let statements = move |number: usize| e.decide(&r[number]).is_allowed();
    let (e, r) = asked();
    let explained = move |number: usize| {
        black_box(e.explain(&r[number]));
        e.decide(&r[number]).is_allowed()
    };
    let (e, r) = asked();
    let uncompiled = move |number: usize| decide(e.policies(), &r[number]).is_allowed();
    Ok(vec![
        Contender::new("commissary", outcome),
        Contender::new("commissary, with the statements", statements),
        Contender::new("commissary, explained", explained),
        Contender::new("commissary, not compiled", uncompiled),
    ])
}

fn request(asked: &Asked, principal: &str) -> Request {
    let mut context = Context::new();
    for (key, given) in &asked.context {
        context.set(key, given.values());
    }
    Request {
        context,
        ..Request::new(&asked.action, &asked.resource).by(principal)
    }
}
