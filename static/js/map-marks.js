// The marks of a map. What would lie upon each other is one mark that lists its members.
const { L } = window;
const NEAR_PX = 40; // about the size of a mark, and of a finger
const MOST_TOLD = 4; // a mark of more members has no name beside it
const POPUP = { minWidth: 190, maxWidth: 260, maxHeight: 240, autoPanPadding: [12, 12] };
const language = document.documentElement.lang;

// Points in groups: each joins the first one that stands within reach of it on the screen. What is known exactly comes
// first, so that a mark stands at its surest member.
export function clusters(features, onScreen) {
  const found = [];
  for (const feature of [...features.filter(isSure), ...features.filter((one) => !isSure(one))]) {
    const at = onScreen(feature);
    const near = found.find((one) => one.at.distanceTo(at) < NEAR_PX);
    if (near) near.members.push(feature);
    else found.push({ at, members: [feature] });
  }
  return found.map((one) => one.members);
}

export function markOf(members, place, words) {
  const icon = L.divIcon({ html: drawing(members, words), className: classOf(members), iconSize: [44, 44] });
  const zIndexOffset = (isSure(members[0]) ? 1000 : 0) + members.length;
  const mark = L.marker(place, { icon, riseOnHover: true, zIndexOffset });
  mark.bindPopup(() => listOf(members, words), POPUP);
  mark.off("keypress"); // Leaflet hears Enter a moment later, when the focus may have come from elsewhere.
  mark.on("add", () => {
    const button = mark.getElement();
    button.setAttribute("aria-label", nameOf(members, words));
    button.addEventListener("keydown", (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      mark.openPopup();
    });
  });
  return mark;
}

function isSure({ properties }) {
  return properties.located_by === "own" || properties.located_by === "village";
}

function classOf(members) {
  return `map-mark ${isSure(members[0]) ? "" : "map-unsure"}`;
}

// What is written on a mark begins its name: people say what they see.
function nameOf(members, words) {
  const names = members.map(nameIn);
  const told = names.slice(0, 3).join(", ") + (names.length > 3 ? ", …" : "");
  if (members[0].properties.position) return `${numbersOf(members)} ${told}`;
  if (members.length > MOST_TOLD) return words.group.replace("{n}", names.length).replace("{names}", told);
  return members.length > 1 ? `${labelOf(members)}: ${names.slice(1).join(", ")}` : names[0];
}

function labelOf(members) {
  return members.length > 1 ? `${nameIn(members[0])}\u00a0+\u00a0${members.length - 1}` : nameIn(members[0]);
}

function numbersOf(members) {
  return members.map((one) => one.properties.position).join(" · ");
}

function nameIn({ properties }) {
  return properties.name[language];
}

// A knot of the maker's cloth, or the stop's number; beside it the name.
function drawing(members, words) {
  const whole = element("span", "drawing");
  const { position, kind, code } = members[0].properties;
  const sign = kind === "sight" ? element("span", "diamond") : knot(code, words, 32);
  whole.append(position ? element("span", members.length > 1 ? "number" : "number one", numbersOf(members)) : sign);
  if (members.length > (position ? 1 : MOST_TOLD)) {
    if (!position) whole.append(element("span", "count", members.length));
    return whole;
  }
  const label = element("span", "name");
  if (position && kind !== "sight") label.append(knot(code, words, 18));
  label.append(labelOf(members));
  whole.append(label);
  return whole;
}

// What opens from a mark: each member with its cloth and its page, and how far these positions are known.
function listOf(members, words) {
  const whole = element("div", "map-list");
  const list = element("ul");
  whole.append(list);
  const bases = new Set(members.map(({ properties }) => properties.located_by));
  for (const { properties } of members) {
    const { kind, code, position, name, place, url, located_by: basis } = properties;
    const item = element("li");
    const text = element("div");
    if (kind !== "sight") item.append(knot(code, words, 36));
    if (position) text.append(element("span", "about", words.stop.replace("{n}", position)));
    text.append(linkTo(new URL(url[language]).pathname, name[language]));
    if (place) text.append(element("span", "about", place[language]));
    if (bases.size > 1) text.append(element("span", "about", words[basis]));
    item.append(text);
    list.append(item);
  }
  if (bases.size === 1) whole.append(element("p", "about", words[[...bases][0]]));
  return whole;
}

// A link, but for the page that the reader is on.
function linkTo(path, text) {
  if (path === location.pathname) return Object.assign(element("b", "", text), { tabIndex: -1 });
  return Object.assign(element("a", "", text), { href: path });
}

function knot(code, words, size) {
  const src = words.knot.replace("/code.svg", `/${code}.svg`);
  return Object.assign(element("img", "knot"), { src, alt: "", width: size, height: size });
}

function element(tag, className = "", text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}
