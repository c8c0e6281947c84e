// A form with data-passkey is sent with a passkey's answer in its field "response". What the browser is asked comes from the
// address in data-passkey. Without this file the form is sent without an answer, and the product says what to do instead.
type Question = {
  publicKey: PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON;
};

export function passkey(form: HTMLFormElement): void {
  let asking = false;
  form.addEventListener("submit", (event) => {
    const name = form.elements.namedItem("name");
    if (!("PublicKeyCredential" in window) || (name instanceof HTMLInputElement && name.value.trim() === "")) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void answer(form).finally(() => (asking = false));
  });
}

async function answer(form: HTMLFormElement): Promise<void> {
  const failed = form.querySelector<HTMLElement>("[data-passkey-failed]");
  const field = form.elements.namedItem("response") as HTMLInputElement;
  if (failed) failed.hidden = true;
  try {
    const asked = await fetch(form.dataset["passkey"] ?? "", { method: "POST", headers: { Accept: "application/json" } });
    if (asked.redirected) return form.submit(); // signed out meanwhile: the product says so, and keeps what was typed
    if (!asked.ok) throw new Error(String(asked.status));
    field.value = JSON.stringify(await used((await asked.json()) as Question));
    form.submit();
  } catch {
    if (failed) failed.hidden = false;
  }
}

async function used({ publicKey }: Question): Promise<object> {
  const challenge = bytes(publicKey.challenge);
  const known = (list?: PublicKeyCredentialDescriptorJSON[]) =>
    (list ?? []).map((one) => ({ id: bytes(one.id), type: "public-key" as const, transports: (one.transports ?? []) as AuthenticatorTransport[] }));
  if (!publicKey.user) {
    const { rpId, timeout, userVerification } = publicKey;
    return sent(
      await navigator.credentials.get({
        publicKey: { ...given({ rpId, timeout }), challenge, userVerification: (userVerification ?? "required") as UserVerificationRequirement },
      }),
    );
  }
  return sent(
    await navigator.credentials.create({
      publicKey: {
        ...(publicKey as unknown as PublicKeyCredentialCreationOptions),
        challenge,
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: known(publicKey.excludeCredentials),
      },
    }),
  );
}

function given<T extends object>(all: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function sent(credential: Credential | null): object {
  const key = credential as PublicKeyCredential;
  const response = key.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const parts: Record<string, unknown> = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"] as const) {
    const value = response[name] as ArrayBuffer | null | undefined;
    if (value) parts[name] = text(value);
  }
  if ("attestationObject" in parts) {
    delete parts["authenticatorData"]; // it stands in the attestation already
    parts["transports"] = response.getTransports?.() ?? [];
  }
  return { id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: key.getClientExtensionResults(), response: parts };
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const all = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(all).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
