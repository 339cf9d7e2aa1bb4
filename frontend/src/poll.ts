/** Parts of a page that are asked for again and again while it is open and seen: replaced only when they have changed. */

import { startCopying } from "./copy";

export function startPolling(part: HTMLElement): void {
  const url = part.dataset["poll"];
  const every = Number(part.dataset["every"] ?? "15") * 1000;
  if (!url || !(every > 0)) return;
  let last = "";
  const look = async (): Promise<void> => {
    if (!document.hidden) {
      try {
        const answer = await fetch(url, { headers: { Accept: "text/html" } });
        if (answer.redirected || answer.status === 404) return;
        if (answer.ok) {
          const text = await answer.text();
          if (text !== last) show(part, text);
          last = text;
        }
      } catch {
        // the network is away; the next time will do
      }
    }
    setTimeout(look, every);
  };
  setTimeout(look, every);
}

function show(part: HTMLElement, text: string): void {
  const page = new DOMParser().parseFromString(text, "text/html");
  const open = [...part.querySelectorAll("details")].map((each) => each.open);
  part.replaceChildren(...page.body.childNodes);
  part.querySelectorAll("details").forEach((each, place) => (each.open = open[place] ?? each.open));
  startCopying(part);
}
