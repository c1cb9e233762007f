// Which names of a map are written, and where: never one over another, and none over a mark.
const REACH = 16; // half of a mark
const BESIDE = 20; // from the middle of a mark to its name
const ABOVE = 26; // from its place to a town's name where a mark stands upon it
// The rank of a name of the land and the scale from which it is written. The first rank comes before the records.
const FROM_ZOOM = { 1: 0, 2: 8.5, 3: 9.75, 4: 11 };

export function unclutter(map, marks, landNames) {
  const at = (marker) => map.latLngToLayerPoint(marker.getLatLng());
  const view = map.getSize();
  const corner = map.containerPointToLayerPoint([0, 0]);
  const visible = { left: corner.x, top: corner.y, right: corner.x + view.x, bottom: corner.y + view.y };
  const taken = marks.map((mark) => box(at(mark), -REACH, -REACH, 2 * REACH, 2 * REACH));
  const lands = landNames.filter((name) => writeLand(name, map.getZoom()));
  for (const name of lands) if (name.rank === 1) placeLand(name, at(name), taken);
  for (const mark of marks) placeRecord(mark, at(mark), taken, visible);
  for (const name of lands) if (name.rank > 1) placeLand(name, at(name), taken);
}

function writeLand(name, zoom) {
  const written = zoom >= FROM_ZOOM[name.rank];
  if (!written) name.getElement().classList.add("untold");
  return written;
}

// Upon its place, else above or below it.
function placeLand(name, point, taken) {
  const label = name.getElement().firstChild;
  const { offsetWidth: wide, offsetHeight: high } = label;
  const shift = [0, -ABOVE, ABOVE].find((y) => isFree(box(point, -wide / 2, y - high / 2, wide, high), taken));
  name.getElement().classList.toggle("untold", shift === undefined);
  if (shift === undefined) return;
  label.style.marginTop = `${shift}px`;
  taken.push(box(point, -wide / 2, shift - high / 2, wide, high));
}

// To the right of its mark, else to the left, else only while it is pointed at or has the focus.
function placeRecord(mark, point, taken, visible) {
  const label = mark.getElement().querySelector(".name");
  if (!label) return;
  const { offsetWidth: wide, offsetHeight: high } = label;
  const right = box(point, BESIDE, -high / 2, wide, high);
  const left = box(point, -BESIDE - wide, -high / 2, wide, high);
  const fits = (one) => one.left >= visible.left && one.right <= visible.right;
  const space = [right, left].find((one) => fits(one) && isFree(one, taken));
  mark.getElement().classList.toggle("to-left", (space ?? [right, left].find(fits)) === left);
  mark.getElement().classList.toggle("untold", !space);
  if (space) taken.push(space);
}

function box(point, x, y, wide, high) {
  return { left: point.x + x, top: point.y + y, right: point.x + x + wide, bottom: point.y + y + high };
}

function isFree(a, taken) {
  return taken.every((b) => a.left >= b.right || a.right <= b.left || a.top >= b.bottom || a.bottom <= b.top);
}
