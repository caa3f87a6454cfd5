// Says every half minute, while the page is looked at, that it is open, and shows who else has it open.
const place = document.getElementById("presence");
const token = document.querySelector("[name=csrfmiddlewaretoken]");
const EVERY = 30_000;

async function tell(fields, keepalive) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token.value, ...fields });
  const response = await fetch(place.dataset.address, { method: "POST", body, keepalive, redirect: "error" });
  return response.ok && response.status !== 204 ? (await response.json()).words : "";
}

async function beat() {
  if (document.visibilityState !== "visible") return;
  try {
    const words = await tell({}, false);
    if (words !== place.textContent) place.textContent = words;
  } catch {
    // Without an answer nobody is shown: what was true may not be true any more.
    place.textContent = "";
  }
}

if (place && token) {
  setInterval(beat, EVERY);
  document.addEventListener("visibilitychange", beat);
  // Left for good, or kept by the browser to come back to: then it is told anew.
  window.addEventListener("pagehide", () => void tell({ leave: "yes" }, true).catch(() => {}));
  window.addEventListener("pageshow", (event) => event.persisted && void beat());
}
