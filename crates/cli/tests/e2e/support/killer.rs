//! A way to AWS on which a program can be killed at a call of one's choice.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// When the program dies.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Moment {
    /// Before the call has reached AWS.
    Before,
    /// When AWS has done it and the answer has not arrived.
    After,
    /// When the answer has arrived and what comes next has not reached AWS.
    Answered,
}

/// How long a program has for what it does between two calls.
const BETWEEN: Duration = Duration::from_millis(60);

#[derive(Default)]
struct Plan {
    /// The call that changes something at which to kill, counted from 1.
    at: Option<(usize, Moment)>,
    seen: usize,
    /// Whether nothing is passed on any more.
    closed: bool,
}

/// Passes calls on to an endpoint.
pub(crate) struct Killer {
    pub(crate) endpoint: String,
    plan: Arc<Mutex<Plan>>,
    now: Receiver<()>,
}

impl Killer {
    /// A way to `endpoint`.
    pub(crate) fn before(endpoint: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let upstream = endpoint.strip_prefix("http://").unwrap().to_owned();
        let plan = Arc::new(Mutex::new(Plan::default()));
        let (kill, now) = channel();
        let shared = Arc::clone(&plan);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (upstream, plan, kill) = (upstream.clone(), Arc::clone(&shared), kill.clone());
                std::thread::spawn(move || pass_on(stream, &upstream, &plan, &kill));
            }
        });
        Self {
            endpoint: format!("http://{address}"),
            plan,
            now,
        }
    }

    /// Counts anew, and waits for the `n`th call that changes something, if one is named.
    pub(crate) fn arm(&self, at: Option<(usize, Moment)>) {
        *self.plan.lock().unwrap() = Plan {
            at,
            ..Plan::default()
        };
    }

    /// How many calls that change something there were.
    pub(crate) fn seen(&self) -> usize {
        self.plan.lock().unwrap().seen
    }

    /// Waits until it is time to kill.
    pub(crate) fn time_has_come(&self) {
        let patience = Duration::from_secs(120);
        self.now.recv_timeout(patience).expect("it gets so far");
    }

    /// Runs a command to its end, or kills it at the `n`th call that changes something; tells how
    /// many such calls there were, and how it ended if it was not killed.
    pub(crate) fn run(
        &self,
        command: &mut Command,
        at: Option<(usize, Moment)>,
    ) -> (usize, Option<ExitStatus>) {
        self.arm(at);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let ended = self.follow(&mut child);
        (self.plan.lock().unwrap().seen, ended)
    }

    fn follow(&self, child: &mut Child) -> Option<ExitStatus> {
        loop {
            if self.now.recv_timeout(Duration::from_millis(10)).is_ok() {
                // It may have ended by itself, when its last call was answered.
                let _ = child.kill();
                child.wait().unwrap();
                return None;
            }
            let ended = child.try_wait().unwrap();
            let at = self.plan.lock().unwrap();
            let awaited = at.closed || at.at.is_some_and(|(at_call, _)| at_call <= at.seen);
            if let Some(status) = ended.filter(|_| !awaited) {
                return Some(status);
            }
        }
    }
}

fn pass_on(mut stream: TcpStream, upstream: &str, plan: &Mutex<Plan>, kill: &Sender<()>) {
    let Some((head, body)) = request(&mut stream) else {
        return;
    };
    let action = body.split("Action=").nth(1).unwrap_or_default();
    if plan.lock().unwrap().closed {
        // It is about to be killed.
        let _ = stream.read(&mut [0; 1]);
        return;
    }
    let reads = head.starts_with("GET ");
    let moment = if reads { None } else { due(action, plan) };
    if matches!(moment, Some(Moment::Before)) {
        return hold(&stream, kill);
    }
    let mut there = TcpStream::connect(upstream).unwrap();
    let lines = head
        .lines()
        .filter(|line| !line.to_ascii_lowercase().starts_with("connection:"));
    let head: String = lines.map(|line| format!("{line}\r\n")).collect();
    write!(there, "{head}connection: close\r\n\r\n{body}").unwrap();
    let mut answer = Vec::new();
    there.read_to_end(&mut answer).unwrap();
    if matches!(moment, Some(Moment::After)) {
        return hold(&stream, kill);
    }
    if moment.is_some() {
        plan.lock().unwrap().closed = true;
    }
    // Whoever was killed hears nothing.
    let _ = stream.write_all(&answer);
    drop(stream);
    if moment.is_some() {
        std::thread::sleep(BETWEEN);
        // It may have ended by itself, when this was its last call.
        let _ = kill.send(());
    }
}

/// Whether the program dies at this call.
fn due(action: &str, plan: &Mutex<Plan>) -> Option<Moment> {
    let reads = ["Get", "List", "Simulate"];
    if reads.iter().any(|verb| action.starts_with(verb)) {
        return None;
    }
    let mut plan = plan.lock().unwrap();
    plan.seen += 1;
    plan.at
        .filter(|(at, _)| *at == plan.seen)
        .map(|(_, moment)| moment)
}

/// Answers nothing until the program is dead.
fn hold(mut stream: &TcpStream, kill: &Sender<()>) {
    kill.send(()).unwrap();
    let _ = stream.read(&mut [0; 1]);
}

/// A request with its length told: head and body.
fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines().filter_map(|line| line.split_once(':'));
            let length = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let length: usize = length.map_or(0, |(_, value)| value.trim().parse().unwrap());
            if body.len() >= length {
                return Some((head.to_owned(), body.to_owned()));
            }
        }
        match stream.read(&mut chunk) {
            Ok(count @ 1..) => bytes.extend_from_slice(&chunk[..count]),
            _ => return None,
        }
    }
}
