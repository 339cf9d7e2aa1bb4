/** Panels that open from a `<details>`: one at a time, closed by Escape or a click elsewhere. They open without this script. */

const PANELS = "details.pop, details.orgs, details.phonemenu";

export function startPopovers(): void {
  const panels = [...document.querySelectorAll<HTMLDetailsElement>(PANELS)];
  for (const panel of panels)
    panel.addEventListener("toggle", () => {
      if (!panel.open) return;
      for (const other of panels) if (other !== panel && !other.contains(panel)) other.open = false;
      keepInside(panel);
    });
  document.addEventListener("click", (event) => {
    for (const panel of panels) if (panel.open && !panel.contains(event.target as Node)) panel.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" ? panels.findLast((panel) => panel.open) : undefined;
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
}

/** A panel that would leave the window at the right hangs from its right edge. */
function keepInside(panel: HTMLDetailsElement): void {
  const popped = panel.querySelector<HTMLElement>(".popped");
  if (!popped) return;
  popped.classList.remove("left");
  popped.classList.toggle("left", popped.getBoundingClientRect().right > document.documentElement.clientWidth);
}
