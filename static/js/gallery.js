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
    dataSource: links.map((each) => ({
      src: each.href,
      srcset: each.querySelector("img.photo").srcset,
      width: Number(each.dataset.width),
      height: Number(each.dataset.height),
      alt: each.querySelector("img.photo").alt,
      element: each,
    })),
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
  viewer.on("destroy", () => links[viewer.currIndex].focus());
  viewer.init();
}
