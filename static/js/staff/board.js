// A place of the board is also moved by dragging it, and with Alt and the arrow keys; its buttons work alone.
const board = document.querySelector("[data-board]");
const places = [...(board?.querySelectorAll("li:has([data-move])") ?? [])];
let dragged = null;

function moveTo(place, number) {
  const form = place.querySelector("[data-move]");
  const to = Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: number });
  form.append(to);
  form.submit();
}

function byKey(event) {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const button = event.currentTarget.querySelector(event.key === "ArrowUp" ? "[data-up]" : "[data-down]");
  if (!button) return;
  event.preventDefault();
  button.click();
}

for (const [index, place] of places.entries()) {
  place.draggable = true;
  place.tabIndex = 0;
  place.addEventListener("keydown", byKey);
  place.addEventListener("dragstart", () => {
    dragged = place;
  });
  place.addEventListener("dragover", (event) => {
    if (!dragged || dragged === place) return;
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    moveTo(dragged, index + 1);
  });
}

// After a move the same place has the focus, so that it can be moved on.
if (location.hash.startsWith("#place-")) document.getElementById(location.hash.slice(1))?.focus();
