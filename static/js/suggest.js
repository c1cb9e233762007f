// A search field that suggests while one types: an ARIA combobox. The form works alone; whatever fails, it is sent.
const WAIT_MS = 120;
const answers = new Map();
let lists = 0;

async function ask(form, typed, signal) {
  const address = `${form.dataset.suggest}?q=${encodeURIComponent(typed)}`;
  if (!answers.has(address)) {
    const response = await fetch(address, { signal });
    if (!response.ok) return [];
    answers.set(address, (await response.json()).items);
  }
  return answers.get(address);
}

function part(tag, name, text) {
  const node = document.createElement(tag);
  node.className = name;
  node.textContent = text;
  return node;
}

const path = (address) => {
  const { pathname, search } = new URL(address);
  return pathname + search;
};

function option(item, number, id, form) {
  const language = document.documentElement.lang;
  const name = item.name[language] ?? item.name.vi;
  const node = document.createElement("li");
  node.id = `${id}-${number}`;
  node.setAttribute("role", "option");
  node.setAttribute("aria-selected", "false");
  node.dataset.href = path(item.urls[language]);
  const picture = document.createElement("img");
  picture.src = path(item.picture);
  picture.alt = "";
  picture.width = picture.height = 40;
  const words = part("span", "named", name);
  if (!item.name[language]) words.lang = "vi";
  if (item.matched !== name) words.append(part("small", "also", item.matched));
  node.append(picture, words, part("small", "kind", form.dataset[item.kind]));
  return node;
}

export function suggest(input) {
  const form = input.form;
  const id = `suggestions-${++lists}`;
  const list = document.createElement("ul");
  list.id = id;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label);
  form.append(list);
  // A field of the type `search` may not be a combobox.
  input.type = "text";
  input.enterKeyHint = "search";
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-controls", id],
    ["aria-expanded", "false"],
  ]) {
    input.setAttribute(name, value);
  }

  let at = -1;
  let timer;
  let running;

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) move(-1);
  }

  function move(to) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = to;
    const chosen = list.children[at];
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
  }

  async function look() {
    running?.abort();
    const { signal } = (running = new AbortController());
    const typed = input.value.trim();
    const items = typed ? await ask(form, typed, signal).catch(() => []) : [];
    if (signal.aborted || document.activeElement !== input) return;
    move(-1);
    list.replaceChildren(...items.map((item, number) => option(item, number, id, form)));
    show(items.length > 0);
    const status = document.querySelector("[data-swap-status]");
    if (items.length) status.textContent = form.dataset.number.replace("{number}", items.length);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT_MS);
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    running?.abort();
    show(false);
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "ArrowDown" && list.hidden && last >= 0) show(true);
    else if (event.key === "ArrowDown" && !list.hidden) move(at < last ? at + 1 : -1);
    else if (event.key === "ArrowUp" && !list.hidden) move(at < 0 ? last : at - 1);
    else if (event.key === "Enter" && at >= 0 && !event.isComposing) location.assign(list.children[at].dataset.href);
    else return;
    event.preventDefault();
  });
  // The field keeps the focus while an option is pressed.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[role=option]");
    if (chosen) location.assign(chosen.dataset.href);
  });
  // Something was typed while this module was on its way.
  if (input.value !== input.defaultValue) look();
}
