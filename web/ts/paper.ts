// Without a script the print button is not there: the browser has its own.
export function paper(): void {
  // What is folded on the screen stands open on paper.
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("details.fold:not([open])")) {
      fold.open = true;
      addEventListener("afterprint", () => (fold.open = false), { once: true });
    }
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
