// The words about a photograph: what is typed is kept on the phone at once, and what is sent without a network goes
// when there is one.
import { fieldsOf, fill } from "./fields.js";
import { all, get, remove } from "./store.js";
import { drain, keepText, user } from "./queue.js";

const KEEP_MS = 200;
const keeping = new Map();

const idOf = (form) => `${user} ${new URL(form.action).pathname}`;

function keep(form, id, ready) {
  clearTimeout(keeping.get(form));
  keeping.delete(form);
  const { action } = form;
  return keepText(id, { action, isAct: true, ready, title: form.dataset.later, fields: fieldsOf(form) });
}

// With a network the page comes anew; what the site does not take goes the form's own way, which says why.
async function send(form) {
  const own = `${idOf(form)} ${crypto.randomUUID()}`;
  await keep(form, own, true);
  await remove("texts", idOf(form));
  await drain();
  const row = await get("texts", own);
  if (!row) return location.reload();
  if (!row.state) return;
  await remove("texts", own);
  form.submit();
}

// What was typed and not sent comes back, else what was sent and waits.
export async function bringBack() {
  const rows = (await all("texts")).filter((row) => row.isAct && row.user === user);
  for (const form of document.querySelectorAll("form[data-later]")) {
    const own = rows.filter(({ id }) => id === idOf(form) || id.startsWith(`${idOf(form)} `));
    const newest = own.sort((one, other) => other.at - one.at)[0];
    if (newest) fill(form, newest.fields);
  }
}

const ours = ({ target }) => target.closest("form[data-later]");

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

await bringBack();
