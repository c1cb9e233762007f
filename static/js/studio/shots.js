// Photographs that are taken or chosen are kept on the phone at once and go in the background.
import { drain, keepPhotograph, listen } from "./queue.js";
import { bringBack } from "./later.js";
import { isGenerous } from "./shrink.js";

const form = document.querySelector("form[data-photographs]");
const whole = form?.querySelector("[data-whole]");

async function keep({ target }) {
  const { room, code } = form.dataset;
  const isWhole = whole.querySelector("input").checked || isGenerous();
  for (const file of [...target.files]) await keepPhotograph(file, { room, code }, Boolean(isWhole));
  target.value = "";
  drain();
}

// The list as the site has it now; what is being typed into it stays.
async function renew() {
  const place = document.querySelector("[data-shots]");
  if (place.contains(document.activeElement)) return;
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-shots]");
  if (fresh) place.replaceChildren(...fresh.childNodes);
  await bringBack();
}

if (form) {
  whole.hidden = false;
  form.querySelector("[type=submit]").hidden = true;
  for (const input of form.querySelectorAll("[type=file]")) input.addEventListener("change", keep);
  listen(({ arrived }) => arrived === form.dataset.code && renew());
}
