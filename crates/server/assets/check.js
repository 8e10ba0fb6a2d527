
// The check of a provider, followed while it runs. Without this the form is
// sent as forms are, and the page comes back when the check is done.

// The server says something every 15 seconds, if only that it is there.
const silence = 45000;
// How long a server is waited for that cannot be heard, and how long at most between two attempts.
const patience = 120000;
const longest = 5000;

class Broken extends Error {}

const cutOff = "The connection to the server is gone. The check goes on there, and is followed again as soon as the server is heard.";

function followChecks() {
  if (!window.fetch || !window.TextDecoderStream) return;
  const running = document.getElementById("running");
  if (running) {
    running.hidden = true;
    followed(() => ended(running.dataset.running));
  }
  const form = document.getElementById("check");
  form?.addEventListener("submit", (event) => {
    // One that is under way already was refused before.
    if (event.defaultPrevented) return;
    event.preventDefault();
    const body = asked(form);
    for (const input of form.querySelectorAll("input[type=password]")) input.value = "";
    takeBack(form);
    followed(() => begun(form, body)).finally(() => rest(event.submitter));
  });
}

async function followed(check) {
  begin();
  try {
    await check();
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    fail([error.message, " ", link(location.pathname, "Open this page again"), " in a minute to see its report."]);
  } finally {
    document.getElementById("progress").hidden = true;
  }
}

// Begins a check, and stays until it has ended; where one is under way already, that one counts.
async function begun(form, body) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(form.dataset.checks, { method: "POST", headers, body }).catch(() => null);
  const check = response?.headers.get("location");
  if (check) return ended(check);
  const problem = await response?.json().catch(() => null);
  if (problem) return refused(response.status, problem);
  throw new Broken("The connection to the server broke before the check was begun, or just then.");
}

// Tells how a check gets on until it has ended, and then how it ended.
async function ended(check) {
  const { status, end } = await heardToItsEnd(check);
  if (status) return refused(status, {});
  if (end.state === "done") return showReport();
  refused(200, end.failure ?? { detail: `the check was ${end.state}` });
}

// Whoever is cut off goes on where that was.
function heardToItsEnd(check) {
  const place = { last: "" };
  return untilHeard((heard) => listen(check, place, heard));
}

// Listens to a check: how it ended, or nothing where the connection broke before.
async function listen(check, place, heard) {
  const control = new AbortController();
  let timer;
  const alive = () => {
    heard();
    clearTimeout(timer);
    timer = setTimeout(() => control.abort(), silence);
  };
  timer = setTimeout(() => control.abort(), silence);
  try {
    const headers = { accept: "text/event-stream", ...(place.last && { "last-event-id": place.last }) };
    const response = await fetch(`${check}/events`, { headers, signal: control.signal });
    if ([401, 403, 404].includes(response.status)) return { status: response.status };
    if (!response.ok) return null;
    document.getElementById("check-failed").hidden = true;
    for await (const { id, name, data } of events(response, alive)) {
      place.last = id || place.last;
      if (name === "progress") tellStep(data);
      if (name === "end") return { end: data };
    }
  } catch {
    // The connection broke, or nobody was there.
  } finally {
    clearTimeout(timer);
  }
  return null;
}

// Tries again and again while nothing is heard of the server, and waits longer each time.
async function untilHeard(attempt) {
  let heardAt = Date.now();
  let tries = 0;
  const heard = () => {
    heardAt = Date.now();
    tries = 0;
  };
  while (Date.now() - heardAt < patience) {
    const answer = await attempt(heard);
    if (answer) return answer;
    fail([cutOff]);
    await new Promise((resolve) => setTimeout(resolve, Math.min(longest, 500 * 2 ** tries)));
    tries += 1;
  }
  throw new Broken("The connection to the server broke before the check was done. What was begun goes on there.");
}

// What the form asks for, as the API takes it.
function asked(form) {
  const data = new FormData(form);
  const body = {
    rungs: ["identity", ...data.getAll("rungs")],
    probeExisting: data.has("probeExisting"),
  };
  const lent = {};
  for (const name of ["accessKeyId", "secretAccessKey", "sessionToken"]) {
    const value = data.get(`administrator.${name}`);
    if (value.trim()) lent[name] = value;
  }
  if (Object.keys(lent).length) {
    body.administrator = { accessKeyId: "", secretAccessKey: "", ...lent };
  }
  return JSON.stringify(body);
}

// Runs a check of keys that are nobody's yet to its end: its result, or a problem. Nothing of it is
// kept, so that there is nothing to go on with when it breaks off.
async function run(address, type, body) {
  const control = new AbortController();
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => control.abort(), silence);
  };
  heard();
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { accept: "text/event-stream", "content-type": type },
      body,
      redirect: "manual",
      signal: control.signal,
    });
    // A page of the console leads to the sign-in page.
    if (response.type === "opaqueredirect") return { status: 401, problem: {} };
    if (!response.ok) return { status: response.status, problem: await response.json() };
    for await (const { name, data } of events(response, heard)) {
      if (name === "progress") tellStep(data);
      if (name === "problem") return { status: data.status, problem: data };
      if (name === "result") return { result: data };
    }
  } catch {
    // Whatever ended it: the check was begun, or was not, and the page tells which.
  } finally {
    clearTimeout(timer);
  }
  throw new Broken("The connection to the server broke before the check was done. What was begun goes on there.");
}

