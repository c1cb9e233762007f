// The filters of a phone cover the page. They close with Escape, and when the focus leaves them for what they cover.
function openSheet() {
  const sheet = location.hash && document.getElementById(location.hash.slice(1));
  return sheet && sheet.matches(".facets") && getComputedStyle(sheet).position === "fixed" ? sheet : null;
}

function close(sheet) {
  location.replace(sheet.dataset.swap);
  document.querySelector(`[href="#${sheet.id}"]`)?.focus();
}

addEventListener("hashchange", () => openSheet()?.querySelector("a, summary")?.focus());

addEventListener("keydown", (event) => {
  const sheet = event.key === "Escape" && openSheet();
  if (sheet) close(sheet);
});

addEventListener("focusin", (event) => {
  const sheet = openSheet();
  if (sheet && !sheet.contains(event.target)) close(sheet);
});
