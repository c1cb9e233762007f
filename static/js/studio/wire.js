// How the phone talks to the site: what it is told, and the three ways in which it is told nothing.
export class Offline extends Error {}
export class SignedOut extends Error {}
export class Later extends Error {
  constructor(seconds) {
    super();
    this.seconds = seconds;
  }
}

const PATIENCE_MS = 60_000;
let token;

export async function who() {
  const told = await (await ask("/studio/uploads")).json();
  token = told.token;
  for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
  return told.user;
}

// Answers that say what is wrong (409, 422, 403, 404) are answers too; all others are none.
export async function ask(address, options = {}) {
  const headers = { Accept: "application/json", ...options.headers };
  if (token) headers["X-CSRFToken"] = token;
  let answer;
  try {
    answer = await fetch(address, { ...options, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    throw new Offline();
  }
  if (answer.status === 401) throw new SignedOut();
  if (answer.status === 400 || answer.status === 429 || answer.status >= 500) {
    throw new Later(Number(answer.headers.get("Retry-After")) || 5);
  }
  return answer;
}

// What is wrong, as the site says it to scripts; nothing where it answered with a page.
export const reasons = (answer) => answer.json().catch(() => ({}));

export const post = (address, fields, key) =>
  ask(address, { method: "POST", body: new URLSearchParams(fields), headers: { "Idempotency-Key": key } });
