// A map is drawn when its reader opens it. Until then nothing of it is fetched.
async function open(details) {
  const problem = details.querySelector("[data-map-problem]");
  details.dataset.drawn = "";
  problem.hidden = true;
  try {
    const { draw } = await import("./map.js");
    await draw(details);
  } catch {
    delete details.dataset.drawn; // Opening it once more tries again.
    problem.hidden = false;
  }
}

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target.open && target.matches("[data-map]:not([data-drawn])")) open(target);
  },
  true,
);
