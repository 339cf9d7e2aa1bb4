/** Single keys (design section 8): never inside a field, and they can be switched off. */

import { shifted, withDays } from "./address";

const OFF = "sekisho-keys-off";
const CHORD_MS = 1200;
const GOES: Readonly<Record<string, string>> = { o: "overview", d: "domains", s: "sources", a: "alerts", r: "reports" };

let chordUntil = 0;

export function startKeys(): void {
  const dialog = document.querySelector<HTMLDialogElement>("[data-keys]");
  const off = dialog?.querySelector<HTMLInputElement>("[data-keys-off]");
  if (!dialog || !off) return;
  off.checked = localStorage.getItem(OFF) !== null;
  off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF)));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isField(event.target) || dialog.open) return;
    if (event.key === "?") dialog.showModal();
    else if (off.checked || !act(event.key)) return;
    event.preventDefault();
  });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));
}

/** Does what a key stands for; false when it stands for nothing here. */
function act(key: string): boolean {
  if (performance.now() < chordUntil) {
    chordUntil = 0;
    return follow(`.side [data-nav="${GOES[key] ?? ""}"]`);
  }
  switch (key) {
    case "g":
      chordUntil = performance.now() + CHORD_MS;
      return true;
    case "/":
      return search();
    case "f":
      return open(document.querySelector<HTMLDetailsElement>(".filters details"));
    case "t":
      return toggle(document.querySelector<HTMLDetailsElement>("details.data"));
    case "j":
    case "k":
      return pick(key === "j" ? 1 : -1);
    case "Enter":
      return document.activeElement === document.body && follow("tr[data-picked] a");
    case "[":
    case "]":
      return move(key === "]" ? 1 : -1);
    default:
      return false;
  }
}

function follow(selector: string): boolean {
  const link = document.querySelector<HTMLAnchorElement>(selector);
  link?.click();
  return link !== null;
}

function search(): boolean {
  const field = document.querySelector<HTMLInputElement>("main input[type=search], main input[name=q]");
  const panel = field?.closest("details");
  if (panel) panel.open = true;
  field?.focus();
  return field !== null;
}

function open(panel: HTMLDetailsElement | null): boolean {
  if (!panel) return false;
  panel.open = true;
  panel.querySelector("summary")?.focus();
  return true;
}

function toggle(panel: HTMLDetailsElement | null): boolean {
  if (!panel) return false;
  panel.open = !panel.open;
  if (panel.open) panel.querySelector("summary")?.focus();
  return true;
}

function pick(step: number): boolean {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>("main table.t.list tbody tr")];
  if (!rows.length) return false;
  const now = rows.findIndex((row) => "picked" in row.dataset);
  const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
  rows.forEach((row) => delete row.dataset["picked"]);
  if (next) {
    next.dataset["picked"] = "";
    next.scrollIntoView({ block: "nearest" });
  }
  return true;
}

/** The period before or after the one the page's chart shows, of the same length. */
function move(step: number): boolean {
  const text = document.querySelector("[data-chart] script")?.textContent;
  if (!text) return false;
  const chart = JSON.parse(text) as { days: string[]; step: number };
  const [first, last] = [chart.days[0], chart.days.at(-1)];
  if (!first || !last) return false;
  const length = chart.days.length * chart.step;
  location.assign(withDays(shifted(first, step * length), shifted(last, step * length + chart.step - 1)));
  return true;
}
