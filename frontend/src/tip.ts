/** The small box beside the pointer or the chosen place: a heading and the same figures as the table. */

const AWAY = 12;

export interface Line {
  klass?: string;
  name: string;
  value: string;
}

export class Tip {
  private readonly box = document.createElement("div");

  constructor(private readonly within: HTMLElement) {
    this.box.className = "tip";
    this.box.hidden = true;
    this.box.setAttribute("role", "status");
    within.append(this.box);
  }

  /** Shows it beside a point of the container, inside its edges. */
  show(x: number, y: number, heading: string, lines: readonly Line[]): void {
    const title = document.createElement("h3");
    title.textContent = heading;
    const list = document.createElement("dl");
    for (const line of lines) list.append(...row(line));
    this.box.replaceChildren(title, list);
    this.box.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const left = x + AWAY + width > this.within.clientWidth ? Math.max(x - AWAY - width, 0) : x + AWAY;
    const top = Math.min(Math.max(y - height / 2, 0), Math.max(this.within.clientHeight - height, 0));
    this.box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hide(): void {
    this.box.hidden = true;
  }
}

function row(line: Line): [HTMLElement, HTMLElement] {
  const name = document.createElement("dt");
  const value = document.createElement("dd");
  name.className = line.klass ? `cls ${line.klass}` : "";
  if (line.klass) name.append(mark(line.klass));
  name.append(line.name);
  value.textContent = line.value;
  return [name, value];
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag: string, attributes: Readonly<Record<string, string | number>> = {}): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** The shape of a class in a box of ten by ten. */
export function shape(klass: string): SVGElement {
  switch (klass) {
    case "spoof":
      return svg("path", { d: "M5 .2 9.9 9.4H.1Z" });
    case "failing":
      return svg("rect", { x: 0.7, y: 0.7, width: 8.6, height: 8.6 });
    case "forwarded":
      return svg("path", { d: "M1 .6 9.4 5 1 9.4Z" });
    default:
      return svg("circle", { cx: 5, cy: 5, r: 4.6 });
  }
}

function mark(klass: string): SVGElement {
  const picture = svg("svg", { class: `mark ${klass}`, viewBox: "0 0 10 10", "aria-hidden": "true" });
  picture.append(shape(klass));
  return picture;
}
