
// The form of a provider.

// What a choice of release and features needs, beside the form and while it is chosen. Without this
// a button asks for it.

function followNeeds() {
  const form = document.querySelector("form[data-needs]");
  if (!form || !window.fetch) return;
  let asking;
  const shown = new Map();
  const follow = async (event) => {
    const { name } = event.target;
    if (name === "release") showAgain(form, shown);
    if (!(["name", "region", "release"].includes(name) || name.startsWith("features."))) return;
    asking?.abort();
    asking = new AbortController();
    try {
      await showNeeds(form, asking.signal);
    } catch (error) {
      // A later choice is asked for by now, or the server is away: what is shown stays.
      if (!["AbortError", "TypeError"].includes(error.name)) throw error;
    }
  };
  form.addEventListener("change", follow);
}

// A form without a policy beside it asks for nothing but what another release has to choose from.
function followRelease() {
  const form = document.querySelector("form[data-releases]");
  if (!form || !window.fetch) return;
  const shown = new Map();
  form.elements.release.addEventListener("change", async ({ target: { value } }) => {
    showAgain(form, shown);
    // No secret is asked with: only a form that is sent by its address has none.
    const asked = new URLSearchParams(form.method === "get" ? new FormData(form) : { release: value });
    const response = await fetch(`${form.action}?${asked}`).catch(() => undefined);
    if (!response?.ok || response.redirected || form.elements.release.value !== value) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (featuresIn(form).dataset.release !== value) featuresIn(form).replaceWith(featuresIn(fresh));
  });
}

// What was ticked for a release is there again when one comes back to it.
function showAgain(form, shown) {
  const before = featuresIn(form);
  shown.set(before.dataset.release, before);
  const again = shown.get(form.elements.release.value);
  if (!again) return;
  again.hidden = false;
  before.replaceWith(again);
}

function featuresIn(page) {
  return page.querySelector("fieldset[data-release]");
}

// No secret is asked with.
async function showNeeds(form, signal) {
  const chosen = new FormData(form);
  const asked = new URLSearchParams({ part: "needs" });
  for (const field of ["name", "region", "release", "of", `features.${chosen.get("release")}`]) {
    for (const value of chosen.getAll(field)) asked.append(field, value);
  }
  const response = await fetch(`${location.pathname}?${asked}`, { signal });
  if (!response.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  showParts(form, fresh);
  const [before, now] = [featuresIn(form), featuresIn(fresh)];
  if (before.dataset.release === now.dataset.release) showTakes(form, fresh);
  else before.replaceWith(now);
  const size = form.querySelector(".needed .measure span, .needed p");
  const said = document.getElementById("needed-said");
  if (said.textContent !== size.textContent) said.textContent = size.textContent;
}

// What each feature takes stands at it.
function showTakes(form, fresh) {
  for (const takes of form.querySelectorAll("[data-takes]")) takes.remove();
  for (const takes of fresh.querySelectorAll("[data-takes]")) {
    const { name, value } = takes.closest("label").querySelector("input");
    const box = form.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    box?.closest("label").querySelector("span").append(" ", takes);
  }
}

// A check before saving: the page stays, and with it what was typed.
function checkFirst() {
  const form = document.querySelector("form[data-needs]");
  if (!form || !window.fetch || !window.TextDecoderStream) return;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.value !== "check") return;
    event.preventDefault();
    tryKeys(form, event.submitter).finally(() => rest(event.submitter));
  });
}

async function tryKeys(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const checked = document.getElementById("checked");
  checked.replaceChildren();
  clearFaults(form);
  form.querySelector(".fault-list")?.remove();
  begin();
  try {
    const { status, problem, result } = await run(form.action, "application/x-www-form-urlencoded", body);
    if (problem) return refuseKeys(form, status, problem);
    checked.replaceChildren(...new DOMParser().parseFromString(result.html, "text/html").body.childNodes);
    tellTimes();
    offerCopies();
    const verdict = checked.querySelector(".verdict");
    say(`Checked. ${verdict.querySelector("p").textContent}`);
    verdict.focus();
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    fail([error.message, " Nothing was saved; what you typed is still here."]);
  } finally {
    document.getElementById("progress").hidden = true;
  }
}

// In another window, so that nothing that was typed is lost.
function refuseKeys(form, status, problem) {
  if (status === 401) {
    const way = link("/sign-in", "Sign in again in another window");
    way.target = "_blank";
    return fail(["You are no longer signed in. ", way, " and go on here: what you typed is still here."]);
  }
  let first;
  for (const { field, message } of problem.errors ?? []) {
    if (setFault(form, field, sentence(message))) first ??= document.getElementById(field);
  }
  if (!first) return fail(sentence(problem.detail ?? "the server refused the check"));
  say("Not checked");
  first.focus();
}

followNeeds();
followRelease();
checkFirst();
