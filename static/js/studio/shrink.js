// A photograph small enough for a weak signal, and large enough for every page.
const ENOUGH = 600_000;
const SIDES = [2560, 2048, 1600, 1280, 960];
const QUALITIES = [0.86, 0.76];

export async function shrink(file) {
  if (file.size <= ENOUGH) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file; // of a kind that this browser does not read; the site may
  }
  let smallest = file;
  for (const side of SIDES) {
    for (const quality of QUALITIES) {
      smallest = await draw(picture, side, quality);
      if (smallest.size <= ENOUGH) return smallest;
    }
  }
  return smallest;
}

function draw(picture, side, quality) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

// Whole photographs on request, and where nothing is paid by the byte.
export const isGenerous = () => navigator.connection?.type === "wifi" && !navigator.connection.saveData;
