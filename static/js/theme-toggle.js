// The button that changes between light and dark. Choosing what the device says anyway forgets the choice.
const root = document.documentElement;
const device = matchMedia("(prefers-color-scheme: dark)");
const button = document.querySelector("[data-theme-toggle]");

function current() {
  return root.dataset.theme ?? (device.matches ? "dark" : "light");
}

function label() {
  button.textContent = current() === "dark" ? button.dataset.toLight : button.dataset.toDark;
}

function remember(theme) {
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

if (button) {
  label();
  button.closest("[data-theme-item]").hidden = false;
  device.addEventListener("change", label);
  button.addEventListener("click", () => {
    const next = current() === "dark" ? "light" : "dark";
    if (next === (device.matches ? "dark" : "light")) {
      delete root.dataset.theme;
      remember(null);
    } else {
      root.dataset.theme = next;
      remember(next);
    }
    label();
  });
}
