// What stands in a form, without the signs that are the page's own; and put back into it.
const OURS = ["csrf_token", "seal", "version", "draft", "seen", "key"];
// Upon what was typed: it stays with what was typed, however the page comes anew.
const GROUND = ["version", "draft", "seen"];

export const fieldsOf = (form) => [...new FormData(form)].filter(([name]) => !OURS.includes(name));

export function fill(form, pairs) {
  for (const field of form.elements) {
    if (!field.name || OURS.includes(field.name)) continue;
    const here = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = here.includes(field.value);
    else if (field.type !== "hidden" && field.tagName !== "BUTTON") field.value = here[0] ?? "";
  }
}

export const groundOf = (from) => Object.fromEntries(GROUND.map((name) => [name, from[name]?.value ?? from[name]]));

export const setGround = (form, row) => {
  for (const name of GROUND) if (form[name] && row[name] !== undefined) form[name].value = row[name];
};

export const pairsOf = ({ fields, ...row }) => [
  ...fields,
  ...GROUND.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]),
];
