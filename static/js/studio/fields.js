// What stands in a form, without the signs that are the page's own; and put back into it.
const OURS = ["csrf_token", "seal", "version", "draft", "key"];

export const fieldsOf = (form) => [...new FormData(form)].filter(([name]) => !OURS.includes(name));

export function fill(form, pairs) {
  for (const field of form.elements) {
    if (!field.name || OURS.includes(field.name)) continue;
    const here = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = here.includes(field.value);
    else if (field.type !== "hidden" && field.tagName !== "BUTTON") field.value = here[0] ?? "";
  }
}
