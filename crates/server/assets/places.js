// Where a provider can be used, looked at again while it changes. Without this the page tells how
// it stood when it was opened.

function followPlaces() {
  const places = document.getElementById("places");
  if (!places || !window.fetch) return;
  const lookLater = () => {
    const seconds = places.querySelector("[data-again-in]")?.dataset.againIn;
    if (seconds) setTimeout(look, seconds * 1000);
  };
  const look = async () => {
    if (!isInUse(places)) await lookAgain(places).catch(() => {});
    lookLater();
  };
  lookLater();
}

// Whether nobody looks, or somebody is about to act on what stands there.
function isInUse(places) {
  return document.hidden || places.contains(document.activeElement);
}

async function lookAgain(places) {
  const response = await fetch(location.pathname);
  if (!response.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  if (isInUse(places)) return;
  const before = standing(places);
  showParts(places, fresh);
  const now = standing(places);
  if (now !== before) document.getElementById("places-said").textContent = now;
}

// How it stands in each cluster, to be read aloud.
function standing(places) {
  const titles = [...places.querySelectorAll(".place .head-title")];
  return titles.map((title) => [...title.children].map((child) => child.textContent).join(": ")).join(", ");
}

followPlaces();
