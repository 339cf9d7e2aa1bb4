/** Starts work on parts of the page when they come near the window, each once. */

const NEAR = "200px";

export function whenSeen(selector: string, work: (element: HTMLElement) => Promise<void>): void {
  const elements = document.querySelectorAll<HTMLElement>(selector);
  if (!elements.length) return;
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      void work(entry.target as HTMLElement);
    }
  }, { rootMargin: NEAR });
  elements.forEach((element) => watcher.observe(element));
}
