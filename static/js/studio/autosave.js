// What is typed into a form of the editor is kept on the phone at once, and sent while one goes on typing.
import { fieldsOf, fill, groundOf, setGround } from "./fields.js";
import { get, merge, remove } from "./store.js";
import { drain, keepText, listen, user } from "./queue.js";

const KEEP_MS = 200;
const SEND_MS = 800;
const id = `${user} ${location.pathname}`;
const form = document.querySelector("form[data-autosave], form[data-new]");
let keeping;
let sending;
let isSending = false;

export const shown = form && id;

const fields = () => fieldsOf(form);

function keep() {
  clearTimeout(keeping);
  keeping = undefined;
  const { autosave, title } = form.dataset;
  const place = autosave ? { action: autosave } : { action: form.action, isNew: true, ready: false };
  return keepText(id, { ...place, title, fields: fields() }, groundOf(form));
}

// However quickly one types on: nobody waits for a pause.
function typed() {
  keeping ??= setTimeout(keep, KEEP_MS);
  sending ??= setTimeout(() => {
    sending = undefined;
    drain();
  }, SEND_MS);
}

// What was typed and has not arrived comes back; of what has arrived only what a page kept on the phone lacks.
async function bringBack() {
  const row = await get("texts", id);
  if (!row) return;
  const isKept = "kept" in document.documentElement.dataset;
  if (!row.dirty && !row.sending && !isKept) return remove("texts", id);
  fill(form, row.fields);
  setGround(form, row);
  if (row.state === "refused") await merge("texts", id, (now) => ({ ...now, state: undefined }));
}

// With a network the form goes its own way, which says what is wrong; without one the next step opens.
async function submit(event) {
  if ("sure" in form.dataset) return;
  event.preventDefault();
  if (isSending) return; // a second tap
  isSending = true;
  await send(event.submitter).finally(() => (isSending = false));
}

async function send(submitter) {
  await keep();
  if (form.dataset.new !== undefined) return isNamed() ? makeLater() : goOn(submitter);
  await drain();
  const row = await get("texts", id);
  if (!row || (!row.dirty && !row.sending) || row.state) return goOn(submitter);
  location.assign(submitter?.value === "stay" ? form.dataset.leave : form.dataset.next);
}

function goOn(submitter) {
  form.dataset.sure = "";
  form.requestSubmit(submitter);
  delete form.dataset.sure;
}

// Without a name there is no listing yet: the form itself says so.
const isNamed = () => fields().some(([name, value]) => name.startsWith("name_") && value.trim());

// A new listing is a sending of its own: the form is free for the next one.
async function makeLater() {
  const row = await get("texts", id);
  const own = `${id} ${crypto.randomUUID()}`;
  await merge("texts", own, () => ({ ...row, id: own, ready: true }));
  await remove("texts", id);
  await drain();
  if (await get("texts", own)) location.assign(form.dataset.leave);
}

listen(({ saved, made, ...ground }) => {
  if (saved === id && form) setGround(form, ground);
  if (made && form?.dataset.new !== undefined) location.assign(made);
});

// Two tabs with one form show one text: what is typed in one is not undone from the other.
listen(async ({ kept, isElsewhere }) => {
  if (form && isElsewhere && kept === id) fill(form, (await get("texts", id))?.fields ?? fields());
});

export async function seeBoth() {
  await keep();
  goOn();
}

if (form) {
  await bringBack();
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", submit);
  addEventListener("pagehide", () => keeping && keep());
}

// Of two versions one was chosen: what the phone kept goes when the choice has arrived, and not before.
const chosen = document.querySelector("form[data-chosen]");
chosen?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = new URLSearchParams(new FormData(chosen));
  try {
    const answer = await fetch(chosen.action, { method: "POST", body });
    if (!answer.redirected) return chosen.submit();
    if (!answer.url.includes("/account/")) await remove("texts", id);
    location.assign(answer.url);
  } catch {
    chosen.querySelector("[type=submit]").focus(); // no network: the choice stays on the page
  }
});
