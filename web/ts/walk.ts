// A picture of people is one stop for the tab key; inside it the arrow keys go from one to the other. Where to is written on each
// link by the page: up to a parent, down to a child, left and right in the row. Without this file every link is a stop of its own.
const steps: Record<string, string> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };

export function walk(): void {
  comeBack();
  for (const picture of document.querySelectorAll<SVGElement>("svg[data-walk]")) {
    const links = [...picture.querySelectorAll<SVGAElement>("a[href]")];
    const stop = (here?: SVGAElement) => links.forEach((a) => a.setAttribute("tabindex", a === here ? "0" : "-1"));
    const first = links.find((a) => "first" in a.dataset) ?? links[0];
    stop(first);
    picture.addEventListener("focusin", (event) => stop((event.target as Element).closest<SVGAElement>("a") ?? first));
    picture.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const here = (event.target as Element).closest<SVGAElement>("a");
      const id = event.key === "Home" ? first?.id : here?.dataset[steps[event.key] ?? ""];
      const to = id && picture.querySelector<SVGAElement>("#" + CSS.escape(id));
      if (!to) return;
      event.preventDefault();
      to.focus();
    });
  }
}

// After a change the reader comes back to whom it was about: in the picture that this screen shows.
function comeBack(): void {
  const asked = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!asked || !asked.matches("svg[data-walk] a")) return;
  const id = CSS.escape(asked.dataset.id ?? "");
  const shown = [...document.querySelectorAll<SVGAElement>(`svg[data-walk] a[data-id="${id}"]`)].find((a) => a.checkVisibility());
  shown?.focus();
}
