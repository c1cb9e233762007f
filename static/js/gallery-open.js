// A photograph opens over the page, when its reader asks for it; until then nothing of it is fetched.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-gallery] > a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  try {
    const { open } = await import("./gallery.js");
    await open(link);
  } catch {
    location.assign(link.href); // As without scripts: the picture itself.
  }
});
