/**
 * The charts of mail by day: stepped and stacked by class, drawn as SVG by ECharts.
 *
 * Colours are the tokens themselves (`var(--class-…)`), so a change of theme and the printer need no redraw. Nothing here
 * writes a style attribute or element: ECharts' SVG renderer sets styles by script, which a strict policy allows.
 */

import { CustomChart } from "echarts/charts";
import { GridComponent, TitleComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { shifted, withDays } from "./address";
import { axis, gridStep, number } from "./numbers";
import { startPicking } from "./pick";
import { Tip, type Line } from "./tip";

echarts.use([CustomChart, GridComponent, TitleComponent, SVGRenderer]);

interface Series {
  klass: string;
  name: string;
  values: number[];
}

interface Chart {
  kind: "classes" | "bars";
  view: string;
  /** Days in one step: 1, or 7 for weeks. */
  step: number;
  days: string[];
  /** The days as an axis writes them, and as a heading does. */
  labels: string[];
  titles: string[];
  /** The worst class first. */
  series: Series[];
  events: { day: string; label: string }[];
  words: { failed: string; all: string; sum: string };
}

interface Pane {
  title: string;
  top: number;
  height: number;
  /** From the bottom of the stack. */
  layers: Series[];
  seam: number;
  hasEvents: boolean;
}

const LEFT = 44;
const RIGHT = 14;
const FOOT = 24;
const TITLE = 24;
/** Above the plot, for the words of events. */
const EVENTS = 18;
const GAP = 40;
const LOW_SHARE = 0.21;
const NARROW = 480;
const LABEL_STEPS = [1, 2, 3, 5, 7, 14, 28, 56, 91];
const SEAM = 1.25;
/** In a low pane the seam must not eat a thin layer. */
const THIN_SEAM = 0.35;
/** Width of a digit of the sums over bars. */
const DIGIT_PX = 6;

export async function drawChart(figure: HTMLElement): Promise<void> {
  const canvas = figure.querySelector<HTMLElement>(".canvas");
  const text = figure.querySelector("script[type='application/json']")?.textContent;
  if (!canvas || !text) return;
  const data = JSON.parse(text) as Chart;
  const place = document.createElement("div");
  place.className = "plot";
  canvas.append(place);
  const chart = echarts.init(place, null, { renderer: "svg" });
  const draw = (): void => {
    chart.resize();
    chart.setOption(option(data, canvas.clientWidth, canvas.clientHeight), { notMerge: true });
  };
  draw();
  new ResizeObserver(draw).observe(canvas);
  letPick(canvas, data);
}

// ---- what is drawn

function option(data: Chart, width: number, height: number): echarts.EChartsCoreOption {
  const panes = panesOf(data, height);
  const font = { fontFamily: "var(--font-sans)", fontSize: 12 };
  return {
    animation: false,
    textStyle: { ...font, color: "var(--ink-3)" },
    title: panes.map((pane, index) => ({ text: pane.title, left: -5, top: (index ? pane.top - TITLE : 0) - 5, textStyle: { ...font, fontWeight: "normal", color: "var(--ink-2)" } })),
    grid: panes.map((pane) => ({ left: LEFT, right: RIGHT, top: pane.top, height: pane.height })),
    xAxis: panes.map((_pane, index) => timeAxis(data, width, index, index === panes.length - 1)),
    yAxis: panes.map((pane, index) => valueAxis(pane, index)),
    series: panes.flatMap((pane, index) => [
      ...pane.layers.map((layer, depth) => ({
        type: "custom",
        xAxisIndex: index,
        yAxisIndex: index,
        silent: true,
        data: [[0, 0]],
        renderItem: (_params: unknown, api: Api) => (data.kind === "bars" ? bars(api, pane, depth, layer) : area(api, pane, depth, layer)),
      })),
      ...(pane.hasEvents ? [eventSeries(data, pane, index, width)] : []),
    ]),
  };
}

function panesOf(data: Chart, height: number): Pane[] {
  const stacked = data.series.toReversed();
  const top = TITLE + (data.events.length ? EVENTS : 0);
  const whole = { top, height: height - top - FOOT, layers: stacked, seam: SEAM, hasEvents: true };
  if (data.kind === "bars") return [{ ...whole, title: "" }];
  if (data.view === "total") return [{ ...whole, title: data.words.all }];
  const low = Math.round(Math.max(height * LOW_SHARE, 56));
  const high = height - top - GAP - low - FOOT;
  const failed = stacked.filter((layer) => layer.klass !== "normal");
  return [
    { title: data.words.failed, top, height: high, layers: failed, seam: SEAM, hasEvents: true },
    { title: data.words.all, top: top + high + GAP, height: low, layers: stacked, seam: THIN_SEAM, hasEvents: false },
  ];
}

function timeAxis(data: Chart, width: number, index: number, hasLabels: boolean): object {
  const count = data.days.length;
  const marks = labelled(count, width).map((day) => day + 0.5);
  return {
    type: "value",
    gridIndex: index,
    min: 0,
    max: count,
    axisLine: { onZero: false, lineStyle: { color: "var(--line-strong)", width: 1 } },
    axisTick: { show: hasLabels, customValues: marks, length: 4, lineStyle: { color: "var(--line)" } },
    axisLabel: {
      show: hasLabels,
      customValues: marks,
      margin: 8,
      fontSize: 12,
      color: "var(--ink-3)",
      formatter: (value: number) => data.labels[Math.floor(value)] ?? "",
    },
    splitLine: { show: false },
  };
}

/** The days that carry a label: four to six of them, two or three on a phone, the last day always. */
function labelled(count: number, width: number): number[] {
  const most = width < NARROW ? 3 : 5;
  const step = LABEL_STEPS.find((days) => Math.ceil(count / days) <= most) ?? Math.ceil(count / most);
  const found: number[] = [];
  for (let day = count - 1; day >= 0; day -= step) found.unshift(day);
  return found;
}

function valueAxis(pane: Pane, index: number): object {
  const most = Math.max(1, ...sums(pane.layers));
  const step = gridStep(most);
  const top = Math.max(most * 1.02, step);
  return {
    type: "value",
    gridIndex: index,
    min: 0,
    max: top,
    interval: step,
    axisLabel: {
      margin: 8,
      fontSize: 12,
      color: "var(--ink-3)",
      formatter: (value: number) => (value % step === 0 ? axis(value) : ""),
    },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { showMinLine: false, showMaxLine: top === step, lineStyle: { color: "var(--line)", width: 1 } },
  };
}

interface Api {
  coord(value: [number, number]): [number, number];
}

function sums(layers: readonly Series[]): number[] {
  return (layers[0]?.values ?? []).map((_value, day) => layers.reduce((sum, layer) => sum + (layer.values[day] ?? 0), 0));
}

/** Bottom and top of a layer on a day. */
function stackAt(pane: Pane, depth: number, day: number): [number, number] {
  let bottom = 0;
  for (const layer of pane.layers.slice(0, depth)) bottom += layer.values[day] ?? 0;
  return [bottom, bottom + (pane.layers[depth]?.values[day] ?? 0)];
}

/** One layer as one stepped area: a slope between two daily sums would show mail that never was. */
function area(api: Api, pane: Pane, depth: number, layer: Series): object {
  const upper: [number, number][] = [];
  const lower: [number, number][] = [];
  layer.values.forEach((_value, day) => {
    const [bottom, top] = stackAt(pane, depth, day);
    upper.push(api.coord([day, top]), api.coord([day + 1, top]));
    lower.push(api.coord([day, bottom]), api.coord([day + 1, bottom]));
  });
  if (layer.values.every((value) => value === 0)) return { type: "group", children: [] };
  return {
    type: "polygon",
    shape: { points: [...upper, ...lower.toReversed()] },
    style: { fill: paint(layer.klass), stroke: "var(--class-seam)", lineWidth: pane.seam, lineJoin: "round" },
  };
}

/** One layer as bars with gaps; the sums stand over them when all of these fit. */
function bars(api: Api, pane: Pane, depth: number, layer: Series): object {
  const isTop = depth === pane.layers.length - 1;
  const children = layer.values.flatMap((value, day) => {
    const [bottom, top] = stackAt(pane, depth, day);
    const [left, y] = api.coord([day + 0.14, top]);
    const [right, base] = api.coord([day + 0.86, bottom]);
    const bar = { type: "rect", shape: { x: left, y, width: right - left, height: base - y }, style: { fill: paint(layer.klass) } };
    return [...(value ? [bar] : []), ...(isTop && top ? [sumOver(top, (left + right) / 2, y)] : [])];
  });
  return { type: "group", children: fits(api, pane) ? children : children.filter((child) => child.type === "rect") };
}

function sumOver(sum: number, x: number, y: number): { type: string; style: object } {
  const style = { text: number(sum), x, y: y - 4, align: "center", verticalAlign: "bottom", fill: "var(--ink-2)", fontSize: 11, fontFamily: "var(--font-sans)" };
  return { type: "text", style };
}

/** Whether the longest sum is no wider than a day. */
function fits(api: Api, pane: Pane): boolean {
  const longest = Math.max(...sums(pane.layers).map((sum) => number(sum).length));
  return longest * DIGIT_PX <= api.coord([1, 0])[0] - api.coord([0, 0])[0];
}

function eventSeries(data: Chart, pane: Pane, index: number, width: number): object {
  return {
    type: "custom",
    xAxisIndex: index,
    yAxisIndex: index,
    silent: true,
    clip: false,
    data: [[0, 0]],
    renderItem: (_params: unknown, api: Api) => ({
      type: "group",
      children: data.events.flatMap((event, order) => eventLine(data, pane, api, event, order, width)),
    }),
  };
}

/** A dashed line at the beginning of its day, with its words at the side that has room. */
function eventLine(data: Chart, pane: Pane, api: Api, event: { day: string; label: string }, order: number, width: number): object[] {
  const day = data.days.findLastIndex((first) => first <= event.day);
  if (day < 0 || event.day >= shifted(data.days[day]!, data.step)) return [];
  const [x, base] = api.coord([day, 0]);
  const isRight = x < width / 2;
  return [
    { type: "line", shape: { x1: x, x2: x, y1: pane.top - EVENTS, y2: base }, style: { stroke: "var(--ink-3)", lineDash: [3, 3], lineWidth: 1 } },
    {
      type: "text",
      style: {
        text: event.label, x: isRight ? x + 6 : x - 6, y: pane.top - EVENTS + order * 16,
        align: isRight ? "left" : "right", verticalAlign: "top", fill: "var(--ink-2)", fontSize: 12, fontFamily: "var(--font-sans)",
        backgroundColor: "var(--surface)", padding: [1, 3], // the line of the event before runs behind it
      },
    },
  ];
}

/** The colour of a class; forwarded and failing carry their pattern, as on the rest of the page. */
function paint(klass: string): string | object {
  if (klass === "forwarded") return tile(6, 4, "M0 1h6", 1, klass, 0);
  if (klass === "failing") return tile(6, 6, "M1 0v6", 1.6, klass, Math.PI / 4);
  return `var(--class-${klass})`;
}

function tile(width: number, height: number, line: string, weight: number, klass: string, rotation: number): object {
  const ground = { tag: "rect", key: "ground", attrs: { width, height, class: `f-${klass}` }, children: [] };
  const stripe = { tag: "path", key: "stripe", attrs: { d: line, "stroke-width": weight, class: "pattern-ink" }, children: [] };
  return { svgElement: { tag: "g", key: "tile", attrs: {}, children: [ground, stripe] }, svgWidth: width, svgHeight: height, rotation };
}

// ---- choosing days

function letPick(canvas: HTMLElement, data: Chart): void {
  const tip = new Tip(canvas);
  const count = data.days.length;
  const dayWidth = (): number => (canvas.clientWidth - LEFT - RIGHT) / count;
  startPicking(canvas, {
    count,
    at: (x) => (x < LEFT || x > canvas.clientWidth - RIGHT ? -1 : Math.min(Math.floor((x - LEFT) / dayWidth()), count - 1)),
    box: (index) => [LEFT + index * dayWidth(), dayWidth()],
    show: (index) => tip.show(LEFT + (index + 1) * dayWidth(), canvas.clientHeight / 3, data.titles[index] ?? "", lines(data, index)),
    hide: () => tip.hide(),
    open: (from, to) => location.assign(withDays(data.days[from]!, shifted(data.days[to]!, data.step - 1))),
  });
}

function lines(data: Chart, index: number): Line[] {
  const rows = data.series.map((series) => ({ klass: series.klass, name: series.name, value: number(series.values[index] ?? 0) }));
  if (rows.length < 2) return rows;
  const sum = data.series.reduce((total, series) => total + (series.values[index] ?? 0), 0);
  return [...rows, { name: data.words.sum, value: number(sum) }];
}
