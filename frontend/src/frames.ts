/** A frame of our own server becomes as tall as what stands in it, so that only the page scrolls. */

export function fit(frame: HTMLIFrameElement): void {
  const measure = () => {
    const inside = frame.contentDocument?.body;
    if (inside) frame.style.height = `${Math.ceil(inside.getBoundingClientRect().height)}px`;
  };
  frame.addEventListener("load", measure);
  new ResizeObserver(measure).observe(frame.parentElement ?? frame);
  measure();
}
