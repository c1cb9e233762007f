// The workshop on a phone: pages work without it; with it nothing is lost, whatever becomes of the network.
import "./tap.js";

const PAGES = "workshop-pages";
const bar = document.querySelector("[data-savebar]");


// Whoever signs out, or comes after somebody else, leaves and finds no pages.
async function keepToOne() {
  if (localStorage.getItem("workshop-user") === bar.dataset.user) return;
  await caches.delete(PAGES);
  localStorage.setItem("workshop-user", bar.dataset.user);
}

function forgetOnSigningOut() {
  const form = document.querySelector("form[action$='/sign-out']");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    await caches.delete(PAGES);
    form.submit();
  });
}

// Only where a browser gives us what we need: over HTTPS or on this machine, and not in a very old one.
if (bar && window.isSecureContext && navigator.locks && navigator.serviceWorker && AbortSignal.timeout) {
  await keepToOne();
  forgetOnSigningOut();
  navigator.serviceWorker.register("/studio/worker.js", { scope: "/studio/" });
  const { drain, draw } = await import("./savebar.js");
  await import("./shots.js");
  await draw();
  drain();
  document.documentElement.dataset.ready = "";
}
