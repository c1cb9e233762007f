// Forms and links in data-swap="#results" renew that part of the page in place, and all that has data-swap-also.
// Whatever goes wrong, the page is loaded as usual.
const here = () => location.pathname + location.search;
let shown = here();
let running;

async function swap(address, target, push = true) {
  running?.abort();
  const { signal } = (running = new AbortController());
  const place = document.querySelector(target);
  place.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!page.querySelector(target)) throw response;
    for (const old of document.querySelectorAll(`${target}, [data-swap-also]`)) {
      renew(old, page.getElementById(old.id));
    }
    document.title = page.title;
    if (push) history.pushState(null, "", address);
    shown = here();
    document.querySelector("[data-swap-status]").textContent = document.querySelector("h1").textContent;
    place.removeAttribute("aria-busy");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

// What the reader opened stays open, and the focus where it is.
function renew(old, fresh) {
  if (!fresh) return;
  const focused = old.contains(document.activeElement) && document.activeElement.id;
  for (const group of old.querySelectorAll("details[id]")) {
    const same = fresh.querySelector(`#${group.id}`);
    if (same) same.open = group.open;
  }
  old.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function go(address, target) {
  if (address !== shown) await swap(address, target);
  const place = document.querySelector(target);
  place.tabIndex = -1;
  place.focus();
  place.scrollIntoView({ behavior: "instant" });
}

function addressOf(form) {
  const filled = [...new FormData(form)].filter(([, value]) => value);
  return new URL(form.action).pathname + (filled.length ? `?${new URLSearchParams(filled)}` : "");
}

addEventListener("change", ({ target: { form, type } }) => {
  if (!form?.dataset.swap || !/select|checkbox|radio/.test(type)) return;
  swap(addressOf(form) + location.hash, form.dataset.swap);
});

addEventListener("submit", (event) => {
  const target = event.target.dataset.swap;
  if (!target) return;
  event.preventDefault();
  if (location.hash) location.replace(target);
  go(addressOf(event.target), target);
});

addEventListener("click", (event) => {
  const link = event.target.closest("[data-swap] a[href]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.hash || link.host + link.pathname !== location.host + location.pathname) return;
  event.preventDefault();
  go(link.pathname + link.search, link.closest("[data-swap]").dataset.swap);
});

addEventListener("popstate", () => {
  const target = document.querySelector("[data-swap]")?.dataset.swap;
  if (target && here() !== shown) swap(location.href, target, false);
});
