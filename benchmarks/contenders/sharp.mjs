// What benchmarks/photographs.py asks of sharp: the same files of each photograph, in its quickest way.
// One decoding a photograph, at the size of the largest view; everything else is made from that.
import { createRequire } from "node:module";
import { writeFile } from "node:fs/promises";
import path from "node:path";

const task = JSON.parse(process.argv[2]);
const sharp = createRequire(path.join(task.modules, "package.json"))("sharp");
sharp.concurrency(1);
sharp.cache(false);

async function render(file) {
  const stem = path.join(task.out, path.parse(file).name);
  const { data, info } = await sharp(file)
    .autoOrient()
    .resize({ width: task.widths.at(-1), withoutEnlargement: true })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
  const jpeg = { quality: task.jpeg, progressive: true, chromaSubsampling: "4:2:0" };
  await sharp(data, raw).resize(1200, 628, { fit: "cover" }).jpeg(jpeg).toFile(`${stem}-card.jpg`);
  for (const width of task.widths) {
    const view = await sharp(data, raw).resize({ width }).raw().toBuffer({ resolveWithObject: true });
    const own = { raw: { width: view.info.width, height: view.info.height, channels: view.info.channels } };
    if (task.lossless) await sharp(view.data, own).png().toFile(`${stem}-${width}.png`);
    const avif = { quality: task.avif, effort: task.effort, chromaSubsampling: "4:2:0" };
    await sharp(view.data, own).avif(avif).toFile(`${stem}-${width}.avif`);
    await sharp(view.data, own).jpeg(jpeg).toFile(`${stem}-${width}.jpg`);
  }
}

const waiting = [...task.files];
await Promise.all(
  Array.from({ length: task.together }, async () => {
    while (waiting.length) await render(waiting.shift());
  }),
);
