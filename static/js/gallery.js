// The photographs of a page, one at a time over the whole screen: keyboard, swipe and pinch.
import PhotoSwipe from "../vendor/photoswipe-5.4.4/photoswipe.esm.min.js";
import { stylesheet } from "./stylesheet.js";

const STYLES = new URL("../css/gallery.css", import.meta.url).href;

export async function open(link) {
  await stylesheet(STYLES);
  const gallery = link.parentElement;
  const links = [...gallery.querySelectorAll(":scope > a")];
  const { close, zoom, previous, next, problem } = gallery.dataset;
  const viewer = new PhotoSwipe({
    dataSource: slides(links),
    index: links.indexOf(link),
    closeTitle: close,
    zoomTitle: zoom,
    arrowPrevTitle: previous,
    arrowNextTitle: next,
    errorMsg: problem,
    showHideAnimationType: matchMedia("(prefers-reduced-motion: reduce)").matches ? "none" : "fade",
    bgOpacity: 0.96,
    returnFocus: false,
  });
  tell(viewer, gallery.dataset);
  viewer.on("destroy", () => links[viewer.currIndex].focus());
  viewer.init();
  closeOnBack(viewer);
}

function slides(links) {
  const photos = links.map((link) => link.querySelector("img.photo"));
  // What the page shows already tells whether this browser reads AVIF.
  const avif = photos.some((photo) => photo.currentSrc.endsWith(".avif"));
  // A small photograph has no AVIF.
  const best = (photo) => (avif && photo.parentElement.querySelector("source")) || photo;
  return links.map((link, place) => ({
    src: link.href,
    srcset: best(photos[place]).srcset,
    width: Number(link.dataset.width),
    height: Number(link.dataset.height),
    alt: photos[place].alt,
    element: link,
  }));
}

// For those who hear the page: that this is a dialogue, which photograph it shows, and each next one.
function tell(viewer, { label, position }) {
  const told = document.createElement("p");
  told.id = "gallery-told";
  told.className = "pswp__told";
  told.setAttribute("aria-live", "polite");
  const say = () => {
    const number = position.replace("{number}", viewer.currIndex + 1).replace("{total}", viewer.getNumItems());
    told.textContent = `${number}. ${viewer.getItemData(viewer.currIndex).alt}`;
  };
  viewer.on("bindEvents", () => {
    viewer.element.setAttribute("aria-modal", "true");
    viewer.element.setAttribute("aria-label", label);
    viewer.element.setAttribute("aria-describedby", told.id);
    viewer.element.append(told);
    say();
  });
  viewer.on("change", say);
}

// On a phone “Back” is how a thing that covers the screen is closed.
function closeOnBack(viewer) {
  history.pushState(null, "");
  let wentBack = false;
  const back = () => {
    wentBack = true;
    if (viewer.opener.isOpen) viewer.close();
    else viewer.on("openingAnimationEnd", () => viewer.close());
  };
  addEventListener("popstate", back, { once: true });
  viewer.on("close", () => {
    removeEventListener("popstate", back);
    if (!wentBack) history.back();
  });
}
