// Replaces a part of the page where a link or a GET form would load the whole page again.
//
// <form data-swap="#results"> and links inside an element with data-swap="#results" fetch the new page and take over
// the content of its #results, and of every element that has an id and data-swap-also. Address, title and back
// button are those of the fetched page. Whatever goes wrong, the page is loaded as usual.
const status = document.querySelector("[data-swap-status]");
let shown = location.pathname + location.search; // the address whose content stands on the page
let running = null;

async function swap(address, target, { push = true } = {}) {
  running?.abort();
  const request = (running = new AbortController());
  const place = document.querySelector(target);
  place.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: request.signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok || !page.querySelector(target)) throw new Error(`${response.status} without ${target}`);
    for (const old of document.querySelectorAll(`${target}, [data-swap-also][id]`)) {
      renew(old, page.getElementById(old.id));
    }
    document.title = page.title;
    if (push) history.pushState(null, "", address);
    shown = location.pathname + location.search;
    status.textContent = document.querySelector("h1").textContent.trim();
    place.removeAttribute("aria-busy");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

// The element itself stays, so that it remains the target of the address; what the reader opened stays open.
function renew(old, fresh) {
  if (!fresh) return;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  for (const group of old.querySelectorAll("details[id]")) {
    const same = fresh.querySelector(`#${CSS.escape(group.id)}`);
    if (same) same.open = group.open;
  }
  old.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function addressOf(form) {
  const address = new URL(form.action);
  address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  address.hash = "";
  return address.href;
}

function show(target) {
  const place = document.querySelector(target);
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ behavior: "instant" });
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("form[data-swap]") && event.target.matches("select, [type=checkbox], [type=radio]")) {
    swap(addressOf(form) + location.hash, form.dataset.swap);
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-swap]")) return;
  event.preventDefault();
  const target = form.dataset.swap;
  const address = new URL(addressOf(form));
  if (location.hash) location.replace(target);
  if (address.pathname + address.search === shown) show(target);
  else swap(address.href, target).then(() => show(target));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-swap] a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.hash || link.origin !== location.origin || link.pathname !== location.pathname) return;
  event.preventDefault();
  const target = link.closest("[data-swap]").dataset.swap;
  swap(link.href, target).then(() => show(target));
});

addEventListener("popstate", () => {
  const target = document.querySelector("[data-swap]")?.dataset.swap;
  if (target && location.pathname + location.search !== shown) swap(location.href, target, { push: false });
});
