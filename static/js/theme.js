// Runs in the head, before the first paint: the reader's own choice of light or dark, kept on this device only.
document.documentElement.classList.add("with-script");
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be closed to this site; the device's own setting then decides.
}
