// Small forms that can wait for a network: what is typed is kept on the phone at once, and what is sent goes when
// there is one, once.
import { fieldsOf, fill, groundOf, setGround } from "./fields.js";
import { all, get, remove } from "./store.js";
import { drain, keepText, listen, user } from "./queue.js";

const KEEP_MS = 200;
const keeping = new Map();

const idOf = (form) => `${user} ${new URL(form.action).pathname}`;
const forms = () => document.querySelectorAll("form[data-later]");
const ours = ({ target }) => target.closest("form[data-later]");

// What was sent of a form and is still here; what is only typed stands under the form's own name.
const sentOf = async (form) => (await all("texts")).filter(({ id }) => id.startsWith(`${idOf(form)} `));

function keep(form, id, ready) {
  clearTimeout(keeping.get(form));
  keeping.delete(form);
  const { action } = form;
  const row = { action, isAct: true, ready, title: form.dataset.later, fields: fieldsOf(form) };
  return keepText(id, row, groundOf(form));
}

// The name of a sending: that of the one which waits with the same words, else a new one, and what was refused or
// has not left the phone gives way to it.
async function sending(form) {
  const wanted = JSON.stringify(fieldsOf(form));
  const waiting = await sentOf(form);
  const same = waiting.find((row) => !row.state && JSON.stringify(row.fields) === wanted);
  if (same) return same.id;
  for (const row of waiting) if (row.state || !row.sending) await remove("texts", row.id);
  const own = `${idOf(form)} ${crypto.randomUUID()}`;
  await keep(form, own, true);
  return own;
}

// With a network the page comes anew; what the site does not take goes the form's own way, which says why.
async function send(form) {
  const own = await sending(form);
  await remove("texts", idOf(form));
  await drain();
  const row = await get("texts", own);
  if (!row) return location.replace(location.pathname + location.search); // also where the page answered a form
  if (!row.state) return;
  await remove("texts", own);
  form.submit();
}

// What was typed and not sent comes back, else what was sent and waits.
export async function bringBack() {
  const rows = (await all("texts")).filter((row) => row.isAct && row.user === user);
  for (const form of forms()) {
    const own = rows.filter(({ id }) => id === idOf(form) || id.startsWith(`${idOf(form)} `));
    const newest = own.sort((one, other) => other.at - one.at)[0];
    if (newest) [fill(form, newest.fields), setGround(form, newest)];
  }
}

document.addEventListener("input", (event) => {
  const form = ours(event);
  if (form && !keeping.has(form)) keeping.set(form, setTimeout(() => keep(form, idOf(form), false), KEEP_MS));
});
document.addEventListener("submit", (event) => {
  const form = ours(event);
  if (!form) return;
  event.preventDefault();
  if (form.dataset.sending !== undefined) return; // a second tap
  form.dataset.sending = "";
  send(form).finally(() => delete form.dataset.sending);
});
addEventListener("pagehide", () => keeping.forEach((_, form) => keep(form, idOf(form), false)));

// What can be sent more than once must not stand there when it went behind one's back.
listen(({ gone }) => {
  const went = (form) => "afresh" in form.dataset && String(gone).startsWith(`${idOf(form)} `);
  if ([...forms()].some((form) => went(form) && form.dataset.sending === undefined)) location.reload();
});

await bringBack();
