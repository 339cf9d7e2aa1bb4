/** The filter form: a search field in long lists, dates and named ranges that exclude each other, no empty keys in the address. */

import { withFilters } from "./address";

export function startFilters(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-filters]")) {
    for (const finder of form.querySelectorAll<HTMLElement>("[data-find]")) startFinder(finder);
    form.addEventListener("change", (event) => settlePeriod(form, event.target as HTMLInputElement));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string");
      location.assign(withFilters(chosen));
    });
  }
}

function startFinder(finder: HTMLElement): void {
  const field = finder.querySelector("input");
  const items = finder.parentElement?.querySelectorAll<HTMLElement>(".choices > li");
  if (!field || !items) return;
  finder.hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const item of items) item.hidden = !(item.textContent ?? "").toLowerCase().includes(wanted);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it searches here, it does not apply
  });
}

function settlePeriod(form: HTMLFormElement, field: HTMLInputElement): void {
  const dates = form.querySelectorAll<HTMLInputElement>("[name=from], [name=to]");
  if (field.name === "range") dates.forEach((date) => (date.value = ""));
  if (field.name === "from" || field.name === "to")
    form.querySelectorAll<HTMLInputElement>("[name=range]").forEach((choice) => (choice.checked = false));
}
