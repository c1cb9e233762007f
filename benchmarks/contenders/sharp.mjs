// What benchmarks/photographs.py asks of sharp: the same files of each photograph, in its quickest way.
// One decoding a photograph, at the size of the largest view; each view is made from the next larger one.
import { createRequire } from "node:module";
import path from "node:path";

const task = JSON.parse(process.argv[2]);
const sharp = createRequire(path.join(task.modules, "package.json"))("sharp");
sharp.concurrency(1);
sharp.cache(false);

const pixels = ({ info }) => ({ raw: { width: info.width, height: info.height, channels: info.channels } });

async function render(file) {
  const stem = path.join(task.out, path.parse(file).name);
  const jpeg = { quality: task.jpeg, chromaSubsampling: "4:2:0" };
  let view = await sharp(file)
    .autoOrient()
    .resize({ width: task.widths.at(-1), withoutEnlargement: true })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  await sharp(view.data, pixels(view)).resize(1200, 628, { fit: "cover" }).jpeg(jpeg).toFile(`${stem}-card.jpg`);
  for (const width of task.widths.toReversed()) {
    if (width < view.info.width) {
      view = await sharp(view.data, pixels(view)).resize({ width }).raw().toBuffer({ resolveWithObject: true });
    }
    if (task.lossless) await sharp(view.data, pixels(view)).png({ compressionLevel: 1 }).toFile(`${stem}-${width}.png`);
    const avif = { quality: task.avif[width], effort: task.effort, tune: task.tune, chromaSubsampling: "4:2:0" };
    await sharp(view.data, pixels(view)).avif(avif).toFile(`${stem}-${width}.avif`);
    await sharp(view.data, pixels(view)).jpeg(jpeg).toFile(`${stem}-${width}.jpg`);
  }
}

const waiting = [...task.files];
await Promise.all(
  Array.from({ length: task.together }, async () => {
    while (waiting.length) await render(waiting.shift());
  }),
);
