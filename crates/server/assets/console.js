// The console works without this. It tells time in the reader's words, says
// that it is waiting for AWS, copies commands and closes menus.
"use strict";

const steps = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

function ago(then) {
  const seconds = (then - Date.now()) / 1000;
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return words.format(Math.round(seconds / length), unit);
  }
  return "just now";
}

// How long ago a moment was, as an age.
function age(then) {
  const seconds = Math.max(0, (Date.now() - then) / 1000);
  const step = steps.find(([, length]) => seconds >= length);
  if (!step) return "under a minute";
  const [unit, length] = step;
  const words = new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: "long" });
  return words.format(Math.floor(seconds / length));
}

function tellTimes() {
  for (const time of document.querySelectorAll("time")) {
    const then = new Date(time.dateTime);
    if (Number.isNaN(then.getTime())) continue;
    time.title = then.toLocaleString();
    if (time.classList.contains("ago")) time.textContent = ago(then);
    if (time.classList.contains("age")) time.textContent = age(then);
  }
}

function waitWithForms(within) {
  for (const form of within.querySelectorAll("form[data-busy]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      const button = event.submitter;
      button.dataset.words = button.textContent;
      button.textContent = form.dataset.busy;
      button.setAttribute("aria-disabled", "true");
    });
  }
}

// A page that the browser brings back from its memory waits for nothing.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("button[data-words]")) rest(button);
});

// What a button waited for is over.
function rest(button) {
  button.textContent = button.dataset.words;
  button.removeAttribute("aria-disabled");
  delete button.form.dataset.sent;
}

function offerCopies() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(source.textContent.trim());
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
  }
}

// A file that is chosen is read into the field; it goes nowhere by itself.
function offerFiles() {
  for (const input of document.querySelectorAll("input[data-fills]")) {
    input.parentElement.hidden = false;
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (file) document.getElementById(input.dataset.fills).value = await file.text();
    });
  }
}

// Puts the parts of a page that was fetched where those of this one stand; what was opened stays so.
function showParts(within, fresh) {
  const opened = [...within.querySelectorAll("[data-part] details[id][open]")].map((fold) => fold.id);
  for (const part of within.querySelectorAll("[data-part]")) {
    const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!other) continue;
    part.replaceChildren(...other.childNodes);
    waitWithForms(part);
  }
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  tellTimes();
  offerCopies();
}

// On a phone the navigation is wider than the window: where one is stands in sight.
function showPlace() {
  const side = document.querySelector(".side");
  const here = side?.querySelector("[aria-current]");
  if (here) side.scrollLeft = here.offsetLeft - (side.clientWidth - here.offsetWidth) / 2;
}

function closeMenus() {
  const menus = document.querySelectorAll("details.menu");
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus) {
      if (menu.open && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  });
}

tellTimes();
waitWithForms(document);
offerCopies();
offerFiles();
showPlace();
closeMenus();
