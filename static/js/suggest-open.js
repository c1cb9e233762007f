// The suggestions under a search field are fetched when somebody first goes there.
addEventListener("focusin", async ({ target }) => {
  if (!target.matches?.("[data-suggest] input[name=q]:not([role])")) return;
  const { suggest } = await import("./suggest.js");
  suggest(target);
});
