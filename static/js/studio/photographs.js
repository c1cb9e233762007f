// One photograph on its way: made small, announced under a key of its own, sent on from wherever it broke off.
import { remove, update } from "./store.js";
import { shrink } from "./shrink.js";
import { Later, ask, post, reasons } from "./wire.js";

const PIECE = 64 * 1024;
const FRESH_STARTS = 3;

export async function send(row, tell) {
  const ready = row.sha256 ? row : await prepare(row);
  const answer = await post("/studio/uploads", announcement(ready), ready.key);
  if (!answer.ok) return settle(ready, await reasons(answer));
  return sendPieces(ready, await answer.json(), tell);
}

async function prepare(row) {
  const body = row.whole ? row.body : await shrink(row.body);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await body.arrayBuffer()));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return update("photographs", row.id, (kept) => ({ ...kept, body, sha256 }));
}

const announcement = ({ room, code, name, sha256, body }) => [
  ...Object.entries({ room, code, name, sha256 }),
  ["length", body.size],
];

async function sendPieces(row, begun, tell) {
  let { offset } = begun;
  let asset = begun.asset;
  let starts = 0;
  while (!asset) {
    tell(row.id, offset / row.body.size);
    const answer = await ask(begun.address, {
      method: "PATCH",
      body: row.body.slice(offset, offset + PIECE),
      headers: { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" },
    });
    const told = await reasons(answer);
    if (answer.ok) ({ offset, asset } = told);
    else if (answer.status === 409) offset = Number(answer.headers.get("Upload-Offset"));
    else if (told.error !== "upload.damaged") return settle(row, told);
    else if (++starts > FRESH_STARTS) throw new Later(60);
    else offset = 0;
  }
  await remove("photographs", row.id);
  return true;
}

// It cannot go now: why, and what to do, stands beside it until somebody sends it once more or lets it go.
async function settle(row, { error, title, text }) {
  const state = error === "revision.not_in_this_state" ? "held" : "refused";
  await update("photographs", row.id, (kept) => ({ ...kept, state, text: title && `${title}. ${text}` }));
  return false;
}
