// Says in words what is saved where, and lists what waits on this phone.
import { get } from "./store.js";
import { drain, letGo, listen, mine, state, tryAgain } from "./queue.js";
import { seeBoth, shown } from "./autosave.js";

const bar = document.querySelector("[data-savebar]");
const words = JSON.parse(bar.dataset.words);
const [line, signIn, both, queue] = ["savestate", "sign-in", "see-both", "queue"].map((name) =>
  bar.querySelector(`[data-${name}]`),
);
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
let drawing;
let isFull = false;

const say = (word, values = {}) => words[word].replace(/\{(\w+)\}/g, (_, name) => values[name]);

async function draw() {
  const row = shown ? await get("texts", shown) : undefined;
  const texts = (await mine("texts")).filter((text) => (text.dirty || text.sending) && text.ready !== false);
  const photographs = await mine("photographs");
  const told = sentence(row, [...texts, ...photographs]);
  if (line.textContent !== told) line.textContent = told;
  signIn.hidden = state.trouble !== "signed-out";
  both.hidden = row?.state !== "conflict";
  const number = texts.length + photographs.length;
  queue.hidden = !number;
  queue.querySelector("summary").textContent = say("queue", { number });
  queue.querySelector("ul").replaceChildren(...texts.map(textItem), ...photographs.map(photographItem));
  bar.hidden = !told && !number;
}

function sentence(row, waiting) {
  if (isFull) return words.full;
  if (row?.state) return row.state === "conflict" ? words.conflict : row.text || words.conflict;
  const newest = Math.max(row?.at ?? 0, ...waiting.map(({ at }) => at));
  const time = clock.format(newest || Date.now());
  if (waiting.length && state.trouble) return say(state.trouble, { time });
  if (row?.ready === false) return say("here", { time });
  if (row && (row.dirty || row.sending)) return words.saving;
  if (row?.saved) return say("saved", { time: clock.format(row.saved) });
  return "kept" in document.documentElement.dataset ? words.kept : "";
}

function item(name, told, ...buttons) {
  const line = document.createElement("li");
  const [title, state] = [document.createElement("span"), document.createElement("span")];
  title.textContent = name;
  state.textContent = told;
  line.append(title, state, ...buttons);
  return line;
}

function button(word, deed) {
  const made = document.createElement("button");
  made.className = "plain";
  made.type = "button";
  made.textContent = words[word];
  made.addEventListener("click", deed);
  return made;
}

function link(word, href) {
  const made = document.createElement("a");
  made.href = href;
  made.textContent = words[word];
  return made;
}

function textItem(row) {
  const open = row.isAct && row.state ? [link("open", row.action)] : [];
  const away = (row.isNew || row.isAct) && row.state ? [button("away", () => letGo("texts", row.id))] : [];
  return item(row.title, row.text || words[row.state ? "refused" : "waiting"], ...open, ...away);
}

function photographItem(row) {
  const part = state.progress.get(row.id);
  if (row.state) {
    const again = button("again", () => tryAgain(row.id));
    const away = button("away", () => letGo("photographs", row.id));
    return item(row.name, row.text ?? "", ...(row.state === "held" ? [again, away] : [away]));
  }
  if (part !== undefined) return item(row.name, say("sending", { percent: Math.round(part * 100) }));
  return item(row.name, row.sha256 || state.trouble ? words.waiting : words.shrinking);
}

function soon() {
  drawing ??= requestAnimationFrame(() => {
    drawing = undefined;
    draw();
  });
}

addEventListener("unhandledrejection", ({ reason }) => {
  if (reason?.name !== "QuotaExceededError") return;
  isFull = true;
  soon();
});
both.addEventListener("click", seeBoth);
listen(soon);
export { drain, draw };
