// Everything that waits on this phone, sent in its order and once each: one tab sends, the others look on.
import { all, merge, put, remove, update } from "./store.js";
import { send as sendPhotograph } from "./photographs.js";
import { groundOf, pairsOf } from "./fields.js";
import { Later, Offline, SignedOut, post, reasons, who } from "./wire.js";

export const user = Number(document.querySelector("[data-savebar]")?.dataset.user);
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
const tabs = new BroadcastChannel("workshop");
const listeners = [];
let running = null;
let wait = FIRST_WAIT_MS;
let timer;

// Why nothing goes now: "", "offline", "signed-out", "trouble"; and how far photographs have come.
export const state = { trouble: "", progress: new Map() };

export const listen = (listener) => listeners.push(listener);
tabs.onmessage = ({ data }) => hear({ ...data, isElsewhere: true });

function tell(news) {
  tabs.postMessage(news);
  hear(news);
}

function hear(news) {
  if (news.id) state.progress.set(news.id, news.part);
  if ("trouble" in news) state.trouble = news.trouble;
  for (const listener of listeners) listener(news);
}

export const mine = async (shelf) => (await all(shelf)).filter((row) => row.user === user);

// `row`: what is new of it. What is being sent, and the version that it was typed upon, stay as they are.
export async function keepText(id, row, first = {}) {
  await merge("texts", id, (now) => ({ ...(now ?? { id, user, ...first }), ...row, at: Date.now(), dirty: true }));
  tell({ kept: id });
}

export async function keepPhotograph(file, place, whole) {
  const row = { ...place, user, body: file, name: file.name, whole, key: crypto.randomUUID(), at: Date.now() };
  await put("photographs", row);
  navigator.storage?.persist?.();
  tell({ kept: file.name });
}

export async function letGo(shelf, id) {
  await remove(shelf, id);
  tell({ gone: id });
}

export async function tryAgain(id) {
  await update("photographs", id, (row) => ({ ...row, state: undefined }));
  return drain();
}

// Sends what there is; gives whether nothing is left that could go.
export function drain() {
  if (running) return running.then(drain); // what was kept meanwhile goes too
  clearTimeout(timer);
  running = navigator.locks.request("workshop", sendAll).finally(() => (running = null));
  return running;
}

async function sendAll() {
  const texts = (await mine("texts")).filter(isToGo);
  const photographs = (await mine("photographs")).filter((row) => !row.state);
  if (!texts.length && !photographs.length) return true;
  try {
    if ((await who()) !== user) throw new SignedOut();
    tell({ trouble: "" });
    for (const row of texts.sort((one, other) => one.at - other.at)) await sendText(row);
    for (const row of photographs) {
      const arrived = await sendPhotograph(row, (id, part) => tell({ id, part }));
      tell({ arrived: arrived && row.code, gone: row.id });
    }
    wait = FIRST_WAIT_MS;
    return true;
  } catch (trouble) {
    return later(trouble);
  }
}

const isToGo = (row) => (row.dirty || row.sending) && row.ready !== false && !row.state;

// What was sent stays as it was until it is answered: sent again, it is the same sending.
async function sendText(row) {
  const kept = await update("texts", row.id, (now) =>
    now.sending ? now : { ...now, dirty: false, sending: { key: crypto.randomUUID(), fields: pairsOf(now) } },
  );
  if (!kept) return;
  const answer = await post(kept.action, kept.sending.fields, kept.sending.key);
  if (answer.ok && (kept.isNew || kept.isAct)) {
    await remove("texts", kept.id);
    tell({ made: kept.isNew && answer.url, gone: kept.id });
  } else if (answer.ok) {
    const ground = groundOf(await answer.json());
    const news = { ...ground, sending: null, saved: Date.now() };
    const saved = await update("texts", kept.id, (now) => ({ ...now, ...news }));
    tell({ saved: kept.id, ...ground });
    if (saved?.dirty) await sendText(saved);
  } else {
    await putAside(kept.id, await reasons(answer));
  }
}

async function putAside(id, { error, title, text }) {
  const state = error === "revision.changed_meanwhile" ? "conflict" : "refused";
  const aside = { sending: null, dirty: true, state, text: title && `${title}. ${text}` };
  await update("texts", id, (now) => ({ ...now, ...aside }));
  tell({ aside: id });
}

function later(trouble) {
  if (trouble instanceof SignedOut) tell({ trouble: "signed-out" });
  else if (trouble instanceof Offline) tell({ trouble: "offline" });
  else if (trouble instanceof Later) tell({ trouble: "trouble" });
  else throw trouble;
  clearTimeout(timer);
  timer = setTimeout(drain, trouble instanceof Later ? trouble.seconds * 1000 : wait);
  wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  return false;
}

addEventListener("online", () => {
  wait = FIRST_WAIT_MS;
  drain();
});
addEventListener("visibilitychange", () => document.visibilityState === "visible" && drain());
