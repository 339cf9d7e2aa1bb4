/** Choosing a day or several in a chart: by pointer, touch or keys. A click opens the day, a drag the days from one to another. */

export interface Days {
  count: number;
  /** The index of the day at a place, or -1 outside. */
  at(x: number): number;
  /** Left edge and width of a day. */
  box(index: number): [number, number];
  show(index: number): void;
  hide(): void;
  /** Opens the days from one index to another, inclusive. */
  open(from: number, to: number): void;
}

const DRAG_PX = 6;

export function startPicking(canvas: HTMLElement, days: Days): void {
  const cursor = document.createElement("div");
  cursor.className = "cursor";
  cursor.hidden = true;
  canvas.append(cursor);
  canvas.classList.add("pickable");
  let now = -1;
  let anchor = -1;
  let startX = Number.NaN;

  const draw = (): void => {
    cursor.hidden = now < 0;
    if (now < 0) return days.hide();
    const [from, to] = span(now, anchor);
    const [left] = days.box(from);
    const [right, width] = days.box(to);
    cursor.style.left = `${left}px`;
    cursor.style.width = `${right + width - left}px`;
    days.show(now);
  };
  const leave = (): void => {
    now = anchor = -1;
    startX = Number.NaN;
    draw();
  };
  const place = (event: PointerEvent): number => event.clientX - canvas.getBoundingClientRect().left;

  canvas.addEventListener("pointermove", (event) => {
    const found = days.at(place(event));
    if (found < 0 && Number.isNaN(startX)) return leave();
    if (found >= 0) now = found;
    draw();
  });
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    startX = place(event);
    anchor = now = days.at(startX);
    if (now < 0) return leave();
    if (event.pointerType === "mouse") canvas.setPointerCapture(event.pointerId);
    draw();
  });
  canvas.addEventListener("pointerup", (event) => {
    if (Number.isNaN(startX)) return;
    const isDrag = Math.abs(place(event) - startX) > DRAG_PX;
    const [from, to] = isDrag ? span(now, anchor) : [now, now];
    if (from >= 0) days.open(from, to);
    leave();
  });
  canvas.addEventListener("pointercancel", leave);
  canvas.addEventListener("pointerleave", () => Number.isNaN(startX) && leave());
  canvas.addEventListener("focus", () => {
    if (!canvas.matches(":focus-visible")) return;
    now = days.count - 1;
    draw();
  });
  canvas.addEventListener("blur", leave);
  canvas.addEventListener("keydown", (event) => {
    const next = moved(event.key, now, days.count);
    if (next !== undefined) {
      anchor = event.shiftKey ? (anchor < 0 ? now : anchor) : -1;
      now = next;
      draw();
    } else if (event.key === "Enter" && now >= 0) days.open(...span(now, anchor));
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  });
}

function span(now: number, anchor: number): [number, number] {
  return anchor < 0 ? [now, now] : [Math.min(now, anchor), Math.max(now, anchor)];
}

function moved(key: string, now: number, count: number): number | undefined {
  switch (key) {
    case "ArrowLeft":
      return Math.max(now - 1, 0);
    case "ArrowRight":
      return Math.min(now + 1, count - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
