// Asks the device for a passkey, or to make one, and sends its answer with the form that holds the question.
function bytes(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (sign) => sign.charCodeAt(0));
}

function words(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const known = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

async function create(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    },
  });
  return {
    id: made.id,
    rawId: words(made.rawId),
    type: made.type,
    extensions: JSON.stringify(made.getClientExtensionResults()),
    response: {
      attestationObject: words(made.response.attestationObject),
      clientDataJSON: words(made.response.clientDataJSON),
      transports: made.response.getTransports?.() ?? [],
    },
  };
}

async function get(options) {
  const shown = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: known(options.allowCredentials),
    },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = shown.response;
  return {
    id: shown.id,
    rawId: words(shown.rawId),
    type: shown.type,
    response: {
      authenticatorData: words(authenticatorData),
      clientDataJSON: words(clientDataJSON),
      signature: words(signature),
      userHandle: userHandle ? words(userHandle) : null,
    },
  };
}

const form = document.querySelector("[data-passkey]");

async function ask() {
  const field = form.querySelector("[name=credential]");
  try {
    const options = JSON.parse(form.dataset.options);
    field.value = JSON.stringify(await (form.dataset.passkey === "create" ? create(options) : get(options)));
    form.submit();
  } catch {
    form.querySelector("[data-passkey-status]").textContent = form.dataset.failed;
  }
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
if (form) ask();
