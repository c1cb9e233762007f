// The land under a map: our own layers, or the tiles of the provider that the site's owner has chosen.
const { L } = window;
const LAYERS = ["land", "water", "roads", "names"];
const language = document.documentElement.lang;

// Fetches the layers; none where there are tiles.
export function readLand({ tiles }, read) {
  return Promise.all(tiles ? [] : LAYERS.map((name) => read(new URL(`../map/${name}.json`, import.meta.url))));
}

// Draws it and gives its names, the most important first; a tile has its own names.
export function drawLand(map, { tiles }, [land, water, roads, names]) {
  if (tiles) {
    L.tileLayer(tiles, { maxZoom: map.getMaxZoom() }).addTo(map);
    return [];
  }
  map.createPane("land").style.zIndex = 250;
  shapes(map, land, ({ kind }) => `map-land ${kind}`);
  shapes(map, water, ({ kind }) => `map-water ${kind}`);
  roads.features.sort((a, b) => b.properties.rank - a.properties.rank);
  shapes(map, roads, ({ rank }) => `map-road r${rank}`);
  map.createPane("names").style.zIndex = 450;
  map.getPane("names").setAttribute("aria-hidden", "true");
  names.features.sort((a, b) => a.properties.rank - b.properties.rank);
  return names.features.map((one) => nameOf(map, one));
}

function shapes(map, layer, className) {
  const style = ({ properties }) => ({ className: className(properties) });
  L.geoJSON(layer, { style, pane: "land", interactive: false }).addTo(map);
}

function nameOf(map, { geometry, properties: { kind, rank, name } }) {
  const [lon, lat] = geometry.coordinates;
  const html = document.createElement("span");
  html.textContent = name[language];
  const icon = L.divIcon({ html, className: `map-place ${kind} r${rank}`, iconSize: [0, 0] });
  const marker = L.marker([lat, lon], { icon, pane: "names", interactive: false, keyboard: false });
  marker.rank = rank;
  return marker.addTo(map);
}
