
// A user is made, or taken back. Without this the form is sent as forms are, and the page comes
// back with the plan and without the secret. With it the plan is fetched into the page, so that
// nothing is typed twice, and the steps are told while they are done.

function followUsers() {
  const form = document.querySelector("form[data-user]");
  if (!form || !window.fetch || !window.TextDecoderStream) return;
  form.addEventListener("submit", (event) => {
    // One that is under way already was refused before.
    if (event.defaultPrevented) return;
    const button = event.submitter;
    const wish = button.value;
    if (wish === "undo") return;
    event.preventDefault();
    const sent = new URLSearchParams(new FormData(form, button));
    const follow = wish === "make" ? makeUser : showPlan;
    follow(form, sent).catch(brokenOff).finally(() => {
      waitNoMore(form);
      if (button.form) rest(button);
    });
  });
}

// Puts the plan, or what was wrong, into the page as the server renders it.
async function showPlan(form, sent) {
  clearSteps();
  const response = await fetch(form.action, { method: "POST", body: sent });
  if (new URL(response.url).pathname === "/sign-in") throw new Error("You are no longer signed in: sign in again, and open this page anew.");
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const parts = form.querySelectorAll("[data-part]");
  if (!fresh.querySelector("[data-part]")) throw new Error("The server could not answer. Try again.");
  for (const part of parts) {
    const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    for (const note of other.querySelectorAll("[data-no-script]")) note.remove();
    part.replaceChildren(...other.childNodes);
  }
  takeFaults(form, fresh);
  (form.querySelector(".fault-list a") ?? document.getElementById("plan"))?.focus();
}

// Faults stand at their fields; what was typed stays.
function takeFaults(form, fresh) {
  clearFaults(form);
  for (const fault of fresh.querySelectorAll("p.fault")) {
    const field = fault.id.replace(/-fault$/, "");
    setFault(form, field, [...fault.childNodes]);
  }
}

function clearFaults(form) {
  for (const fault of form.querySelectorAll("p.fault")) fault.remove();
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    const hint = document.getElementById(`${input.id}-hint`);
    if (hint) input.setAttribute("aria-describedby", hint.id);
    else input.removeAttribute("aria-describedby");
  }
}

function setFault(form, field, said) {
  const place = document.getElementById(field);
  if (!place || !form.contains(place) || place.closest("[data-part]")) return false;
  const fault = document.createElement("p");
  fault.className = "fault";
  fault.id = `${field}-fault`;
  fault.append(...said);
  if (place.matches("input, select, textarea")) {
    place.setAttribute("aria-invalid", "true");
    place.setAttribute("aria-describedby", fault.id);
    place.after(fault);
  } else {
    place.append(fault);
  }
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  return true;
}

function waitNoMore(form) {
  delete form.dataset.sent;
}

const userStages = {
  looking: () => "Looking at the account",
  waiting: (step) => `Waiting until AWS knows the new key: ${step.seconds} s`,
  checkingAgain: (step) => `Waiting until AWS knows the new policies: check ${step.turn} of ${step.of}`,
  checking: () => "Checking every permission",
};

async function makeUser(form, sent) {
  clearSteps();
  clearFaults(form);
  form.querySelector("[data-part=faults]").replaceChildren();
  form.querySelector("[data-part=plan]").replaceChildren();
  const steps = document.getElementById("steps");
  steps.hidden = false;
  steps.scrollIntoView({ block: "nearest" });
  const response = await fetch(form.action, {
    method: "POST",
    headers: { accept: "text/event-stream" },
    body: sent,
    redirect: "error",
  });
  for await (const { name, data } of events(response, () => {})) {
    if (name === "progress") tellUserStep(steps, data);
    if (name === "problem") return refuseUser(form, data);
    if (name === "result") return arrive(form, data);
  }
  throw new Error("The connection to the server broke. What was begun goes on there; do the same again to see how it ended.");
}

function tellUserStep(steps, step) {
  const now = document.getElementById("step-now");
  const said = userStages[step.event]?.(step);
  if (said) now.replaceChildren(...sentence(said));
  if (step.event === "saved") {
    addStep(steps, { state: "sealed", detail: `the key \`${step.accessKeyId}\` is sealed as the infrastructure provider \`${step.provider}\`` });
  }
  if (step.event === "done") addStep(steps, step);
}

function addStep(steps, step) {
  const classes = { made: "allowed", sealed: "allowed", changed: "conditional", removed: "denied" };
  const row = document.createElement("li");
  const mark = document.createElement("span");
  mark.className = `mark ${classes[step.state] ?? "unverifiable"}`;
  mark.textContent = { existed: "exists", left: "left" }[step.state] ?? step.state;
  const line = document.createElement("div");
  const text = document.createElement("p");
  text.append(...sentence(step.detail));
  line.append(text);
  row.append(mark, line);
  steps.querySelector("ul").append(row);
}

function clearSteps() {
  const steps = document.getElementById("steps");
  if (!steps) return;
  steps.hidden = true;
  steps.querySelector("ul").replaceChildren();
  document.getElementById("step-now").replaceChildren();
  document.getElementById("steps-failed").hidden = true;
}

function refuseUser(form, problem) {
  document.getElementById("step-now").replaceChildren();
  let first;
  for (const { field, message } of problem.errors ?? []) {
    if (setFault(form, field, sentence(message))) first ??= document.getElementById(field);
  }
  const list = document.getElementById("steps-failed");
  list.replaceChildren(...sentence(problem.detail));
  list.hidden = false;
  first?.focus();
}

// The provider's page is the end of it, unless there is something to read before.
function arrive(form, { page, notices }) {
  for (const input of form.querySelectorAll("input[type=password]")) input.value = "";
  if (!notices.length) {
    location.assign(page);
    return;
  }
  const now = document.getElementById("step-now");
  const link = document.createElement("a");
  link.href = page;
  link.textContent = "Go on to the provider";
  now.replaceChildren(...notices.flatMap(({ message }) => [...sentence(message), " "]), link);
}

function brokenOff(error) {
  const failed = document.getElementById("steps-failed");
  if (!failed) throw error;
  document.getElementById("step-now").replaceChildren();
  failed.textContent = error.message;
  failed.hidden = false;
}

followUsers();
