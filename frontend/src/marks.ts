/** Which marks a map shows: one for each place and class, near ones of a class taken together. */

export interface Place {
  name: string;
  /** The hosts there; empty where the page has no such list. */
  url: string;
  /** Longitude and latitude. */
  at: [number, number];
  /** Messages by class; classes without any are left out. */
  counts: Partial<Record<string, number>>;
}

export interface Mark {
  klass: string;
  x: number;
  y: number;
  radius: number;
  messages: number;
  places: Place[];
}

/** From the ground up: what is urgent lies on top. */
const ORDER = ["normal", "forwarded", "failing", "spoof"];
const NEAR_PX = 14;
const LEAST_PX = 4.5;

/** The marks, in the order of drawing; `largest` is the radius of the largest in pixels. Normal mail has a scale of its own, or it would hide the rest. */
export function clusters(places: readonly Place[], spot: (at: [number, number]) => [number, number] | undefined, hidden: ReadonlySet<string>, largest: number): Mark[] {
  const found = ORDER.filter((klass) => !hidden.has(klass)).map((klass) => together(places, spot, klass));
  const normal = most(found.flat().filter((mark) => mark.klass === "normal"));
  const other = most(found.flat().filter((mark) => mark.klass !== "normal"));
  for (const mark of found.flat()) {
    const share = mark.messages / (mark.klass === "normal" ? normal : other);
    mark.radius = Math.max(LEAST_PX, largest * Math.sqrt(share) * (mark.klass === "normal" ? 1 : 0.85));
  }
  return found.flatMap((marks) => marks.sort((a, b) => b.messages - a.messages));
}

function together(places: readonly Place[], spot: (at: [number, number]) => [number, number] | undefined, klass: string): Mark[] {
  const marks: Mark[] = [];
  const large = places.filter((place) => place.counts[klass]).sort((a, b) => (b.counts[klass] ?? 0) - (a.counts[klass] ?? 0));
  for (const place of large) {
    const at = spot(place.at);
    if (!at) continue;
    const near = marks.find((mark) => Math.hypot(mark.x - at[0], mark.y - at[1]) < NEAR_PX);
    if (near) {
      near.messages += place.counts[klass] ?? 0;
      near.places.push(place);
    } else marks.push({ klass, x: at[0], y: at[1], radius: 0, messages: place.counts[klass] ?? 0, places: [place] });
  }
  return marks;
}

function most(marks: readonly Mark[]): number {
  return marks.reduce((found, mark) => Math.max(found, mark.messages), 1);
}
