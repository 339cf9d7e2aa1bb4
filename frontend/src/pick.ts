/** Choosing a day or several in a chart: by pointer, touch or keys. A click opens the day, a drag the days from one to another; a finger sees a day first and opens it by a second touch. */

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
  new Picker(canvas, days);
}

class Picker {
  private readonly cursor = document.createElement("div");
  /** The chosen day, and the other end while several are being chosen; -1 is none. */
  private now = -1;
  private anchor = -1;
  private startX = Number.NaN;
  /** The day that a finger has chosen before: a second touch opens it. */
  private touched = -1;

  constructor(
    private readonly canvas: HTMLElement,
    private readonly days: Days,
  ) {
    this.cursor.className = "cursor";
    this.cursor.hidden = true;
    canvas.append(this.cursor);
    canvas.classList.add("pickable");
    this.listenToPointer();
    this.listenToKeys();
  }

  private draw(): void {
    this.cursor.hidden = this.now < 0;
    if (this.now < 0) return this.days.hide();
    const [from, to] = span(this.now, this.anchor);
    const [left] = this.days.box(from);
    const [right, width] = this.days.box(to);
    this.cursor.style.left = `${left}px`;
    this.cursor.style.width = `${right + width - left}px`;
    this.days.show(this.now);
  }

  private leave(): void {
    this.now = this.anchor = this.touched = -1;
    this.startX = Number.NaN;
    this.draw();
  }

  private place(event: PointerEvent): number {
    return event.clientX - this.canvas.getBoundingClientRect().left;
  }

  private listenToPointer(): void {
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    this.canvas.addEventListener("pointerup", (event) => this.release(event));
    this.canvas.addEventListener("pointercancel", () => this.leave());
    this.canvas.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && Number.isNaN(this.startX)) this.leave();
    });
  }

  private move(event: PointerEvent): void {
    const found = this.days.at(this.place(event));
    if (found < 0 && Number.isNaN(this.startX)) return this.leave();
    if (found >= 0) this.now = found;
    this.draw();
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.startX = this.place(event);
    this.anchor = this.now = this.days.at(this.startX);
    if (this.now < 0) return this.leave();
    if (event.pointerType === "mouse") this.canvas.setPointerCapture(event.pointerId);
    this.draw();
  }

  private release(event: PointerEvent): void {
    if (Number.isNaN(this.startX)) return;
    const isDrag = Math.abs(this.place(event) - this.startX) > DRAG_PX;
    const [from, to] = isDrag ? span(this.now, this.anchor) : [this.now, this.now];
    this.startX = Number.NaN;
    this.anchor = -1;
    if (from < 0) return this.leave();
    if (event.pointerType !== "mouse" && !isDrag && this.touched !== this.now) {
      this.touched = this.now;
      return this.draw();
    }
    this.leave();
    this.days.open(from, to);
  }

  private listenToKeys(): void {
    this.canvas.addEventListener("focus", () => {
      if (!this.canvas.matches(":focus-visible")) return;
      this.now = this.days.count - 1;
      this.draw();
    });
    this.canvas.addEventListener("blur", () => this.leave());
    this.canvas.addEventListener("keydown", (event) => {
      const next = moved(event.key, this.now, this.days.count);
      if (next !== undefined) {
        this.anchor = event.shiftKey ? (this.anchor < 0 ? this.now : this.anchor) : -1;
        this.now = next;
        this.draw();
      } else if (event.key === "Enter" && this.now >= 0) this.days.open(...span(this.now, this.anchor));
      else if (event.key === "Escape") this.leave();
      else return;
      event.preventDefault();
    });
  }
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
