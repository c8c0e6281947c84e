// Search as you type: asks for the same page with what stands in the form, and takes over its [data-results]. The address
// follows, so that it can be kept and Back works. If the network fails, the button is still there.
import { page } from "./page";

const pause = 250;

export function live(form: HTMLFormElement): void {
  let timer = 0;
  let asked = new AbortController();

  const search = async () => {
    asked.abort();
    asked = new AbortController();
    const address = new URL(form.action);
    address.search = new URLSearchParams(fieldsOf(form)).toString();
    try {
      const answer = await page(address, { signal: asked.signal });
      if (answer.status !== 200 || answer.moved) return;
      const found = answer.page?.querySelector("[data-results]");
      const shown = document.querySelector("[data-results]");
      if (!found || !shown) return;
      replace(shown, found);
      history.replaceState(history.state, "", address);
    } catch {
      // Asked again meanwhile, or no network: what is shown stays.
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void search(), pause);
  });
}

// The status line stays the same element, so that a screen reader says what has changed in it.
function replace(shown: Element, found: Element): void {
  const old = shown.querySelector("[role=status]");
  const now = found.querySelector("[role=status]");
  if (old && now) {
    if (old.textContent !== now.textContent) old.textContent = now.textContent;
    now.remove();
    while (old.nextSibling) old.nextSibling.remove();
    old.after(...found.childNodes);
    return;
  }
  shown.replaceChildren(...found.childNodes);
}

function fieldsOf(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].flatMap(([name, value]) => (typeof value === "string" && value !== "" ? [[name, value]] : []));
}
