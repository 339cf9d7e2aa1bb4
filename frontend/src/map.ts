/**
 * The map of where mail comes from: shape = class, area = messages, near places of a class as one mark with their number.
 *
 * Drawn as our own SVG: land from world-atlas (Natural Earth) through a d3 projection, whose stream clips at the antimeridian;
 * without that, Russia and Fiji draw lines across the map. Japanese pages are centred on 150° east, English ones on 11°.
 */

import { geoNaturalEarth1, geoPath, type GeoProjection, type GeoSphere } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import landUrl from "world-atlas/land-110m.json?url";
import { clusters, type Mark, type Place } from "./marks";
import { isJapanese, number } from "./numbers";
import { Tip, shape, svg } from "./tip";

interface MapData {
  places: Place[];
  names: Record<string, string>;
  words: { places: string };
}

const CENTRE = isJapanese ? 150 : 11;
/** Without the Antarctic and the far north, where no mail comes from. */
const SEEN: GeoJSON.MultiPoint = { type: "MultiPoint", coordinates: [-179.9, -90, 0, 90, 179.9].flatMap((turn) => [74, 0, -54].map((latitude) => [CENTRE + turn, latitude])) };
const SPHERE: GeoSphere = { type: "Sphere" };
const MOST_ZOOM = 12;
const ZOOM_STEP = 1.6;
const PAN_STEP = 60;
const NUMBER_FROM_PX = 9;

let land: Promise<GeoJSON.GeoJSON> | undefined;

function loadLand(): Promise<GeoJSON.GeoJSON> {
  land ??= fetch(landUrl)
    .then((answer) => answer.json() as Promise<Topology<{ land: GeometryCollection }>>)
    .then((topology) => feature(topology, topology.objects.land));
  return land;
}

export async function drawMap(figure: HTMLElement): Promise<void> {
  const canvas = figure.querySelector<HTMLElement>(".canvas");
  const text = figure.querySelector("script[type='application/json']")?.textContent;
  if (!canvas || !text) return;
  const map = new PlaceMap(canvas, JSON.parse(text) as MapData, await loadLand());
  new ResizeObserver(() => map.fit()).observe(canvas);
  if (figure.classList.contains("full")) map.letMove(figure);
}

class PlaceMap {
  private readonly picture = svg("svg", { "aria-hidden": "true" });
  private readonly ground = svg("path", { class: "land" });
  private readonly marks = svg("g");
  private readonly tip: Tip;
  private projection: GeoProjection = geoNaturalEarth1();
  private readonly hidden = new Set<string>();
  private zoom = 1;
  private x = 0;
  private y = 0;

  constructor(
    private readonly canvas: HTMLElement,
    private readonly data: MapData,
    private readonly outline: GeoJSON.GeoJSON,
  ) {
    this.picture.append(this.ground, this.marks);
    canvas.append(this.picture);
    this.tip = new Tip(canvas);
    this.fit();
  }

