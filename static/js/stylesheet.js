// A stylesheet that only some readers need, fetched when they do; resolves when it is there.
export function stylesheet(href) {
  if (document.querySelector(`link[href="${href}"]`)) return undefined;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((done, failed) => {
    link.addEventListener("load", done);
    link.addEventListener("error", (event) => {
      link.remove(); // asked once more, it is fetched once more
      failed(event);
    });
    document.head.append(link);
  });
}
