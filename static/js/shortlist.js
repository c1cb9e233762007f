// The reader's own list, kept on this device: links that keep something become buttons, and a bar leads to the list.
// Without storage, or if anything fails, the links go on working as links.
const KEY = "list";
const KINDS = ["products", "producers"];
const bar = document.querySelector("[data-list-link]");
const page = document.querySelector("[data-list]");

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(kept) ? kept.filter((one) => /^produc(t|er)s:[\w-]+$/.test(one)) : []);
  } catch {
    return null;
  }
}

function write(list) {
  try {
    if (list.size) localStorage.setItem(KEY, JSON.stringify([...list]));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

function address(base, list) {
  const parts = KINDS.map((kind) => [kind, [...list].filter((one) => one.startsWith(`${kind}:`))]);
  const query = parts
    .filter(([, keys]) => keys.length)
    .map(([kind, keys]) => `${kind}=${keys.map((key) => key.slice(kind.length + 1)).join(",")}`);
  return query.length ? `${base}?${query.join("&")}` : base;
}

function show() {
  const list = read();
  if (!list) return;
  for (const link of document.querySelectorAll("[data-keep]")) {
    const on = list.has(link.dataset.keep);
    link.setAttribute("role", "button");
    if (link.dataset.on) {
      link.dataset.off ??= link.textContent;
      link.textContent = on ? link.dataset.on : link.dataset.off;
    } else {
      link.setAttribute("aria-pressed", on);
    }
  }
  const way = bar?.querySelector("a");
  if (!way) return;
  way.href = address(new URL(way.href).pathname, list);
  way.querySelector("[data-list-number]").textContent = list.size;
  bar.hidden = !list.size || !document.querySelector("[data-keep]");
}

function change(key, on) {
  const list = read();
  if (!list) return false;
  if (on) list.add(key);
  else list.delete(key);
  return write(list);
}

function keep(event, link) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const list = read();
  if (!list) return;
  const on = !list.has(link.dataset.keep);
  if (on && list.size >= Number(bar.dataset.most)) return;
  if (!change(link.dataset.keep, on)) return;
  event.preventDefault();
  show();
  document.querySelector("[data-swap-status]").textContent = on ? bar.dataset.kept : bar.dataset.taken;
}

addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-keep], [data-list-remove], [data-list-add], [data-list-clear]");
  if (!link) return;
  if (link.dataset.keep) keep(event, link);
  else if (link.dataset.listRemove) change(link.dataset.listRemove, false);
  else if (link.dataset.listAdd) change(link.dataset.listAdd, true);
  else write(new Set());
});

// What is a button to the ear answers the space bar too.
addEventListener("keydown", (event) => {
  const link = event.target.closest?.("[data-keep][role]");
  if (!link || event.key !== " " || event.repeat) return;
  event.preventDefault();
  link.click();
});

// The page of a list that somebody sent: it is kept only when the reader says so.
function offer() {
  const button = page?.querySelector("[data-list-keep]");
  const list = read();
  if (!button || !list) return;
  const [products, producers] = page.dataset.list.split("|").map((codes) => codes.split(",").filter(Boolean));
  const keys = [...products.map((code) => `products:${code}`), ...producers.map((code) => `producers:${code}`)];
  button.hidden = keys.every((key) => list.has(key));
  button.addEventListener("click", () => {
    if (write(new Set([...list, ...keys]))) button.hidden = true;
    document.querySelector("[data-swap-status]").textContent = bar.dataset.kept;
  });
}

const renewed = new MutationObserver(show);
for (const part of document.querySelectorAll("[data-swap]")) renewed.observe(part, { childList: true });
addEventListener("storage", show);
addEventListener("pageshow", show);
show();
offer();
