/** Starts work on parts of the page when they come near the window, or when the page is printed, each once. */

const NEAR = "200px";

export function whenSeen(selector: string, work: (element: HTMLElement) => Promise<void>): void {
  const waiting = new Set(document.querySelectorAll<HTMLElement>(selector));
  if (!waiting.size) return;
  const start = (element: HTMLElement): void => {
    if (!waiting.delete(element)) return;
    watcher.unobserve(element);
    void work(element);
  };
  const watcher = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => start(entry.target as HTMLElement)),
    { rootMargin: NEAR },
  );
  waiting.forEach((element) => watcher.observe(element));
  addEventListener("beforeprint", () => waiting.forEach(start));
}
