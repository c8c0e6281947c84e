// Keeps a form on the server while somebody types. What is typed stays in this page's memory and nowhere else on the
// device: a phone is lent, lost and sold.
//
// Sends what the form sends, to the address in data-autosave, one request at a time. The header Idempotency-Key stays
// the same when the same text is sent again. Answers:
//   200 {"saved_at": "14:03", "version": 3}   kept
//   409 a piece of HTML                       somebody else changed it: shown, nothing typed is touched, no more saving
//   401, 403 or a redirect                    signed out meanwhile: says so, tries again later
//   anything else, or no answer               says so, tries again, ever slower
import { page } from "./page";

const pause = 800;
const slowest = 60_000;
const keepaliveLimit = 60_000; // browsers refuse more than 64 KiB on the way out

interface Kept {
  saved_at: string;
  version: number;
}

export function autosave(form: HTMLFormElement): void {
  const words = form.dataset;
  const status = form.querySelector<HTMLElement>("[data-status]");
  const notice = form.querySelector<HTMLElement>("[data-notice]");
  const version = form.elements.namedItem("version") as HTMLInputElement;
  const token = (form.elements.namedItem("token") as HTMLInputElement).value;

  let timer = 0;
  let tries = 0;
  let key = 0;
  let sending = false;
  let failing = false;
  let stopped = false;
  let kept = content();
  let tried = kept;

  function content(): string {
    const all = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "version") all.append(name, value);
    }
    return all.toString();
  }

  function say(words: string | undefined): void {
    if (status && status.textContent !== words) status.textContent = words ?? "";
  }

  function later(wait: number): void {
    clearTimeout(timer);
    timer = window.setTimeout(() => void save(), wait);
  }

  function again(words: string | undefined): void {
    say(words);
    failing = true;
    later(Math.min(slowest, 2_000 * 2 ** tries++));
  }

  async function save(leaving = false): Promise<void> {
    const now = content();
    if (stopped || now === kept || (sending && !leaving)) return;
    clearTimeout(timer);
    if (now !== tried) key++;
    tried = now;
    sending = true;
    say(words["saving"]);
    try {
      await answered(await send(now, leaving), now);
    } catch {
      again(words["unsaved"]);
    } finally {
      sending = false;
    }
    if (!stopped && !failing && content() !== kept) later(pause);
  }

  function asking(now: string) {
    return { body: new URLSearchParams(`${now}&version=${version.value}`), headers: { Accept: "application/json", "Idempotency-Key": `${token}.${key}` } };
  }

  function send(now: string, leaving: boolean): Promise<Response> {
    return fetch(words["autosave"]!, { ...asking(now), method: "POST", redirect: "manual", keepalive: leaving && now.length < keepaliveLimit });
  }

  // The same sending once more is refused in the same words, this time as a document.
  async function conflict(now: string): Promise<void> {
    const answer = await page(new URL(words["autosave"]!, location.href), asking(now));
    if (answer.status === 409 && answer.page) notice?.replaceChildren(...answer.page.body.childNodes);
  }

  async function answered(answer: Response, now: string): Promise<void> {
    if (answer.ok) {
      const is = (await answer.json()) as Kept;
      version.value = String(is.version);
      kept = now;
      tries = 0;
      failing = false;
      say(words["saved"]?.replace("{time}", is.saved_at));
    } else if (answer.status === 409) {
      stopped = true;
      say(words["conflict"]);
      await conflict(now);
    } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      again(words["signedout"]);
    } else {
      again(words["unsaved"]);
    }
  }

  form.addEventListener("input", () => {
    tries = 0;
    later(pause);
  });
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) stopped = true;
  });
  window.addEventListener("pageshow", () => (stopped = false));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void save(true);
  });
  window.addEventListener("pagehide", () => void save(true));
  window.addEventListener("online", () => void save());
  window.addEventListener("beforeunload", (event) => {
    if (!stopped && failing && content() !== kept) event.preventDefault();
  });
}
