// The map of a page: the points of a GeoJSON on land of our own. Fetched only when a reader opens a map.
import "../vendor/leaflet-1.9.4/leaflet.js";
import { unclutter } from "./map-labels.js";
import { drawLand, readLand } from "./map-land.js";
import { clusters, markOf } from "./map-marks.js";
import { stylesheet } from "./stylesheet.js";

const { L } = window;
const DATA_WINDOW = L.latLngBounds([10.45, 106.8], [13.0, 109.45]); // what the layers of the land reach
const LAND = L.latLngBounds([11.2, 107.28], [12.35, 108.75]);
const CLOSEST = 14; // points are hamlets and communes: nearer would promise more than is known
const NEAR = 10.5;
const CLOSEST_AT_FIRST = { one: 12, several: 13 };
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

// All is fetched before anything is drawn: what fails on its way leaves the canvas empty, for another try.
export async function draw(details) {
  const canvas = details.querySelector("[data-map-canvas]");
  const [collection, land] = await Promise.all([
    read(details.dataset.map),
    readLand(details.dataset, read),
    stylesheet(new URL("../css/map.css", import.meta.url).href),
  ]);
  const map = L.map(canvas, {
    attributionControl: false, // the credit stands under every map, opened or printed
    zoomControl: false,
    fadeAnimation: !still,
    zoomAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
    zoomSnap: 0.25,
    maxZoom: CLOSEST,
    maxBounds: DATA_WINDOW.pad(0.35),
    scrollWheelZoom: false, // the wheel scrolls the page until the reader takes the map in hand
  });
  const { zoomIn: zoomInTitle, zoomOut: zoomOutTitle } = details.dataset;
  L.control.zoom({ position: "bottomright", zoomInTitle, zoomOutTitle }).addTo(map);
  map.once("mousedown focus", () => map.scrollWheelZoom.enable());
  const points = collection.features.filter((one) => one.geometry?.type === "Point");
  const bounds = L.latLngBounds(points.map(placeOf));
  const maxZoom = CLOSEST_AT_FIRST[points.length > 1 ? "several" : "one"];
  map.fitBounds(bounds.isValid() ? bounds : LAND, { padding: [44, 44], maxZoom, animate: false });
  map.setMinZoom(map.getBoundsZoom(DATA_WINDOW));
  const names = drawLand(map, details.dataset, land);
  drawWays(map, collection);
  drawMarks(map, points, details.dataset, names);
  tellMissing(details, collection.features.length - points.length - ways(collection).length);
}

async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.json();
}

function placeOf(feature) {
  const [lon, lat] = feature.geometry.coordinates;
  return [lat, lon];
}

function ways(collection) {
  return collection.features.filter((one) => one.geometry?.type === "MultiLineString");
}

// The thread of a route: on a pale casing along roads, dotted where no road is known.
function drawWays(map, collection) {
  const line = (way, className) => L.polyline(way, { className, interactive: false }).addTo(map);
  for (const { geometry, properties } of ways(collection)) {
    const stretches = geometry.coordinates.map((way) => way.map(([lon, lat]) => [lat, lon]));
    stretches.forEach((way, n) => properties.by_road[n] && line(way, "map-way-under"));
    stretches.forEach((way, n) => line(way, properties.by_road[n] ? "map-way" : "map-way-unknown"));
  }
}

function drawMarks(map, points, words, names) {
  const marks = L.layerGroup().addTo(map);
  const areas = L.layerGroup().addTo(map);
  let drawn = new Map();

  function renew() {
    const before = drawn;
    drawn = new Map();
    for (const members of clusters(points, (one) => map.latLngToLayerPoint(placeOf(one)))) {
      const key = members.map((one) => one.id).join();
      drawn.set(key, before.get(key) ?? newMark(members));
      before.delete(key);
    }
    for (const left of before.values()) marks.removeLayer(left);
    map.getContainer().classList.toggle("near", map.getZoom() > NEAR);
  }

  function newMark(members) {
    const mark = markOf(members, placeOf(members[0]), words);
    mark.on("popupopen", ({ popup }) => {
      for (const one of members) areaOf(one).addTo(areas);
      closable(mark, popup.getElement(), words);
    });
    mark.on("popupclose", () => areas.clearLayers());
    return mark.addTo(marks);
  }

  const write = () => unclutter(map, [...drawn.values()], names);
  map.on("zoomend", renew);
  map.on("moveend resize", write);
  renew();
  write();
}

// How far from its point a thing may be.
function areaOf(feature) {
  const radius = feature.properties.within_km * 1000;
  return L.circle(placeOf(feature), { radius, className: "map-area", interactive: false });
}

// The focus goes into what has opened, and back to the mark by Escape or the button.
function closable(mark, popup, words) {
  const button = popup.querySelector(".leaflet-popup-close-button");
  button.setAttribute("aria-label", words.close);
  const close = (event) => {
    event.preventDefault();
    event.stopPropagation();
    mark.closePopup().getElement().focus({ preventScroll: true });
  };
  button.addEventListener("click", close, { once: true, capture: true });
  popup.onkeydown = (event) => {
    if (event.key === "Escape") close(event);
  };
  popup.querySelector(".leaflet-popup-content :is(a, [tabindex])").focus({ preventScroll: true });
}

function tellMissing(details, number) {
  const note = details.querySelector("[data-map-missing]");
  if (!note || !number) return;
  note.textContent = note.dataset.mapMissing.replace("{n}", number);
  note.hidden = false;
}
