// Keeps the workshop's last pages, and the look they need, so that it opens without a network. It lies below
// /studio/ and sees no other page of the site.
const PAGES = "workshop-pages";
const LOOK = "workshop-look";
const ELSE = "/studio/offline";
const MOST_PAGES = 60;
const PATIENCE_MS = 10_000;

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(look(request));
  else if (request.mode === "navigate" && pathname.startsWith("/studio/")) event.respondWith(page(event));
});

// Files of the look have another address whenever they change.
async function look(request) {
  const shelf = await caches.open(LOOK);
  const kept = await shelf.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    await shelf.put(request, answer.clone());
    await dropOldLook(shelf, request.url);
  }
  return answer;
}

async function dropOldLook(shelf, address) {
  const version = (one) => new URL(one).pathname.split("/")[2];
  const versions = [...new Set((await shelf.keys()).map(({ url }) => version(url)))];
  const old = versions.filter((one) => one !== version(address)).slice(0, -1);
  for (const { url } of await shelf.keys()) if (old.includes(version(url))) await shelf.delete(url);
}

// Under which address a page is kept: of what follows the question mark only the number of a list's page counts.
function keptAs(address) {
  const { origin, pathname, searchParams } = new URL(address);
  const number = searchParams.get("page");
  return origin + pathname + (number > 1 ? `?page=${number}` : "");
}

async function page(event) {
  const address = keptAs(event.request.url);
  const fresh = whole(event.request);
  event.waitUntil(fresh.then((answer) => keep(address, answer.clone())).catch(() => {}));
  try {
    return await inTime(fresh);
  } catch {
    return (await fromPhone(address)) ?? (await fresh.catch(() => fromPhone(ELSE))) ?? Response.error();
  }
}

// Half a form cannot be sent: what breaks off on its way has not come. Where the site leads on, nothing is read.
// Chromium's blob() may take what broke off for the whole; arrayBuffer() tells.
async function whole(request) {
  const answer = await fetch(request);
  if (answer.body) await answer.clone().arrayBuffer();
  return answer;
}

const inTime = (answer) =>
  Promise.race([answer, new Promise((_, fail) => setTimeout(() => fail(new Error("too late")), PATIENCE_MS))]);

async function keep(address, answer) {
  // A sheet or paper that was opened is no page.
  if (!answer.ok || answer.redirected || !answer.headers.get("Content-Type")?.startsWith("text/html")) return;
  const shelf = await caches.open(PAGES);
  await shelf.delete(address); // so that it stands last, behind those that were opened before
  await shelf.put(address, answer);
  const others = (await shelf.keys()).filter(({ url }) => !url.endsWith(ELSE));
  for (const old of others.slice(0, -MOST_PAGES)) await shelf.delete(old);
}

async function fromPhone(address) {
  const kept = await (await caches.open(PAGES)).match(address);
  if (!kept) return undefined;
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  headers["Content-Security-Policy"] = kept.headers.get("Content-Security-Policy");
  return new Response((await kept.text()).replace("<html", "<html data-kept"), { headers });
}