// WHATWG HTML, "Server-sent events".
async function* events(response, heard) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    const blocks = (text + value).split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const field = (name) => block.split("\n")
        .filter((line) => line.startsWith(`${name}:`))
        .map((line) => line.slice(name.length + 1).trimStart())
        .join("\n");
      if (field("data")) yield { id: field("id"), name: field("event"), data: JSON.parse(field("data")) };
    }
  }
}

const stages = {
  identifying: () => "Asking AWS whose keys these are",
  identified: (step) => `AWS says: ${step.principalArn}`,
  simulating: () => "AWS simulates the permissions",
  readingPolicies: () => "Reading the policies",
  deciding: () => "Deciding by the policies",
  probing: () => "Asking AWS with the keys themselves",
};

function tellStep(step) {
  for (const { kind, settled, total } of step.kinds ?? []) {
    const row = document.querySelector(`[data-kind="${kind}"]`);
    if (!row) continue;
    const bar = row.querySelector("progress");
    bar.max = total;
    bar.value = settled;
    row.querySelector("output").textContent = `${settled} of ${total}`;
  }
  const stage = stages[step.event]?.(step);
  if (!stage) return;
  const counted = step.total ? `${stage}: ${step.done} of ${step.total}` : stage;
  document.getElementById("progress-step").textContent = counted;
  // Numbers that change several times a second are not to be read aloud.
  say(stage);
}

function say(text) {
  const said = document.getElementById("check-said");
  if (said.textContent !== text) said.textContent = text;
}

function begin() {
  document.getElementById("check-failed").hidden = true;
  for (const row of document.querySelectorAll("[data-kind]")) {
    row.querySelector("progress").value = 0;
    row.querySelector("output").textContent = `0 of ${row.querySelector("progress").max}`;
  }
  document.getElementById("progress-step").textContent = "";
  say("Checking");
  document.getElementById("progress").hidden = false;
}

function fail(pieces) {
  const failed = document.getElementById("check-failed");
  failed.replaceChildren(...pieces);
  failed.hidden = false;
  say("");
}

function link(href, text) {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = text;
  return anchor;
}

function signedOut() {
  const way = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
  fail(["You are no longer signed in. ", link(way, "Sign in again"), " and come back to this page."]);
}

// A sentence of the server, with what stands in backticks set as code.
function sentence(text) {
  const pieces = `${text.charAt(0).toUpperCase()}${text.slice(1)}`.split("`");
  const set = pieces.map((piece, place) => {
    if (place % 2 === 0) return piece;
    const code = document.createElement("code");
    code.textContent = piece;
    return code;
  });
  return /[.!?:…]$/.test(text) ? set : [...set, "."];
}

// Where keys that were lent are at fault it is said at their fields, otherwise above the report.
function refused(status, problem) {
  if (status === 401) return signedOut();
  const form = document.getElementById("check");
  let first;
  for (const { field, message } of problem.errors ?? []) {
    const input = document.getElementById(field);
    if (!input || !form?.contains(input)) continue;
    const fault = document.createElement("p");
    fault.className = "fault";
    fault.id = `${field}-fault`;
    fault.append(...sentence(message));
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", fault.id);
    input.after(fault);
    first ??= input;
  }
  if (!first) return fail(sentence(problem.detail ?? "the server refused the check"));
  for (let fold = first.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  say("Not checked");
  first.focus();
}

// The faults of the last time.
function takeBack(form) {
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    document.getElementById(`${input.id}-fault`)?.remove();
    input.removeAttribute("aria-invalid");
    const hint = document.getElementById(`${input.id}-hint`);
    if (hint) input.setAttribute("aria-describedby", hint.id);
    else input.removeAttribute("aria-describedby");
  }
  form.querySelector(".fault-list")?.remove();
}

// Puts the new report where the old one was. Whoever stood in it stands at the verdict then.
async function showReport() {
  const response = await untilHeard(() => fetch(location.pathname).catch(() => null));
  if (response.redirected) return signedOut();
  if (!response.ok) throw new Broken("The check is done, but its report did not arrive.");
  document.getElementById("check-failed").hidden = true;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const within = document.activeElement?.closest("[data-part]");
  showParts(document, fresh);
  const verdict = document.querySelector(".verdict");
  if (within) verdict.focus();
  const lent = document.getElementById("administrator.accessKeyId");
  if (lent) lent.value = "";
  say(`Checked. ${verdict.querySelector("p").textContent}`);
}

followChecks();
