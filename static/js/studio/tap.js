// A tap on a photograph says what matters most on it, more exactly than the nine buttons do.
addEventListener("click", ({ target, offsetX, offsetY }) => {
  const code = target.dataset?.preview;
  const form = code && document.querySelector(`[data-focus="${code}"]`);
  if (!form || !form.closest("details").open) return;
  const point = document.createElement("input");
  point.type = "hidden";
  point.name = "at";
  point.value = [offsetX / target.width, offsetY / target.height]
    .map((part) => Math.min(Math.max(part, 0), 1).toFixed(4).replace("1.0000", "1"))
    .join(",");
  form.append(point);
  form.submit();
});