  /** Draws all for the size the container has. */
  fit(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !height) return;
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.projection = geoNaturalEarth1().rotate([-CENTRE, 0]).fitSize([width, height], SPHERE);
    const scale = fill(this.projection, width, height);
    this.projection.scale(this.projection.scale() * scale);
    centre(this.projection, width, height);
    this.ground.setAttribute("d", geoPath(this.projection)(this.outline as never) ?? "");
    this.move(0, 0);
  }

  /** Moves by pixels and draws the marks anew: their size stays, and near ones part as the map grows. */
  private move(dx: number, dy: number): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.x = clamp(this.x + dx, width * (1 - this.zoom), 0);
    this.y = clamp(this.y + dy, height * (1 - this.zoom), 0);
    this.ground.setAttribute("transform", `translate(${this.x} ${this.y}) scale(${this.zoom})`);
    const seen = clusters(this.data.places, (at) => this.spot(at), this.hidden, largest(width));
    this.marks.replaceChildren(...seen.map((mark) => this.draw(mark)));
    this.tip.hide();
  }

  private spot(at: [number, number]): [number, number] | undefined {
    const found = this.projection(at);
    if (!found) return undefined;
    return [found[0] * this.zoom + this.x, found[1] * this.zoom + this.y];
  }

  private draw(mark: Mark): SVGElement {
    const group = svg("g", { class: `place ${mark.klass}`, transform: `translate(${mark.x} ${mark.y})` });
    const scaled = svg("g", { transform: `scale(${(mark.radius * 2) / 10}) translate(-5 -5)` });
    scaled.append(shape(mark.klass));
    group.append(scaled);
    if (mark.places.length > 1 && mark.radius >= NUMBER_FROM_PX) {
      const halo = svg("text", { class: "halo", y: 4 });
      halo.textContent = String(mark.places.length);
      group.append(halo);
    }
    const show = (): void => this.show(mark);
    group.addEventListener("pointerenter", show);
    group.addEventListener("click", () => this.open(mark));
    group.addEventListener("pointerleave", () => this.tip.hide());
    return group;
  }

  /** One place leads to its hosts; several part as the map grows, and at its largest the busiest leads to its own. */
  private open(mark: Mark): void {
    const first = mark.places[0];
    if (!first?.url) this.show(mark);
    else if (mark.places.length > 1 && this.zoom < MOST_ZOOM) this.grow(ZOOM_STEP * ZOOM_STEP, mark.x, mark.y);
    else location.assign(first.url);
  }

  private show(mark: Mark): void {
    const first = mark.places[0];
    const heading = mark.places.length > 1 ? this.data.words.places.replace("{n}", number(mark.places.length)) : (first?.name ?? "");
    const name = this.data.names[mark.klass] ?? "";
    this.tip.show(mark.x, mark.y, heading, [{ klass: mark.klass, name, value: number(mark.messages) }]);
  }

  private grow(factor: number, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2): void {
    const before = this.zoom;
    this.zoom = clamp(before * factor, 1, MOST_ZOOM);
    const real = this.zoom / before;
    this.move((x - this.x) * (1 - real), (y - this.y) * (1 - real));
  }

  private whole(): void {
    this.zoom = 1;
    this.move(0, 0);
  }

  /** Buttons, keys, drag, and the wheel with Ctrl (a plain wheel scrolls the page). */
  letMove(figure: HTMLElement): void {
    this.letZoomByButtons(figure);
    this.letToggle(figure);
    this.canvas.addEventListener("keydown", (event) => {
      const act = this.acts()[event.key];
      if (!act) return;
      act();
      event.preventDefault();
    });
    this.canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const box = this.canvas.getBoundingClientRect();
      this.grow(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    this.canvas.addEventListener("pointermove", (event) => {
      if (event.buttons === 1 && this.zoom > 1) this.move(event.movementX, event.movementY);
    });
  }

  private acts(): Readonly<Record<string, () => void>> {
    return {
      "+": () => this.grow(ZOOM_STEP),
      "-": () => this.grow(1 / ZOOM_STEP),
      "0": () => this.whole(),
      ArrowLeft: () => this.move(PAN_STEP, 0),
      ArrowRight: () => this.move(-PAN_STEP, 0),
      ArrowUp: () => this.move(0, PAN_STEP),
      ArrowDown: () => this.move(0, -PAN_STEP),
    };
  }

  private letZoomByButtons(figure: HTMLElement): void {
    const bar = figure.querySelector<HTMLElement>("[data-zoom]");
    if (!bar) return;
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("button");
      if (button?.value === "all") this.whole();
      else if (button) this.grow(button.value === "in" ? ZOOM_STEP : 1 / ZOOM_STEP);
    });
  }

  private letToggle(figure: HTMLElement): void {
    const bar = figure.querySelector<HTMLElement>("[data-toggles]");
    if (!bar) return;
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("button");
      if (!button) return;
      const isShown = this.hidden.delete(button.value);
      if (!isShown) this.hidden.add(button.value);
      button.setAttribute("aria-pressed", String(isShown));
      this.move(0, 0);
    });
  }
}

/** By how much the world may grow so that the part that is seen fills the container. */
function fill(projection: GeoProjection, width: number, height: number): number {
  const [[left, top], [right, bottom]] = geoPath(projection).bounds(SEEN);
  return Math.min(width / (right - left), height / (bottom - top));
}

function centre(projection: GeoProjection, width: number, height: number): void {
  const [[left, top], [right, bottom]] = geoPath(projection).bounds(SEEN);
  const [x, y] = projection.translate();
  projection.translate([x + width / 2 - (left + right) / 2, y + height / 2 - (top + bottom) / 2]);
}

/** The radius of the largest mark on a map of a width. */
function largest(width: number): number {
  return clamp(width / 38, 9, 19);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
