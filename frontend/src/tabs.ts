/** Tabs that run over a narrow window: the current one is brought into sight. */

export function showCurrent(within: ParentNode = document): void {
  for (const tabs of within.querySelectorAll<HTMLElement>(".tabs")) {
    const current = tabs.querySelector<HTMLElement>("[aria-current]");
    if (!current) continue;
    const middle = current.getBoundingClientRect().left - tabs.getBoundingClientRect().left + tabs.scrollLeft + current.offsetWidth / 2;
    tabs.scrollLeft = middle - tabs.clientWidth / 2;
  }
}
