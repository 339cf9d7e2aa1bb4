/** Passkeys: makes one, or shows one, when a form asks for it, and sends what the authenticator said with the form. */

type Json = { [name: string]: unknown };

function bytes(text: string): ArrayBuffer {
  const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer | null): string | undefined {
  if (buffer === null) return undefined;
  const raw = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function named(list: unknown): PublicKeyCredentialDescriptor[] {
  return ((list as Json[] | undefined) ?? []).map((one) => ({ ...one, id: bytes(one["id"] as string) }) as PublicKeyCredentialDescriptor);
}

async function made(given: Json, isPasskey: boolean): Promise<PublicKeyCredential> {
  const options = { ...given };
  options["challenge"] = bytes(given["challenge"] as string);
  options["user"] = { ...(given["user"] as Json), id: bytes((given["user"] as Json)["id"] as string) };
  options["excludeCredentials"] = named(given["excludeCredentials"]);
  options["authenticatorSelection"] = {
    ...(given["authenticatorSelection"] as Json | undefined),
    residentKey: isPasskey ? "required" : "discouraged",
    requireResidentKey: isPasskey,
    ...(isPasskey ? { userVerification: "required" } : {}),
  };
  return (await navigator.credentials.create({ publicKey: options as unknown as PublicKeyCredentialCreationOptions })) as PublicKeyCredential;
}

async function shown(given: Json): Promise<PublicKeyCredential> {
  const options = { ...given, challenge: bytes(given["challenge"] as string), allowCredentials: named(given["allowCredentials"]) };
  return (await navigator.credentials.get({ publicKey: options as unknown as PublicKeyCredentialRequestOptions })) as PublicKeyCredential;
}

function written(credential: PublicKeyCredential): Json {
  const answer = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const said: Json = { clientDataJSON: text(answer.clientDataJSON) };
  if (answer.attestationObject) {
    said["attestationObject"] = text(answer.attestationObject);
    said["transports"] = answer.getTransports();
  } else {
    said["authenticatorData"] = text(answer.authenticatorData);
    said["signature"] = text(answer.signature);
    said["userHandle"] = text(answer.userHandle);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  };
}

async function options(form: HTMLFormElement): Promise<Json> {
  const here = form.dataset["options"] ?? "";
  if (here) return JSON.parse(document.getElementById(here)?.textContent ?? "{}") as Json;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()) as Json;
}

async function ask(form: HTMLFormElement): Promise<void> {
  const given = await options(form);
  const adds = form.dataset["passkey"] === "add";
  const isPasskey = form.querySelector<HTMLInputElement>("[name=passwordless]")?.checked ?? false;
  const inner = (given[adds ? "creation_options" : "request_options"] as Json)["publicKey"] as Json;
  const credential = adds ? await made(inner, isPasskey) : await shown(inner);
  const field = form.querySelector<HTMLInputElement>("[name=credential]");
  if (field) field.value = JSON.stringify(written(credential));
  form.submit();
}

export function startPasskeys(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    const note = form.querySelector<HTMLElement>("[data-failed]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (note) note.hidden = true;
      ask(form).catch(() => {
        if (note) note.hidden = false;
      });
    });
  }
}
