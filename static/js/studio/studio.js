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

// What to say without a network, and a page that came by way of a form that was sent: both pass the worker by.
async function keepPage(address) {
  const pages = await caches.open(PAGES);
  if (await pages.match(address)) return;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (answer.ok && !answer.redirected) await pages.put(address, answer);
}

// A browser that remembers a file asks the worker for it only after it forgot.
async function keepLook() {
  const shelf = await caches.open("workshop-look");
  for (const { name } of performance.getEntriesByType("resource")) {
    if (new URL(name).pathname.startsWith("/static/") && !(await shelf.match(name))) await shelf.add(name);
  }
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
  await import("./later.js");
  await import("./shots.js");
  await draw();
  drain();
  const addresses = ["/studio/offline", location.pathname];
  Promise.allSettled([keepLook(), ...addresses.map(keepPage)]); // what fails is tried at the next visit
  document.documentElement.dataset.ready = "";
}
