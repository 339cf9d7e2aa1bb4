/** Buttons that copy a text; they say so for two seconds. Hidden where the browser has no clipboard. */

const SAID_MS = 2000;

export function startCopying(within: ParentNode = document): void {
  if (!navigator.clipboard) return;
  for (const button of within.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const label = button.dataset["label"] ?? button.textContent ?? "";
      button.dataset["label"] = label;
      await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
      button.textContent = button.dataset["copied"] ?? label;
      setTimeout(() => (button.textContent = label), SAID_MS);
    });
  }
}
